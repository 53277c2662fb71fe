/** Prints, installs, checks, restores and removes the static netfilter skeleton. */
@NullMarked
package io.secgroupd.daemon.hooks;

import org.jspecify.annotations.NullMarked;
