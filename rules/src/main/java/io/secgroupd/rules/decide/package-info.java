/** The immutable matcher: a flow to its {@link io.secgroupd.rules.decide.Decision}, and why. */
@NullMarked
package io.secgroupd.rules.decide;

import org.jspecify.annotations.NullMarked;
