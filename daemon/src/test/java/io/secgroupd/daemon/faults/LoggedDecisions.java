package io.secgroupd.daemon.faults;

import io.secgroupd.daemon.testkit.FlowLine;
import io.secgroupd.daemon.testkit.FlowLogFiles;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a flow log says of all starts of the daemon. */
record LoggedDecisions(List<FlowLine> lines) {

    static LoggedDecisions in(Path log) {
        return new LoggedDecisions(FlowLogFiles.linesOf(log));
    }

    /** Decisions that are recorded. */
    long recorded() {
        return sum(lines, "packets");
    }

    /** Decisions of which the log says that it had no room for them. */
    long lost() {
        return sum(lines, "lost");
    }

    /** Recorded and lost ones of the last start alone. */
    long ofTheLastStart() {
        String last = lines.isEmpty()
                ? ""
                : lines.stream()
                        .max((one, other) -> one.text("time").compareTo(other.text("time")))
                        .orElseThrow()
                        .text("start");
        List<FlowLine> own =
                lines.stream().filter(line -> line.text("start").equals(last)).toList();
        return sum(own, "packets") + sum(own, "lost");
    }

    /** A sign of a policy that was half in force: one that judged the pair of ports as none does that was written. */
    Optional<String> halfAPolicy() {
        Map<String, String> verdicts = new HashMap<>();
        for (FlowLine line : lines) {
            long port = line.number("dport");
            if (port != SwappingPolicy.opened(0) && port != SwappingPolicy.opened(1)) {
                continue;
            }
            String policy = line.text("start") + " " + line.number("generation");
            String verdict = line.text("verdict");
            String other = verdict.equals("ACCEPT") ? "REJECT" : "ACCEPT";
            long otherPort = SwappingPolicy.opened(0) + SwappingPolicy.opened(1) - port;
            if (other.equals(verdicts.put(policy + " " + port, verdict))
                    || verdict.equals(verdicts.get(policy + " " + otherPort))) {
                return Optional.of("generation " + line.number("generation") + " judged port " + port + " " + verdict
                        + " beside another verdict");
            }
        }
        return Optional.empty();
    }

    private static long sum(List<FlowLine> lines, String field) {
        return lines.stream().mapToLong(line -> Math.max(0, line.number(field))).sum();
    }
}
