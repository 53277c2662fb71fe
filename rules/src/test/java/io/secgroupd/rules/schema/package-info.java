/** The JSON Schema of the control-plane file, held against the reader that it describes. */
@NullMarked
package io.secgroupd.rules.schema;

import org.jspecify.annotations.NullMarked;
