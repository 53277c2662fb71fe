/**
 * The control plane: watches the files, reads and compiles them, chooses the carried instances and hands the policy over;
 * keeps the old one on any error.
 */
@NullMarked
package io.secgroupd.daemon.control;

import org.jspecify.annotations.NullMarked;
