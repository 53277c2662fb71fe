/** Speaks HTTP/1.1 with clients, within limits that hold whatever they send; what is answered is decided elsewhere. */
@NullMarked
package io.secgroupd.controlplane.http;

import org.jspecify.annotations.NullMarked;
