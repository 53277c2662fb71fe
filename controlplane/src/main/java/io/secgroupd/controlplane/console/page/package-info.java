/** The files that the page of the console is made of. */
@NullMarked
package io.secgroupd.controlplane.console.page;

import org.jspecify.annotations.NullMarked;
