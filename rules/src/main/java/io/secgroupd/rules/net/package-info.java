/** The terms of the network as values: address, prefix, range, ports, protocol, direction, flow, verdict. */
@NullMarked
package io.secgroupd.rules.net;

import org.jspecify.annotations.NullMarked;
