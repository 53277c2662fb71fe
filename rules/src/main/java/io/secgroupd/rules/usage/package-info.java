/** What recorded connections say about rules: the rules that are missing for them, and the parts of rules that none of them used. */
@NullMarked
package io.secgroupd.rules.usage;

import org.jspecify.annotations.NullMarked;
