package io.secgroupd.daemon.cli.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.controlplane.fleet.feed.ServerFault;
import io.secgroupd.controlplane.fleet.rollout.HostState;
import io.secgroupd.controlplane.fleet.rollout.Rollout;
import io.secgroupd.controlplane.fleet.rollout.RolloutSettings;
import io.secgroupd.controlplane.fleet.server.FleetStatus;
import io.secgroupd.controlplane.fleet.server.ToldFault;
import io.secgroupd.controlplane.store.Origin;
import io.secgroupd.controlplane.store.Revision;
import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.PolicyReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FleetStatusTextTest {

    private static final Instant NOW = Instant.parse("2026-11-29T08:00:00Z");

    private static String text(Map<String, ToldFault> faults) {
        return text(Optional.empty(), faults);
    }

    private static String text(Optional<Rollout> rollout, Map<String, ToldFault> faults) {
        Path rules = Path.of("rules.yaml");
        var files = new PolicyFiles(rules, new TreeMap<>(Map.of(rules, "version: 1\n".getBytes(UTF_8))));
        var newest = new Revision(5, files, PolicyReader.read(files), new Origin("ann", "test", NOW));
        List<HostState> hosts = List.of(HostState.unknown("app-1"), HostState.unknown("app-2"));
        return FleetStatusText.of(new FleetStatus(NOW, newest, rollout, hosts, faults), hosts);
    }

    @Test
    void aFaultOfAControlServerIsShownWithTheHostAndHowLongAgoItWas() {
        var fault = new ServerFault("https://control1:9471", "named serial 3 after 5");

        assertThat(text(Map.of("app-2", new ToldFault(fault, NOW.minusSeconds(180))))
                        .lines())
                .contains("2 hosts, 0 connected, 0 behind, 1 have met a server that is not sound")
                .anyMatch(line -> line.matches("app-2 .* https://control1:9471 named serial 3 after 5, 3 min ago\\."))
                .noneMatch(line -> line.startsWith("app-1") && line.contains("named"));
    }

    @Test
    void nothingIsSaidOfFaultsWhenThereAreNone() {
        assertThat(text(Map.of()).lines()).contains("2 hosts, 0 connected, 0 behind");
    }

    @Test
    void aRevisionThatIsNotOnItsWayYetIsNamedWithWhatMayBeTheReason() {
        Rollout before = Rollout.begin(4, 3, RolloutSettings.DEFAULT, NOW, "", "ann");

        assertThat(text(Optional.of(before), Map.of()).lines())
                .anyMatch(line -> line.startsWith("revision 5 is not rolled out: ")
                        && line.endsWith("or it waits for a host that tries it first"));
    }
}
