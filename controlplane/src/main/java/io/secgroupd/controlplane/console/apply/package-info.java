/** Puts drafts in force, on trial where somebody wants that, and takes back what nobody has confirmed in time. */
@NullMarked
package io.secgroupd.controlplane.console.apply;

import org.jspecify.annotations.NullMarked;
