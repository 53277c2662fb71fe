/** Changes rules files on behalf of programs: a change of meaning in, the smallest change of text out. */
@NullMarked
package io.secgroupd.controlplane.edit;

import org.jspecify.annotations.NullMarked;
