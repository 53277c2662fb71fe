/** What the console shows of the policy: answers that are read off it and change nothing. */
@NullMarked
package io.secgroupd.controlplane.console.view;

import org.jspecify.annotations.NullMarked;
