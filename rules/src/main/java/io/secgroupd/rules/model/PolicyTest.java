package io.secgroupd.rules.model;

import io.secgroupd.rules.net.Verdict;

/**
 * An assertion that the file makes about itself; one that fails refuses the file.
 *
 * @param service what is asked for
 * @param expect  ACCEPT for {@code allow}, REJECT for {@code deny}
 */
public record PolicyTest(String name, Endpoint from, Endpoint to, Service service, Verdict expect, Location at) {}
