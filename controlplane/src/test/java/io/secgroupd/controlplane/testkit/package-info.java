/** What tests of several packages need. */
@NullMarked
package io.secgroupd.controlplane.testkit;

import org.jspecify.annotations.NullMarked;
