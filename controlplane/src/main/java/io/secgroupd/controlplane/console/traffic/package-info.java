/** What has been allowed and refused on this host: live, by rule, and by what a draft would change. */
@NullMarked
package io.secgroupd.controlplane.console.traffic;

import org.jspecify.annotations.NullMarked;
