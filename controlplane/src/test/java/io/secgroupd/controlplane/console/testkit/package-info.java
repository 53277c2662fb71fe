/** A store with real files, and calls as a page makes them. */
@NullMarked
package io.secgroupd.controlplane.console.testkit;

import org.jspecify.annotations.NullMarked;
