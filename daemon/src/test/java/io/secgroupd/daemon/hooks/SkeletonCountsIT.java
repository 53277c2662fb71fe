package io.secgroupd.daemon.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secgroupd.daemon.hooks.Hooks.HookCount;
import io.secgroupd.daemon.terms.Backend;
import io.secgroupd.daemon.terms.JudgedHooks;
import io.secgroupd.daemon.testkit.Cable;
import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.NetworkNamespace;
import io.secgroupd.daemon.testkit.WirePacket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which packets the skeleton hands to user space, which it leaves alone and which it drops by itself, by the kernel's own
 * counts. The peer is the host's router, so it may send as anybody.
 */
@NetnsTest
class SkeletonCountsIT {

    private static final String PEER_4 = "10.77.0.1";
    private static final String HOST_4 = "10.77.0.2";
    private static final String PEER_6 = "2001:db8:77::1";
    private static final String HOST_6 = "2001:db8:77::2";
    private static final String STRANGER = "198.51.100.7";
    private static final int SYN = 0x02;

    private final NetworkNamespace peer = NetworkNamespace.create("peer");
    private final NetworkNamespace host = NetworkNamespace.create("host");
    private final Hooks hooks = new Hooks(CommandRunner.ofThisHost());
    private SkeletonSettings settings = SkeletonSettings.DEFAULT;

    @BeforeEach
    void joinThem() {
        peer.connect(host, "eth0", "eth0");
        peer.address("eth0", PEER_4 + "/24");
        peer.address("eth0", PEER_6 + "/64");
        host.address("eth0", HOST_4 + "/24");
        host.address("eth0", HOST_6 + "/64");
        host.ip("route add default via " + PEER_4);
        host.sysctl("net/ipv4/conf/all/rp_filter", "0");
        host.sysctl("net/ipv4/conf/eth0/rp_filter", "0");
        install(SkeletonSettings.DEFAULT);
    }

    @AfterEach
    void closeBoth() {
        peer.close();
        host.close();
    }

    /** A SYN alone, with the two bits of ECN, with PSH, with URG, and with all of these. */
    @ParameterizedTest(name = "flags {1} on an entry in {0}, IPv{2}")
    @CsvSource({
        "ESTABLISHED, 02, 4", "ESTABLISHED, 02, 6", "CLOSE_WAIT, 02, 4", "CLOSE_WAIT, c2, 6", "FIN_WAIT, 0a, 4",
        "LAST_ACK, 22, 4", "CLOSE, 02, 4", "CLOSE, ea, 6", "SYN_RECV, 02, 4", "TIME_WAIT, 02, 4"
    })
    void anOpeningSynIsQueuedWhateverTheKernelRemembers(String state, String flags, int family) {
        remember("tcp", peer(family), host(family), "--state", state);

        send(WirePacket.of(peer(family), host(family)).tcp(40000, 8080, Integer.parseInt(flags, 16)));

        assertCounts(Map.of("INPUT QUEUED", 1L));
    }

    @Test
    void aSynThatCrossesOursIsQueued() {
        remember("tcp", HOST_4, PEER_4, "--state", "SYN_SENT");

        send(WirePacket.of(PEER_4, HOST_4).tcp(8080, 40000, SYN));

        assertCounts(Map.of("INPUT QUEUED", 1L));
    }

    @Test
    void anInitOnAnAssociationIsQueued() {
        remember("sctp", PEER_4, HOST_4, "--state", "ESTABLISHED", "--orig-vtag", "7", "--reply-vtag", "8");

        send(WirePacket.of(PEER_4, HOST_4).sctpInit(40000, 8080));

        assertCounts(Map.of("INPUT QUEUED", 1L));
    }

    /** A protocol without a handshake has no opening packet but the first. */
    @Test
    void aDatagramOfAKnownFlowIsLeftAlone() {
        remember("udp", PEER_4, HOST_4);

        send(
                WirePacket.of(PEER_4, HOST_4).udp(40000, 8080),
                WirePacket.of(PEER_4, HOST_4).udp(40001, 8080));

        assertCounts(Map.of("INPUT QUEUED", 1L));
    }

    /** Only what a client on this link can have asked for, and nothing that comes through a router. */
    @Test
    void answersOfDhcpServersAreThoseToBroadcasts() {
        send(
                WirePacket.of(PEER_4, "255.255.255.255").udp(67, 68),
                WirePacket.of(STRANGER, HOST_4).udp(67, 68),
                WirePacket.of(PEER_4, HOST_4).udp(67, 68),
                WirePacket.of(PEER_6, HOST_6).udp(547, 546),
                WirePacket.of(PEER_4, "255.255.255.255").udp(68, 68));

        assertCounts(Map.of("INPUT DHCP", 1L, "INPUT QUEUED", 4L));
    }

