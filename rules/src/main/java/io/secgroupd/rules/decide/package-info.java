/** The immutable matcher: it finds the {@link io.secgroupd.rules.decide.Decision} about a flow, and the reason. */
@NullMarked
package io.secgroupd.rules.decide;

import org.jspecify.annotations.NullMarked;
