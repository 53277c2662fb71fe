package io.secgroupd.daemon.dataplane;

import io.secgroupd.rules.decide.PacketFilter;

/**
 * The rules that packets meet now.
 *
 * @param generation counts the policies of this daemon, from 1
 */
public record PolicyInForce(PacketFilter filter, long generation) {}
