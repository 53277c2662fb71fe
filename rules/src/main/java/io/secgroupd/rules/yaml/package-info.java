/** Strict reading of any YAML file of ours: bounded input, a place for every node, all problems at once. */
@NullMarked
package io.secgroupd.rules.yaml;

import org.jspecify.annotations.NullMarked;
