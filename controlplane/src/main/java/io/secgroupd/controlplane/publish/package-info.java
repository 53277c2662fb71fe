/** Puts changes in force: edited, checked, guarded, written; or refused, with nothing changed. */
@NullMarked
package io.secgroupd.controlplane.publish;

import org.jspecify.annotations.NullMarked;
