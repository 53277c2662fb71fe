package io.secgroupd.daemon.cli.control;

import io.secgroupd.controlplane.console.host.ReplayOutcome;
import io.secgroupd.controlplane.console.host.ReplayOutcome.ReplayRow;
import io.secgroupd.daemon.replay.ReplayTally;
import io.secgroupd.daemon.replay.ReplayTally.FlowRow;
import io.secgroupd.rules.analyze.Explanation;
import io.secgroupd.rules.decide.InstanceFilter;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.net.Protocol;
import io.secgroupd.rules.net.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A comparing replay as the console shows it. */
final class ReplayRows {

    /** The most rows that anybody looks at. */
    private static final int MOST = 1_000;

    private ReplayRows() {}

    static ReplayOutcome outcome(ReplayTally tally, List<String> remarks) {
        List<ReplayRow> rows =
                tally.rows().stream().limit(MOST).flatMap(ReplayRows::row).toList();
        return new ReplayOutcome(tally.flows(), tally.nowAccepted(), tally.nowRejected(), rows, remarks);
    }

    private static Stream<ReplayRow> row(FlowRow row) {
        return row.against().stream().map(after -> {
            Explanation before = row.explanation();
            FlowTuple flow = before.flow();
            var protocol = new Protocol(flow.protocol());
            return new ReplayRow(
                    name(before.from(), flow.source()),
                    name(before.to(), flow.destination()),
                    protocol.toString(),
                    port(protocol, flow),
                    row.count(),
                    before.verdict().name(),
                    after.verdict().name(),
                    rule(before),
                    rule(after));
        });
    }

    private static String name(Optional<InstanceFilter> instance, IpAddress address) {
        return instance.map(InstanceFilter::name).orElseGet(address::toString);
    }

    private static String port(Protocol protocol, FlowTuple flow) {
        if (protocol.hasPorts()) {
            return Integer.toString(flow.destinationPort());
        }
        return protocol.hasIcmpTypes() ? "type " + flow.icmpType() : "";
    }

    /** The rule that lets the flow in at its destination, or else out at its source. */
    private static Optional<String> rule(Explanation explanation) {
        if (explanation.verdict() != Verdict.ACCEPT) {
            return Optional.empty();
        }
        return explanation
                .terms(Direction.INGRESS)
                .or(() -> explanation.terms(Direction.EGRESS))
                .map(terms -> terms.rule().group() + ": " + terms.text() + ", "
                        + terms.rule().at());
    }
}
