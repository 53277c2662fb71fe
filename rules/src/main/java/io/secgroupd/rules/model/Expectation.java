package io.secgroupd.rules.model;

import io.secgroupd.rules.net.Verdict;
import io.secgroupd.rules.text.Location;
import java.time.Instant;
import java.util.Optional;

/**
 * An assertion that the file makes about itself; one that fails refuses the file.
 *
 * @param service what is asked for
 * @param expect  ACCEPT for {@code allow}, REJECT for {@code deny}
 * @param when    the instant that is asked about; empty: now, and whenever the file is read later
 * @param path    the entry in its file, such as {@code tests[2]}
 */
public record Expectation(
        String name,
        Endpoint from,
        Endpoint to,
        Service service,
        Verdict expect,
        Optional<Instant> when,
        Location at,
        String path) {}
