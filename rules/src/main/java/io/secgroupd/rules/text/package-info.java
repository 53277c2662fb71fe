/**
 * Messages about text: where something stands, what is wrong with it, and how text that comes from others is shown. A leaf,
 * which the reading of files and the terminal share.
 */
@NullMarked
package io.secgroupd.rules.text;

import org.jspecify.annotations.NullMarked;
