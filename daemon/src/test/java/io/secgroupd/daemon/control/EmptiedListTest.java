package io.secgroupd.daemon.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.testkit.Selectors;
import io.secgroupd.rules.net.IpAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A list that comes empty is refused, and is no reason to refuse the one that comes after it. */
class EmptiedListTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private final SimulatedControl around = new SimulatedControl(SimulatedControl.Time.STILL);

    @SuppressWarnings("NullAway.Init")
    private Path rules;

    @SuppressWarnings("NullAway.Init")
    private ControlPlane control;

    @BeforeEach
    void startWithAnOfficeInTheRulesFile() throws Exception {
        rules = Files.writeString(directory.resolve("rules.yaml"), rules(list("[198.51.100.7]")));
        Path state = directory.resolve("state");
        var lastGood = new LastGood(state);
        var loader =
                new PolicyLoader(rules, Selectors.of(IpAddress.ipv4(0x0a000001))).with(new Attempts(state, lastGood));
        HostPolicy first = loader.load();
        lastGood.store(rules, first);
        control = around.plane(loader, first, next -> {}, written -> {}, readdressed -> {});
        control.start();
    }

    @Test
    void listThatCameEmptySeveralTimesIsTakenWhenItHasEntriesAgain() throws Exception {
        Path office = directory.resolve("office.yaml");
        Files.writeString(rules, rules("include: [office.yaml]\n"));
        for (int download = 1; download <= 3; download++) {
            Files.writeString(office, list("[]") + "# " + "again ".repeat(download));
            look();
            assertThat(control.refusal())
                    .hasValueSatisfying(refused ->
                            assertThat(refused.problemTexts()).anyMatch(text -> text.contains("the list is empty")));
        }

        Files.writeString(office, list("[198.51.100.8]"));
        look();

        assertThat(control.refusal()).isEmpty();
    }

    private void look() throws InterruptedException {
        around.look();
        around.act();
    }

    private static String list(String entries) {
        return "prefix_lists: { pl-office: { entries: " + entries + " } }\n";
    }

    private static String rules(String office) {
        return """
                version: 1
                %ssecurity_groups:
                  sg-web: { inbound: [{ protocol: tcp, ports: 22, source: pl-office }] }
                instances:
                  web: { addresses: [10.0.0.1], security_groups: [sg-web] }
                """.formatted(office);
    }
}
