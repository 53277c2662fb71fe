/** What can be said about a policy as a whole: likely mistakes, differences, its own tests. */
@NullMarked
package io.secgroupd.rules.analyze;

import org.jspecify.annotations.NullMarked;
