/** The map: groups, lists and prefixes, and which of them may talk to which, as the matcher has it. */
@NullMarked
package io.secgroupd.controlplane.console.map;

import org.jspecify.annotations.NullMarked;
