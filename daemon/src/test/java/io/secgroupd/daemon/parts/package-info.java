/** What the distribution consists of and says of its parts: a bill of materials, and the licences with their texts. */
@NullMarked
package io.secgroupd.daemon.parts;

import org.jspecify.annotations.NullMarked;
