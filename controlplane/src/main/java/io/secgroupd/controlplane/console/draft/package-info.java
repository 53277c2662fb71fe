/** Drafts: changes as a page asks for them, tried on the files without being written. */
@NullMarked
package io.secgroupd.controlplane.console.draft;

import org.jspecify.annotations.NullMarked;
