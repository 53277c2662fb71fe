/** What each revision of the policy has changed in meaning. */
@NullMarked
package io.secgroupd.controlplane.fleet.history;

import org.jspecify.annotations.NullMarked;
