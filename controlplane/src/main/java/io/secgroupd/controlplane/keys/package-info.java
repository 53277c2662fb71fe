/** The file with the access keys of programs. */
@NullMarked
package io.secgroupd.controlplane.keys;

import org.jspecify.annotations.NullMarked;
