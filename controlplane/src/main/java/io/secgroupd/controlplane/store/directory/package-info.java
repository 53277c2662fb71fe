/**
 * Keeps the policy in the files that the daemon reads. The revisions before are remembered in a directory of the store's own.
 */
@NullMarked
package io.secgroupd.controlplane.store.directory;

import org.jspecify.annotations.NullMarked;
