package io.secgroupd.daemon.cli.usage;

import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.text.Plural;
import io.secgroupd.rules.usage.Evidence;
import io.secgroupd.rules.usage.Sightings;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.Collectors;

/** What was seen, in words. */
final class EvidenceText {

    private static final int SHOWN = 5;

    private final CompiledPolicy policy;

    EvidenceText(CompiledPolicy policy) {
        this.policy = policy;
    }

    /** {@code 12 times, 2026-11-24T12:00:00Z to …; from 2 addresses: 10.0.1.10 (app-1) …; at orders-1}. */
    String of(Direction direction, Evidence evidence) {
        boolean in = direction == Direction.INGRESS;
        String most = evidence.most().stream().map(this::address).collect(Collectors.joining(", "));
        int more = evidence.peers() - evidence.most().size();
        return seen(evidence.seen())
                + (in ? "; from " : "; to ")
                + most
                + (more > 0 ? " and " + Plural.grouped(more) + " more" : "")
                + (in ? "; at " : "; by ")
                + instances(evidence);
    }

    private static String instances(Evidence evidence) {
        String first = evidence.instances().stream().limit(SHOWN).collect(Collectors.joining(", "));
        int more = evidence.instances().size() - SHOWN;
        return first + (more > 0 ? " and " + Plural.grouped(more) + " more" : "");
    }

    private String address(IpAddress address) {
        return address
                + policy.instanceAt(address)
                        .map(Instance::name)
                        .map(name -> " (" + name + ")")
                        .orElse("");
    }

    /** {@code once, 2026-11-24T12:00:00Z}, or {@code 12 times, … to …}. */
    static String seen(Sightings seen) {
        String times = seen.count() == 1 ? "once" : Plural.grouped(seen.count()) + " times";
        if (seen.first() == Sightings.UNTOLD) {
            return times;
        }
        String first = time(seen.first());
        String last = time(seen.last());
        return times + ", " + first + (first.equals(last) ? "" : " to " + last);
    }

    static String time(long millis) {
        return Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
