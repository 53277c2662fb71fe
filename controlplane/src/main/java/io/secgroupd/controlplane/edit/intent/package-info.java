/** What a change means, computed on the model alone and independently of any text: the editor's own witness. */
@NullMarked
package io.secgroupd.controlplane.edit.intent;

import org.jspecify.annotations.NullMarked;
