/** What the operator wrote, as values that are valid by construction. */
@NullMarked
package io.secgroupd.rules.model;

import org.jspecify.annotations.NullMarked;
