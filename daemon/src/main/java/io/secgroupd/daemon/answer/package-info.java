/** Answers to refused packets, for hosts that do not keep silent: which packets get one, how often, and its bytes. */
@NullMarked
package io.secgroupd.daemon.answer;

import org.jspecify.annotations.NullMarked;
