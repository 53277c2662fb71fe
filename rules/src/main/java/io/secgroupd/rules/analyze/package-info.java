/**
 * Analyses of a policy as a whole: likely mistakes, differences from another policy, its own tests, and explanations.
 */
@NullMarked
package io.secgroupd.rules.analyze;

import org.jspecify.annotations.NullMarked;