    /** A user who may have port 68 has no way out by it. */
    @Test
    void requestsOfDhcpClientsAreThoseOfSystemAccounts() {
        host.sysctl("net/ipv4/ip_unprivileged_port_start", "0");

        sendAs("0", 68, 67);
        sendAs("998", 68, 67);
        sendAs("1000", 68, 67);
        sendAs("65534", 68, 67);
        sendAs("0", 68, 53);

        assertCounts(Map.of("OUTPUT DHCP", 2L, "OUTPUT QUEUED", 3L));
    }

    /** Both are answered by the stack before or beside INPUT. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void noErrorTellsThatASilentHostIsThere(boolean observe) {
        install(new SkeletonSettings(JudgedHooks.HOST, 4700, 1, false, SkeletonSettings.NO_MARK, observe));
        host.address("eth0", "fe80::2/64");
        peer.address("eth0", "fe80::1/64");

        send(withBadOption(WirePacket.of(PEER_4, HOST_4).udp(1000, 33434)));
        send(WirePacket.of("fe80::1", "fe80::2").udp(547, 546));

        assertCounts(Map.of("INPUT DHCP", 1L, "OUTPUT UNACCEPTED", 2L));
    }

    @Test
    void whatBelongsToNoConnectionIsCountedWhereNothingIsDropped() {
        install(new SkeletonSettings(
                new JudgedHooks(true, false, false), 4700, 1, false, SkeletonSettings.DEFAULT_CUT_MARK, true));

        send(WirePacket.of(PEER_4, HOST_4).tcp(443, 40000, 0x12));

        assertCounts(Map.of("INPUT INVALID", 1L));
        await().untilAsserted(() -> assertThat(host.run("nstat", "-asz", "TcpOutRsts"))
                .as("the stack has seen it, and answers with a reset")
                .containsPattern("TcpOutRsts\\s+1\\s"));
    }

    private void install(SkeletonSettings wanted) {
        settings = wanted;
        host.call(() -> hooks.install(Backend.IPTABLES, wanted));
    }

    /** An entry as a connection has left it, from port 40000 to 8080. */
    private void remember(String protocol, String from, String to, String... details) {
        List<String> command = new ArrayList<>(List.of("conntrack", "-I", "-p", protocol, "-s", from, "-d", to));
        command.addAll(List.of("--sport", "40000", "--dport", "8080", "-t", "60", "-u", "SEEN_REPLY,ASSURED"));
        command.addAll(List.of(details));
        host.run(command.toArray(String[]::new));
    }

    private void send(byte[]... packets) {
        try (Cable cable = Cable.between(peer, "eth0", host, "eth0")) {
            cable.send(packets);
        }
    }

    private void sendAs(String user, int from, int to) {
        String program = "use Socket; socket(S, PF_INET, SOCK_DGRAM, 17) && setsockopt(S, SOL_SOCKET, SO_REUSEADDR, 1)"
                + " && bind(S, sockaddr_in(" + from + ", INADDR_ANY)) or die $!; send(S, 'x', 0, sockaddr_in(" + to
                + ", inet_aton('" + PEER_4 + "')));";
        host.run("setpriv", "--reuid=" + user, "--clear-groups", "perl", "-e", program);
    }

    /** An option of length 0, which no host can parse. */
    private static byte[] withBadOption(byte[] packet) {
        ByteBuffer longer = ByteBuffer.allocate(packet.length + 4)
                .put(packet, 0, 20)
                .putInt(0x0700_0400)
                .put(packet, 20, packet.length - 20);
        longer.put(0, (byte) 0x46).putShort(2, (short) longer.capacity()).putShort(10, (short) 0);
        return longer.putShort(10, checksum(longer)).array();
    }

    private static short checksum(ByteBuffer header) {
        int sum = 0;
        for (int at = 0; at < 24; at += 2) {
            sum += header.getShort(at) & 0xffff;
        }
        return (short) ~((sum & 0xffff) + (sum >>> 16));
    }

    private static String peer(int family) {
        return family == 4 ? PEER_4 : PEER_6;
    }

    private static String host(int family) {
        return family == 4 ? HOST_4 : HOST_6;
    }

    /** Waits for as many as these, and asserts that they are these. */
    private void assertCounts(Map<String, Long> expected) {
        await().untilAsserted(() -> assertThat(counts()).containsAllEntriesOf(expected));
        assertThat(counts()).isEqualTo(new TreeMap<>(expected));
    }

    /** Every count that is not 0, such as {@code INPUT QUEUED}. */
    private Map<String, Long> counts() {
        var counts = new TreeMap<String, Long>();
        for (HookCount count : host.call(() -> hooks.counts(Backend.IPTABLES, settings))) {
            if (count.packets() != 0) {
                counts.put(count.hook() + " " + count.step(), count.packets());
            }
        }
        return counts;
    }
}
