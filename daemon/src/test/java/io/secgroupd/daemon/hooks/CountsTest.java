package io.secgroupd.daemon.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.secgroupd.daemon.hooks.Hooks.HookCount;
import io.secgroupd.daemon.terms.Backend;
import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.Hook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the kernel has counted, read out of the listings of both tools. */
class CountsTest {

    private static final SkeletonSettings HOST = SkeletonSettings.DEFAULT;
    private static final String QUEUE = "-j NFQUEUE --queue-num 4700";
    private static final String UNTRACKED = "-m conntrack --ctstate UNTRACKED -j NFQUEUE --queue-num 4701";
    private static final String DHCP = "-d 255.255.255.255/32 -p udp -m udp --sport 67 --dport 68 -j RETURN";

    private final FakeHost host = new FakeHost();
    private final Hooks hooks = new Hooks(host);

    @Test
    void addsBothFamiliesAndAllRulesOfAStep() throws HooksException {
        hooks.install(Backend.IPTABLES, HOST);
        host.mangle(Family.IPV4).count("SECGROUPD-INPUT", QUEUE, 5);
        host.mangle(Family.IPV4).count("SECGROUPD-INPUT", UNTRACKED, 70);
        host.mangle(Family.IPV6).count("SECGROUPD-INPUT", QUEUE, 900);
        host.mangle(Family.IPV4).count("SECGROUPD-OUTPUT", QUEUE, 1);

        assertThat(count(Backend.IPTABLES, Hook.INPUT, CountedStep.QUEUED)).isEqualTo(975);
        assertThat(count(Backend.IPTABLES, Hook.OUTPUT, CountedStep.QUEUED)).isEqualTo(1);
        assertThat(count(Backend.IPTABLES, Hook.INPUT, CountedStep.DHCP)).isZero();
    }

    /** The check takes these for the same rule, so the counts must, too. */
    @ParameterizedTest
    @CsvSource({"-p udp, -p 17", "-p udp, -p udp"})
    void knowsARuleAgainHoweverThisVersionPrintsItsProtocol(String ours, String printed) throws HooksException {
        hooks.install(Backend.IPTABLES, HOST);
        String rule = DHCP.replace(ours, printed);
        host.mangle(Family.IPV4).iptables("-D SECGROUPD-INPUT " + DHCP).iptables("-A SECGROUPD-INPUT " + rule);
        host.mangle(Family.IPV4).count("SECGROUPD-INPUT", rule, 3);

        assertThat(count(Backend.IPTABLES, Hook.INPUT, CountedStep.DHCP)).isEqualTo(3);
    }

    @Test
    void countsNoRuleOfOthers() throws HooksException {
        hooks.install(Backend.IPTABLES, HOST);
        host.mangle(Family.IPV4).iptables("-A INPUT " + QUEUE).count("INPUT", QUEUE, 7);

        assertThat(count(Backend.IPTABLES, Hook.INPUT, CountedStep.QUEUED)).isZero();
    }

    @Test
    void readsTheCountersOfNft() throws HooksException {
        hooks.install(Backend.NFT, HOST);

        // The model says 12 packets of every counter, and two rules queue.
        assertThat(count(Backend.NFT, Hook.INPUT, CountedStep.QUEUED)).isEqualTo(24);
        assertThat(count(Backend.NFT, Hook.OUTPUT, CountedStep.INVALID)).isEqualTo(12);
        host.nft().ours("output").clear();
        assertThat(count(Backend.NFT, Hook.OUTPUT, CountedStep.INVALID)).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"NFT", "IPTABLES"})
    void tellsTheSameStepsWhetherTheSkeletonStandsOrNot(Backend backend) throws HooksException {
        var without = hooks.counts(backend, HOST);
        assertThat(without).extracting(HookCount::packets).containsOnly(0L);

        hooks.install(backend, HOST);

        assertThat(hooks.counts(backend, HOST))
                .extracting(HookCount::hook, HookCount::step)
                .isEqualTo(without.stream()
                        .map(count -> tuple(count.hook(), count.step()))
                        .toList());
    }

    private long count(Backend backend, Hook hook, CountedStep step) throws HooksException {
        return hooks.counts(backend, HOST).stream()
                .filter(count -> count.hook() == hook && count.step() == step)
                .mapToLong(HookCount::packets)
                .sum();
    }
}
