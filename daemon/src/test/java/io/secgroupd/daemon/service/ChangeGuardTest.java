package io.secgroupd.daemon.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.admin.GuardRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a control server is told before it writes a change: yes, or why not. Nothing changes by the question. */
class ChangeGuardTest extends ServiceFixture {

    private static final String HEAD = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt\n";

    /** 10.0.0.1:22 from 198.51.100.7, as the kernel of a little-endian machine writes it. */
    private static final String SSH =
            "   0: 0100000A:0016 076433C6:D431 01 00000000:00000000 02:000A 00000000     0        0 1 2 0\n";

    private static final String BOTH = """
            version: 1
            security_groups:
              sg-web: { inbound: [{ protocol: tcp, ports: [80, 22], source: any }] }
            instances:
              web: { addresses: [10.0.0.1], security_groups: [sg-web] }
            """;

    @Test
    void aChangeThatShutsNobodyOutMayBeWritten() throws Exception {
        tcp("tcp", "");
        assertThat(objection(allowing(81))).isEmpty();
        assertThat(allows(81)).isFalse();
        assertThat(allows(80)).isTrue();
    }

    @Test
    void whoIsConnectedNowIsNotShutOut() throws Exception {
        inForce(BOTH);
        tcp("tcp", SSH);
        assertThat(objection(allowing(80)))
                .contains("it would lock you out: tcp 198.51.100.7 -> 10.0.0.1 port 22 is open now and would be"
                        + " rejected; allow it first");
    }

    @Test
    void aConnectionOverASocketForBothFamiliesCountsToo() throws Exception {
        inForce(BOTH);
        tcp("tcp6", """
                   0: 0000000000000000FFFF00000100000A:0016 0000000000000000FFFF0000076433C6:D431 01 0:0 0:0 0 0 0 1
                """);
        assertThat(objection(allowing(80)).orElse("")).contains("198.51.100.7 -> 10.0.0.1 port 22");
    }

    @Test
    void connectionsThatWereNotAllowedBeforeOrAreNotOpenDoNotCount() throws Exception {
        tcp("tcp", SSH + SSH.replace(" 01 ", " 06 "));
        assertThat(objection(allowing(81))).isEmpty();
    }

    @Test
    void theOneWhoAsksMustStillComeIn() throws Exception {
        var client = Optional.of("198.51.100.7,10.0.0.1,80");
        assertThat(objection(request(allowing(81), client)).orElse(""))
                .contains("198.51.100.7 -> 10.0.0.1 port 80 is open now");
        assertThat(objection(request(BOTH, client))).isEmpty();
    }

    @Test
    void filesWithErrorsAreNamedWithTheirPlace() throws Exception {
        assertThat(objection(new GuardRequest(
                                rules,
                                Map.of(rules, "version: 2\n".getBytes(UTF_8)),
                                running.inForce().policy().hash(),
                                "",
                                Optional.empty()))
                        .orElse(""))
                .contains("rules.yaml:1:");
    }

    @Test
    void anotherFileOrATrialOrAnotherPolicyIsAnObjection() throws Exception {
        GuardRequest right = request(allowing(81), Optional.empty());
        assertThat(objection(new GuardRequest(
                                Path.of("/other.yaml"), right.files(), right.before(), right.after(), right.client()))
                        .orElse(""))
                .contains("another file");
        assertThat(objection(new GuardRequest(rules, right.files(), "0000", right.after(), right.client()))
                        .orElse(""))
                .contains("not in force on this host");
        assertThat(objection(new GuardRequest(rules, right.files(), right.before(), "0000", right.client()))
                        .orElse(""))
                .contains("changed meanwhile");
        changes.apply(apply(allowing(82)));
        assertThat(objection(right).orElse("")).contains("a candidate is being tried");
    }

    @Test
    void anEditOfAMomentAgoIsReadFirst() throws Exception {
        Files.writeString(rules, allowing(81));
        GuardRequest next = new GuardRequest(
                rules,
                Map.of(rules, allowing(82).getBytes(UTF_8)),
                read(allowing(81)).hash(),
                read(allowing(82)).hash(),
                Optional.empty());
        assertThat(objection(next)).isEmpty();
        assertThat(allows(81)).isTrue();
    }

    private Optional<String> objection(String text) throws Exception {
        return objection(request(text, Optional.empty()));
    }

    private Optional<String> objection(GuardRequest request) {
        return guard.objection(request);
    }

    private GuardRequest request(String text, Optional<String> client) throws Exception {
        return new GuardRequest(
                rules,
                Map.of(rules, text.getBytes(UTF_8)),
                running.inForce().policy().hash(),
                read(text).hash(),
                client);
    }

    private void inForce(String text) throws Exception {
        Files.writeString(rules, text);
        assertThat(changes.reload().inForce()).isTrue();
    }

    private void tcp(String table, String lines) throws Exception {
        Files.writeString(Files.createDirectories(directory.resolve("proc")).resolve(table), HEAD + lines);
    }
}
