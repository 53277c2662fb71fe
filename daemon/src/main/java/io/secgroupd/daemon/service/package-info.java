/** The running daemon, wired together: what opens first, what each mode consists of, and how it ends. */
@NullMarked
package io.secgroupd.daemon.service;

import org.jspecify.annotations.NullMarked;
