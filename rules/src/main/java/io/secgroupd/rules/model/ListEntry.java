package io.secgroupd.rules.model;

import io.secgroupd.rules.net.AddressRange;

/**
 * An entry of a prefix list as it is written.
 *
 * @param description may be empty
 */
public record ListEntry(AddressRange range, String description) {}
