/** The running daemon, wired: what opens first, what each mode is made of, and how it ends. */
@NullMarked
package io.secgroupd.daemon.service;

import org.jspecify.annotations.NullMarked;
