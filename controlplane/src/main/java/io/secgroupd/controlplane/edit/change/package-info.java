/** What an edit may ask for: a small closed vocabulary of values. */
@NullMarked
package io.secgroupd.controlplane.edit.change;

import org.jspecify.annotations.NullMarked;
