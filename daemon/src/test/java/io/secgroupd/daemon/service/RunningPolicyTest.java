package io.secgroupd.daemon.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.control.HostPolicy;
import io.secgroupd.rules.decide.RuleTerms;
import io.secgroupd.rules.net.Hook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The policy in force, its number, and what its rules have counted. */
class RunningPolicyTest extends ServiceFixture {

    @Test
    void everyPolicyThatComesIntoForceIsTheNextGeneration() throws Exception {
        assertThat(running.inForce().generation()).isEqualTo(1);

        HostPolicy next = read(allowing(81));
        RunningPolicy.Generation before = running.putInForce(next);

        assertThat(before.generation()).isEqualTo(1);
        assertThat(running.inForce().policy()).isSameAs(next);
        assertThat(running.inForce().generation()).isEqualTo(2);
    }

    @Test
    void packetsAreJudgedByWhatIsInForceUnderItsGeneration() throws Exception {
        HostPolicy next = read(allowing(81));
        running.putInForce(next);

        assertThat(running.active().inForce().filter()).isSameAs(next.filter());
        assertThat(running.active().inForce().generation()).isEqualTo(2);
    }

    @Test
    void anotherAddressIsNoNewGeneration() throws Exception {
        HostPolicy again = read(allowing(80));
        RunningPolicy.Generation before = running.inForce();

        running.readdress(again);

        assertThat(running.inForce().generation()).isEqualTo(before.generation());
        assertThat(running.inForce().since()).isEqualTo(before.since());
        assertThat(running.active().inForce().filter()).isSameAs(again.filter());
    }

    /** By its edition it is known which refusals the kernel may still repeat: those that the filter in force has made. */
    @Test
    void everyFilterThatComesIntoForceIsAnotherEdition() throws Exception {
        var editions = new ArrayList<Long>();
        editions.add(running.active().inForce().edition());
        running.putInForce(read(allowing(81)));
        editions.add(running.active().inForce().edition());
        running.readdress(read(allowing(81)));
        editions.add(running.active().inForce().edition());
        running.judgeAgain();
        editions.add(running.active().inForce().edition());

        assertThat(editions).doesNotHaveDuplicates().isSorted().allMatch(edition -> edition > 0);
    }

    @Test
    void whatAChangeChangedIsKnownOnceItIsTold() throws Exception {
        RunningPolicy.Generation before = running.putInForce(read(allowing(81)));
        assertThat(running.inForce().change()).isEmpty();

        running.tell(before, Duration.ZERO);

        assertThat(running.inForce().change()).contains("80", "81");
        assertThat(running.inForce().generation()).isEqualTo(2);
    }

    @Test
    void anUnchangedFileForOtherInstancesSaysSo() throws Exception {
        RunningPolicy.Generation before = running.putInForce(running.inForce().policy());
        running.tell(before, Duration.ZERO);

        assertThat(running.inForce().change()).contains("same rules");
    }

    @Test
    void whatARuleHasCountedOutlivesAnEditThatLeavesIt() throws Exception {
        String two = allowing(80).replace("[{", "[{ protocol: udp, ports: 53, source: any }, {");
        count();

        running.putInForce(read(two));

        assertThat(hits()).hasSizeGreaterThan(1).filteredOn(hits -> hits > 0).containsExactly(1L);
    }

    @Test
    void systemdIsToldWhatIsInForce() throws Exception {
        HostPolicy next = read(allowing(81));
        running.putInForce(next);

        assertThat(running.sentence()).contains("2", next.shortHash(), "web");
    }

    /** One packet by the only rule. */
    private void count() {
        var inForce = running.active().inForce();
        inForce.hits().count(inForce.filter().judge(Hook.INPUT, toWeb(80)), 1);
    }

    private List<Long> hits() {
        return running.inForce().policy().filter().rules().stream()
                .map(RuleTerms::rule)
                .map(rule -> running.counters().counter(rule).hits())
                .toList();
    }
}
