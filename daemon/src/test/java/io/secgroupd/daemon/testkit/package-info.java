/** Real networks for tests: namespaces, cables, services and connections. Everything made here is removed here. */
@NullMarked
package io.secgroupd.daemon.testkit;

import org.jspecify.annotations.NullMarked;
