/**
 * Messages about text: where something is written, what is wrong with it, and how text from elsewhere is shown. The
 * package depends on no other; the readers of files and the terminal output share it.
 */
@NullMarked
package io.secgroupd.rules.text;

import org.jspecify.annotations.NullMarked;
