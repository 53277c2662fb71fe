package io.secgroupd.daemon.judges;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.judges.OpeningPackets.OpeningPacket;
import io.secgroupd.daemon.judges.TwoHosts.Verdicts;
import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.decide.PacketFilter;
import io.secgroupd.rules.net.Hook;
import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.testkit.Seeds;
import io.secgroupd.rules.written.BothReaders;
import io.secgroupd.rules.written.Places;
import io.secgroupd.rules.written.RandomRulesFile;
import io.secgroupd.rules.written.WrittenHost;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The same real packets, asked of the running daemon, of nftables and of the second judge, which have the same rules file:
 * {@value #POLICIES} policies and {@value #PACKETS} packets each, and more of them with {@code scripts/judges}.
 */
@NetnsTest
class ThreeJudgesIT {

    private static final int POLICIES = 5;
    private static final int PACKETS = 1000;

    /** Addresses of the hosts or of their guests; the rest of the networks that these are in is elsewhere. */
    private static final List<IpAddress> ADDRESSES = Stream.concat(
                    IntStream.range(8, 16).mapToObj(i -> IpAddress.ipv4(0x0a000000 + i)),
                    IntStream.range(8, 16).mapToObj(i -> IpAddress.ipv6(0x20010db800000000L, i)))
            .toList();

    private static final Places PLACES = new Places(
            List.of(
                    IpAddress.ipv4(0x0a000000),
                    IpAddress.ipv4(0x0a000000),
                    IpAddress.ipv4(0x7dffffc0),
                    IpAddress.ipv4(0xdfffffc0),
                    IpAddress.ipv6(0x20010db800000000L, 0),
                    IpAddress.ipv6(0x20010db800000000L, 0),
                    IpAddress.ipv6(0xfdffffffffffffffL, -64)),
            ADDRESSES,
            List.of(0, 1, 22, 80, 443, 8000, 8080, 65535));

    private static final List<String> CARRIED = List.of("i-0", "i-1", "i-2");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @ParameterizedTest(name = "{0}, for what no instance lists: {1}")
    @CsvSource({"INPUT, i-1", "FORWARD, refuse"})
    void agreeOnEachPacket(Hook hook, String answers) {
        var passed = new AtomicInteger();
        Set<IpAddress> here = hook == Hook.INPUT ? new HashSet<>(ADDRESSES) : Set.of();
        try (TwoHosts hosts = new TwoHosts(directory, hook, ADDRESSES)) {
            Seeds.each(POLICIES, seed -> {
                var random = new Random(seed);
                String text = RandomRulesFile.of(random, PLACES, 1 + random.nextInt(6), random.nextBoolean());
                var host = new WrittenHost(BothReaders.written(text), CARRIED, answers, here);
                hosts.obey(text, host);
                passed.addAndGet(agreed(hosts, hook, random, text, host));
            });
            assertThat(hosts.log()).doesNotContain("ERROR");
        }
        long sent = PACKETS * Seeds.of(POLICIES).count();
        assertThat(passed.longValue()).as("of %s packets", sent).isBetween(sent / 20, sent * 19 / 20);
    }

    /** Asserts that the judges agree. Returns the number of packets that have passed. */
    private static int agreed(TwoHosts hosts, Hook hook, Random random, String text, WrittenHost host) {
        CompiledPolicy compiled = BothReaders.compiled(text);
        var maker = new OpeningPackets(random, hook, compiled, ADDRESSES);
        List<OpeningPacket> packets =
                Stream.generate(maker::next).limit(PACKETS).toList();
        Verdicts passed = hosts.ask(packets);
        PacketFilter filter = BothReaders.filter(compiled, host);
        var differences = new ArrayList<String>();
        for (int i = 0; i < PACKETS; i++) {
            OpeningPacket packet = packets.get(i);
            boolean daemon = passed.daemon().get(i);
            boolean nftables = passed.nftables().get(i);
            boolean second = host.passes(hook, packet.flow());
            if (daemon != nftables || daemon != second) {
                differences.add("%s (%s): passes the daemon: %s, nftables: %s, the second judge: %s; the filter says %s"
                        .formatted(
                                packet.flow(),
                                HexFormat.of().formatHex(packet.bytes()),
                                daemon,
                                nftables,
                                second,
                                filter.judge(hook, packet.flow())));
            }
        }
        assertThat(differences).as("differences under\n" + text).isEmpty();
        return passed.daemon().cardinality();
    }
}
