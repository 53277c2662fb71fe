/** Text that comes from others, on its way to a terminal or a log. */
@NullMarked
package io.secgroupd.rules.text;

import org.jspecify.annotations.NullMarked;
