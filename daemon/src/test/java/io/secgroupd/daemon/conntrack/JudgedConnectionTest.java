package io.secgroupd.daemon.conntrack;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.terms.JudgedHooks;
import io.secgroupd.rules.decide.PacketFilter;
import io.secgroupd.rules.testkit.PolicyBuilder;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** At which hook, by which addresses and from which end a running connection is judged. */
class JudgedConnectionTest {

    private static final PacketFilter HTTPS_IN = CutHost.hostLetsIn("tcp 443", "udp 5353");
    private static final Connection TO_HOST = Connection.tcp("192.0.2.9", 40000, CutHost.HOST, 443);
    private static final Connection FROM_HOST = Connection.tcp(CutHost.HOST, 443, "192.0.2.9", 40000);
    private static final Connection ROUTED = Connection.tcp("192.0.2.9", 40000, "192.0.2.10", 443);

    @Test
    void thatComesHereByTheRulesForInput() {
        assertThat(allows(JudgedHooks.HOST, TO_HOST)).isTrue();
        assertThat(allows(JudgedHooks.HOST, Connection.tcp("192.0.2.9", 40000, CutHost.HOST, 22)))
                .isFalse();
    }

    @Test
    void isAllowedWhereItsHookIsOff() {
        assertThat(allows(new JudgedHooks(true, true, false), FROM_HOST)).isFalse();
        assertThat(allows(new JudgedHooks(true, false, true), FROM_HOST)).isTrue();
        Connection ssh = Connection.tcp("192.0.2.9", 40000, CutHost.HOST, 22);
        assertThat(allows(new JudgedHooks(false, true, true), ssh)).isTrue();
        assertThat(allows(JudgedHooks.HOST, ROUTED)).isTrue();
    }

    @Test
    void thatWasTranslatedOnItsWayHereByThePortBehind() {
        Connection redirected = Connection.tcp("192.0.2.9", 40000, "198.51.100.1", 8080);

        assertThat(allows(JudgedHooks.ALL, redirected.answeredBy(CutHost.HOST, 443)))
                .isTrue();
        assertThat(allows(JudgedHooks.ALL, redirected.answeredBy(CutHost.HOST, 8080)))
                .isFalse();
    }

    /** The kernel may have taken the answering end for the one that opened it. */
    @Test
    void thatWasMetInTheMiddleFromEitherEnd() {
        assertThat(allows(JudgedHooks.HOST, FROM_HOST.pickedUp())).isTrue();
        assertThat(allows(JudgedHooks.HOST, TO_HOST.pickedUp())).isTrue();
        assertThat(allows(
                        JudgedHooks.HOST,
                        Connection.tcp(CutHost.HOST, 22, "192.0.2.9", 40000).pickedUp()))
                .isFalse();
    }

    @Test
    void toManyReceiversAsOneThatComesHere() {
        Connection discovery = Connection.udp("192.0.2.9", 5353, "224.0.0.251", 5353);
        Connection other = Connection.udp("192.0.2.9", 5353, "255.255.255.255", 9);

        assertThat(allows(new JudgedHooks(true, false, false), discovery)).isFalse();
        assertThat(allows(new JudgedHooks(false, true, true), discovery)).isTrue();
        assertThat(allows(new JudgedHooks(true, false, false), other)).isFalse();
    }

    @Test
    void withinThisHostWithoutAnyRule() {
        assertThat(allows(JudgedHooks.ALL, Connection.tcp(CutHost.HOST, 40000, CutHost.HOST, 22)))
                .isTrue();
    }

    private static boolean allows(JudgedHooks hooks, Connection connection) {
        var judge = new ConnectionJudge(HTTPS_IN, Set.of(PolicyBuilder.address(CutHost.HOST)), hooks);
        return judge.allows(connection.live());
    }
}
