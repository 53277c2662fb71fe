package io.secgroupd.rules.model;

import io.secgroupd.rules.net.AddressSet;
import io.secgroupd.rules.text.Location;

/**
 * Named addresses. A rule may name the list as its peer.
 *
 * @param description may be empty
 * @param allowEmpty  whether the list may lose its last entry while the policy is in force
 */
public record PrefixList(String id, String description, AddressSet entries, boolean allowEmpty, Location at) {}
