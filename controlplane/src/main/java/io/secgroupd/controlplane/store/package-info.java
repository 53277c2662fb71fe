/** Keeps the policy as numbered revisions that are changed by compare-and-set. */
@NullMarked
package io.secgroupd.controlplane.store;

import org.jspecify.annotations.NullMarked;
