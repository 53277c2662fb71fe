/** What every store needs, however it keeps: its listeners, hashes of contents, and small objects of JSON. */
@NullMarked
package io.secgroupd.controlplane.store.common;

import org.jspecify.annotations.NullMarked;
