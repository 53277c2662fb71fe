/** Packets by way of pcap4j: copies from the interfaces of this host, and packets from capture files. */
@NullMarked
package io.secgroupd.daemon.capture;

import org.jspecify.annotations.NullMarked;
