/**
 * Keeps the policy in etcd, for several control servers that behave as one. Under the prefix of the settings lie {@code head}
 * (which revision is the newest), {@code revision/SERIAL} (what the history tells of each), {@code piece/SHA-256} (contents),
 * {@code swept} (when pieces were removed last), and {@code records/KEY} (what control servers share beside).
 */
@NullMarked
package io.secgroupd.controlplane.store.etcd;

import org.jspecify.annotations.NullMarked;
