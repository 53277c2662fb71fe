/** What a control server and the hosts of its fleet tell each other: forms, hashes and signatures, without any wire. */
@NullMarked
package io.secgroupd.controlplane.fleet.feed;

import org.jspecify.annotations.NullMarked;
