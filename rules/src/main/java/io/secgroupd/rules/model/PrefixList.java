package io.secgroupd.rules.model;

import io.secgroupd.rules.net.AddressSet;

/**
 * Named addresses. A rule may name the list as its peer.
 *
 * @param description may be empty
 */
public record PrefixList(String id, String description, AddressSet entries, Location at) {}
