package io.secgroupd.controlplane.fleet.membership;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.PolicyReader;
import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.net.IpAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RegisteredFileTest {

    private static final Path RULES = Path.of("/etc/rules.yaml");
    private static final Path FILE = Path.of("/etc/registered.yaml");
    private static final String FIRST = """
            version: 1
            include: [registered.yaml]
            instances:
              web-1: { addresses: registered }
              "7": { addresses: registered }
              "null": { addresses: registered }
            """;

    private static PolicyFiles files(String first, String registered) {
        return new PolicyFiles(RULES, Map.of(RULES, first.getBytes(UTF_8), FILE, registered.getBytes(UTF_8)));
    }

    private static String registered(PolicyFiles files) {
        return new String(files.content(FILE).orElseThrow(), UTF_8);
    }

    private static SortedSet<IpAddress> addresses(IpAddress... all) {
        return new TreeSet<>(Set.of(all));
    }

    @Test
    void whatIsWrittenIsReadByThePolicyAndHereAlike() {
        var map = new TreeMap<String, SortedSet<IpAddress>>();
        map.put("web-1", addresses(IpAddress.ipv6(0x20010db800000000L, 1), IpAddress.ipv4(0x0a000001)));
        map.put("7", addresses(IpAddress.ipv4(0x0a000007)));
        map.put("null", addresses());
        String text = new String(RegisteredFile.content(map), UTF_8);
        PolicyFiles files = files(FIRST, text);

        assertThat(text).isEqualTo("""
                version: 1
                registered:
                  "7": [10.0.0.7]
                  "null": []
                  web-1: [10.0.0.1, "2001:db8::1"]
                """);
        assertThat(RegisteredFile.read(files)).isEqualTo(map);
        Instance web =
                PolicyReader.read(files).policy().orElseThrow().instances().get("web-1");
        assertThat(Objects.requireNonNull(web).addresses()).containsExactlyInAnyOrderElementsOf(map.get("web-1"));
    }

    @Test
    void withoutHostsItSaysSo() {
        String text = new String(RegisteredFile.content(new TreeMap<>()), UTF_8);

        assertThat(text).isEqualTo("version: 1\nregistered: {}\n");
        assertThat(PolicyReader.read(files(FIRST, text)).policy()).isPresent();
    }

    @Test
    void aPolicyWithoutTheFileHasNone() {
        var alone = new PolicyFiles(RULES, Map.of(RULES, "version: 1\n".getBytes(UTF_8)));

        assertThat(RegisteredFile.in(alone)).isEmpty();
        assertThat(RegisteredFile.read(alone)).isEmpty();
        assertThat(RegisteredFile.carried(files(FIRST, "version: 1\n"), alone)).isSameAs(alone);
    }

    @Test
    void whoPublishesFilesLeavesTheHostsThatAreThere() {
        PolicyFiles now = files(FIRST, "version: 1\nregistered: { web-1: [10.0.0.1], \"7\": [10.0.0.7] }\n");
        PolicyFiles next = files(
                FIRST.replace("\"7\": { addresses: registered }", "db-1: { addresses: [10.0.0.9] }"), "version: 1\n");

        PolicyFiles carried = RegisteredFile.carried(now, next);

        assertThat(registered(carried)).isEqualTo("version: 1\nregistered:\n  web-1: [10.0.0.1]\n");
        assertThat(PolicyReader.read(carried).policy()).isPresent();
        assertThat(RegisteredFile.carried(now, carried)).isSameAs(carried);
    }

    @Test
    void anAddressThatAPersonHasGivenToAnotherInstanceIsLeftToThat() {
        PolicyFiles now = files(FIRST, "version: 1\nregistered: { web-1: [10.0.0.1, 10.0.0.2] }\n");
        PolicyFiles next = files(FIRST + "  db-1: { addresses: [10.0.0.1] }\n", "version: 1\n");

        assertThat(registered(RegisteredFile.carried(now, next)))
                .isEqualTo("version: 1\nregistered:\n  web-1: [10.0.0.2]\n");
    }

    @Test
    void filesThatAreBrokenStayAsTheyAre() {
        PolicyFiles now = files(FIRST, "version: 1\nregistered: { web-1: [10.0.0.1] }\n");
        PolicyFiles broken = files(FIRST + "  db-1: 7\n", "version: 1\n");

        assertThat(RegisteredFile.carried(now, broken)).isSameAs(broken);
        SortedMap<String, SortedSet<IpAddress>> none = RegisteredFile.read(files(FIRST, "version: [\n"));
        assertThat(none).isEmpty();
    }
}
