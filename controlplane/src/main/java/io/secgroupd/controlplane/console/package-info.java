/** The console: a page that shows the policy and changes it, and how a browser speaks to it. */
@NullMarked
package io.secgroupd.controlplane.console;

import org.jspecify.annotations.NullMarked;
