package io.secgroupd.controlplane.console.host;

import java.util.List;
import java.util.Optional;

/**
 * What another policy would have made of past flows.
 *
 * @param flows       how many were judged
 * @param nowAccepted how many of them only the other policy accepts
 * @param nowRefused  how many of them only the other policy refuses
 * @param rows        the flows whose verdict changes, those that are refused first, then by their number
 * @param remarks     sentences about the record
 */
public record ReplayOutcome(long flows, long nowAccepted, long nowRefused, List<ReplayRow> rows, List<String> remarks) {

    public ReplayOutcome {
        rows = List.copyOf(rows);
        remarks = List.copyOf(remarks);
    }

    /**
     * Equal flows whose verdict changes.
     *
     * @param from       an instance, or an address that none has
     * @param to         likewise
     * @param port       such as {@code 3306}; empty for a protocol without ports
     * @param before     the verdict of the policy in force
     * @param after      the verdict of the other one
     * @param ruleBefore the place and the terms of the rule that accepted before
     * @param ruleAfter  the place and the terms of the rule that would accept
     */
    public record ReplayRow(
            String from,
            String to,
            String protocol,
            String port,
            long count,
            String before,
            String after,
            Optional<String> ruleBefore,
            Optional<String> ruleAfter) {}
}
