/** The static netfilter skeleton: print, install, check, restore, remove. */
@NullMarked
package io.secgroupd.daemon.hooks;

import org.jspecify.annotations.NullMarked;
