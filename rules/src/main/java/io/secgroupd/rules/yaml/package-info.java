/** Reads our YAML files strictly: the input is bounded, every node has a place, and all problems are found at once. */
@NullMarked
package io.secgroupd.rules.yaml;

import org.jspecify.annotations.NullMarked;
