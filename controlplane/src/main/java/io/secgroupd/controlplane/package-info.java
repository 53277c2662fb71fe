/** The unprivileged half: it changes the rules on behalf of programs, and judges no packet. */
@NullMarked
package io.secgroupd.controlplane;

import org.jspecify.annotations.NullMarked;
