/** The only way from the text of a policy to a policy that may come into force. */
@NullMarked
package io.secgroupd.rules.pipeline;

import org.jspecify.annotations.NullMarked;
