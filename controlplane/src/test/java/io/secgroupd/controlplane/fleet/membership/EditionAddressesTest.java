package io.secgroupd.controlplane.fleet.membership;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.net.IpAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class EditionAddressesTest {

    private static final Path RULES = Path.of("/policy/rules.yaml");
    private static final Path REGISTERED = Path.of("/policy/registered.yaml");

    private static final String POLICY = """
            version: 1
            include: [registered.yaml]
            instances:
              web-1: { addresses: registered }
              db-1: { addresses: [10.0.0.9] }
            """;

    private static SortedMap<String, SortedSet<IpAddress>> map(String instance, int address) {
        return new TreeMap<>(Map.of(instance, new TreeSet<>(java.util.Set.of(IpAddress.ipv4(address)))));
    }

    private static PolicyFiles files(String policy) {
        return new PolicyFiles(
                RULES,
                new TreeMap<>(Map.of(RULES, policy.getBytes(UTF_8), REGISTERED, "version: 1\n".getBytes(UTF_8))));
    }

    private static String registered(PolicyFiles files) {
        return new String(files.content(REGISTERED).orElseThrow(), UTF_8);
    }

    private static EditionAddresses of(Map<Long, SortedMap<String, SortedSet<IpAddress>>> maps) {
        return new EditionAddresses(new TreeMap<>(maps), Optional.empty(), Optional.empty());
    }

    @Test
    void theyAreReadAsTheyWereKept() throws IOException {
        var kept = new EditionAddresses(
                new TreeMap<>(Map.of(3L, map("web-1", 0x0a000007), 12L, map("null", 0x0a000008))),
                Optional.of("ab".repeat(32)),
                Optional.of("web1 has refused edition 1: \"no\""));
        assertThat(EditionAddresses.parse(kept.text())).isEqualTo(kept);
        assertThat(EditionAddresses.parse(EditionAddresses.NONE.text())).isEqualTo(EditionAddresses.NONE);
    }

    @Test
    void whatIsNoneIsRefused() {
        for (String text : new String[] {"", "{}", "{\"maps\":{\"x\":\"\"}}", "[]"}) {
            assertThatThrownBy(() -> EditionAddresses.parse(text)).as(text).isInstanceOf(IOException.class);
        }
    }

    @Test
    void eachRevisionGetsItsOwn() {
        EditionAddresses edition = of(Map.of(3L, map("web-1", 0x0a000007), 4L, map("web-1", 0x0a000008)));
        assertThat(registered(edition.in(3, files(POLICY)))).contains("web-1: [10.0.0.7]");
        assertThat(registered(edition.in(4, files(POLICY)))).contains("web-1: [10.0.0.8]");
        assertThat(registered(edition.in(2, files(POLICY)))).isEqualTo("version: 1\n");
    }

    @Test
    void aLaterRevisionGetsWhatItCanHave() {
        EditionAddresses edition = of(Map.of(3L, map("web-1", 0x0a000007)));
        assertThat(registered(edition.in(4, files(POLICY)))).contains("web-1: [10.0.0.7]");

        PolicyFiles taken = files(POLICY.replace("10.0.0.9", "10.0.0.7"));
        assertThat(registered(edition.in(4, taken))).doesNotContain("10.0.0.7");
        PolicyFiles gone = files(POLICY.replace("web-1: { addresses: registered }", "web-1: {}"));
        assertThat(registered(edition.in(4, gone))).doesNotContain("web-1");
    }

    @Test
    void aPolicyWithoutTheFileStaysAsItIs() {
        EditionAddresses edition = of(Map.of(3L, map("web-1", 0x0a000007)));
        var without = new PolicyFiles(RULES, new TreeMap<>(Map.of(RULES, "version: 1\n".getBytes(UTF_8))));
        assertThat(edition.in(3, without)).isSameAs(without);
        assertThat(edition.in(4, without)).isSameAs(without);
    }
}
