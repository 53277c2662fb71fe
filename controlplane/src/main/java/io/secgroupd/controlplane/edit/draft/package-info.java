/** A YAML tree that can be changed and still knows where each of its nodes stands; the splices that carry the changes into the text. */
@NullMarked
package io.secgroupd.controlplane.edit.draft;

import org.jspecify.annotations.NullMarked;
