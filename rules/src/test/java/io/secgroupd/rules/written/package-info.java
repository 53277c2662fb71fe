/**
 * A second judge, for tests. It reads the text of a rules file by itself, and shares neither the reader, the model, the
 * compiler nor the matcher of the program: addresses are texts of zeros and ones, rules are gone through as they are written.
 */
@NullMarked
package io.secgroupd.rules.written;

import org.jspecify.annotations.NullMarked;
