/** The host's settings, {@code daemon.yaml}: their values with all defaults, and the strict reader for them. */
@NullMarked
package io.secgroupd.daemon.settings;

import org.jspecify.annotations.NullMarked;
