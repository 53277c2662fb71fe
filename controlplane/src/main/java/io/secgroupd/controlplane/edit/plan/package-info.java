/** From changes of meaning to changes of the tree. */
@NullMarked
package io.secgroupd.controlplane.edit.plan;

import org.jspecify.annotations.NullMarked;
