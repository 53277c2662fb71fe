package io.secgroupd.daemon.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.nfqueue.QueuedPacket;
import io.secgroupd.daemon.packet.PacketBuilder;
import io.secgroupd.rules.decide.PacketFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A million packets of every kind, judged by random policies, have the same verdicts with a candidate as without one. */
class ShadowChangesNoVerdictTest {

    private static final int POLICIES = 100;
    private static final int PACKETS = 10_000;
    private static final String[] HOSTS = {"10.0.1.10", "10.0.2.10", "10.0.3.10", "198.51.100.7"};
    private static final String[] FLAGS = {"S", "S", "S", "A", "SA", "R"};
    private static final int[] HOOKS = {QueuedPacket.LOCAL_IN, QueuedPacket.LOCAL_OUT, QueuedPacket.FORWARD};

    private final Random random = new Random(17);

    @Test
    void everyVerdictOfAMillionIsTheSame() {
        long differences = 0;
        for (int i = 0; i < POLICIES; i++) {
            PacketFilter inForce = Filters.random(random);
            ShadowPolicy candidate = ShadowPolicy.of(Filters.random(random));
            LoopHarness alone = new LoopHarness();
            LoopHarness shadowed = new LoopHarness();
            alone.policy.replace(new PolicyInForce(inForce, 1));
            shadowed.policy.replace(new PolicyInForce(inForce, 1, RuleHits.NONE, candidate));

            assertThat(verdicts(shadowed, i)).isEqualTo(verdicts(alone, i));
            assertThat(candidate.compared()).isEqualTo(PACKETS);
            assertThat(candidate.faults()).isZero();
            differences += candidate.differences().counters().stream()
                    .mapToLong(DifferenceCounter::count)
                    .sum();
        }
        assertThat(differences).as("that they differ at all").isGreaterThan(POLICIES * PACKETS / 100);
    }

    private static List<String> verdicts(LoopHarness loop, int seed) {
        loop.recording = false;
        var random = new Random(seed);
        var verdicts = new ArrayList<String>();
        for (int packet = 0; packet < PACKETS; packet += PacketLoop.BURST) {
            for (int i = 0; i < Math.min(PacketLoop.BURST, PACKETS - packet); i++) {
                loop.queue.packet(HOOKS[random.nextInt(HOOKS.length)], packet(random));
            }
            loop.serve();
        }
        verdicts.addAll(loop.queue.verdicts());
        return verdicts;
    }

    private static byte[] packet(Random random) {
        String from = HOSTS[random.nextInt(HOSTS.length)];
        String to = HOSTS[random.nextInt(HOSTS.length)];
        return random.nextInt(4) == 0
                ? PacketBuilder.udp(from, to, 1 + random.nextInt(8))
                : PacketBuilder.tcp(
                        from, 1 + random.nextInt(8), to, 1 + random.nextInt(8), FLAGS[random.nextInt(FLAGS.length)]);
    }
}
