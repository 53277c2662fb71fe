/**
 * Turns text into the model: reads the control-plane file with its includes and list files, and finds all problems at
 * once.
 */
@NullMarked
package io.secgroupd.rules.file;

import org.jspecify.annotations.NullMarked;
