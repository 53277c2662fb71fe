package io.secgroupd.controlplane.fleet.rollout;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Sees to it that a revision is tried by one host before it comes to many. Of a small fleet, one percent is no host, and ten
 * percent may be none: then the last step would be the first that reaches any.
 */
public final class FirstHost {

    private FirstHost() {}

    /** The same settings, or with one host that is first. */
    public static RolloutSettings in(RolloutSettings settings, List<HostState> hosts) {
        Rollout asked = Rollout.begin(1, 0, settings, Instant.EPOCH, "", "");
        List<String> connected =
                hosts.stream().filter(HostState::connected).map(HostState::host).toList();
        boolean reaches = connected.stream().anyMatch(host -> StepMembers.isIn(asked, host, 0));
        return reaches || settings.count() == 1
                ? settings
                : connected.stream()
                        .min(Comparator.comparingInt(StepMembers::part).thenComparing(Comparator.naturalOrder()))
                        .map(host ->
                                new RolloutSettings(settings.steps(), with(settings.first(), host), settings.hold()))
                        .orElse(settings);
    }

    private static List<String> with(List<String> first, String host) {
        return Stream.concat(first.stream(), Stream.of(host)).toList();
    }
}
