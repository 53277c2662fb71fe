package io.secgroupd.daemon.refused;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.netlink.Errno;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the kernel refuses is never older than the policy in force. */
class RefusedPagesTest {

    private static final RefusedKey SSH = Refused.key("198.51.100.7", 22);
    private static final RefusedKey TELNET = Refused.key("198.51.100.7", 23);
    private static final int CAPACITY = 10;

    private final FakeNftables kernel = new FakeNftables();
    private final List<RefusedPage> closed = new ArrayList<>();
    private final RefusedPages pages = new RefusedPages(CAPACITY, closed::add);

    @BeforeEach
    void open() throws IOException {
        pages.open(RefusedTable.open(kernel, 1, LookupPlace.EARLY), new RefusedPage(1), LookupPlace.EARLY);
        kernel.done();
    }

    @Test
    void whatTheEditionInForceHasRefusedIsRefusedByTheKernel() {
        pages.add(List.of(Refused.offer(SSH, pages.edition())));

        assertThat(kernel.drops(SSH)).isTrue();
        assertThat(kernel.drops(TELNET)).isFalse();
    }

    @Test
    void anotherPolicyComesIntoForceOnlyWhenTheKernelRefusesNothing() {
        pages.add(List.of(Refused.offer(SSH, pages.edition())));
        var droppedAtTheChange = new ArrayList<Boolean>();

        pages.replacePolicy(edition -> droppedAtTheChange.add(kernel.drops(SSH)));

        assertThat(droppedAtTheChange).containsExactly(false);
        assertThat(kernel.drops(SSH)).isFalse();
    }

    @Test
    void whileNothingIsRefusedAgainAndAgainNoPacketIsCompared() {
        assertThat(kernel.compares()).isFalse();
        pages.add(List.of(Refused.offer(SSH, pages.edition())));
        assertThat(kernel.compares()).isTrue();

        pages.replacePolicy(edition -> {});

        assertThat(kernel.compares()).isFalse();
        pages.add(List.of(Refused.offer(TELNET, pages.edition())));
        assertThat(kernel.drops(TELNET)).isTrue();
    }

    @Test
    void aPageOnWhichNothingStaysIsComparedWithNoPacket() {
        pages.add(List.of(Refused.offer(SSH, pages.edition())));
        NextPage next = pages.prepare(pages.page()).orElseThrow();

        pages.turnTo(next);

        assertThat(kernel.compares()).isFalse();
        pages.add(List.of(Refused.offer(TELNET, pages.edition())));
        assertThat(kernel.drops(TELNET)).isTrue();
        assertThat(kernel.drops(SSH)).isFalse();
    }

    @Test
    void aRefusalOfAnEarlierPolicyThatComesLateIsNotAdded() {
        long before = pages.edition();
        pages.replacePolicy(edition -> {});

        pages.add(List.of(Refused.offer(SSH, before), Refused.offer(TELNET, pages.edition())));

        assertThat(kernel.drops(SSH)).isFalse();
        assertThat(kernel.drops(TELNET)).isTrue();
    }

    @Test
    void eachPolicyHasAnEditionOfItsOwn() {
        var editions = new ArrayList<Long>();
        pages.replacePolicy(editions::add);
        pages.replacePolicy(editions::add);

        assertThat(editions).doesNotHaveDuplicates().doesNotContain(1L).endsWith(pages.edition());
    }

    @Test
    void aChangeWithNothingToForgetCostsTheKernelNothing() {
        long turns = pages.turns();

        pages.replacePolicy(edition -> {});

        assertThat(kernel.done()).isEmpty();
        assertThat(pages.turns())
                .as("what was offered to the policy before may be offered again")
                .isGreaterThan(turns);
    }

    @Test
    void aKernelThatDoesNotForgetLosesTheWholeTableAndThePolicyComesIntoForce() {
        pages.add(List.of(Refused.offer(SSH, pages.edition())));
        kernel.refuse(Errno.ENOMEM);
        var inForce = new ArrayList<Boolean>();

        pages.replacePolicy(edition -> inForce.add(kernel.drops(SSH)));

        assertThat(inForce).containsExactly(false);
        assertThat(pages.turns()).isZero();
        pages.add(List.of(Refused.offer(SSH, pages.edition())));
        assertThat(kernel.drops(SSH)).isFalse();
    }

    @Test
    void keysThatTheKernelDoesNotTakeAreJudgedByTheDaemonAndThoseBeforeStay() {
        pages.add(List.of(Refused.offer(SSH, pages.edition())));
        kernel.refuse(Errno.ENOMEM);

        pages.add(List.of(Refused.offer(TELNET, pages.edition())));

        assertThat(kernel.drops(TELNET)).isFalse();
        assertThat(kernel.drops(SSH)).isTrue();
        assertThat(pages.page().size()).isEqualTo(1);
    }

    @Test
    void aFullPageTakesNoMoreAndKeepsWhatItHas() {
        pages.add(IntStream.rangeClosed(1, CAPACITY + 5)
                .mapToObj(port -> Refused.offer(Refused.key("198.51.100.7", port), pages.edition()))
                .toList());

        assertThat(pages.page().size()).isEqualTo(CAPACITY);
        assertThat(kernel.drops(Refused.key("198.51.100.7", 1))).isTrue();
        assertThat(kernel.drops(Refused.key("198.51.100.7", CAPACITY + 1))).isFalse();
    }

    @Test
    void aKeyThatIsOfferedTwiceKeepsItsCounter() {
        pages.add(List.of(Refused.offer(SSH, pages.edition()), Refused.offer(SSH, pages.edition())));
        assertThat(kernel.drops(SSH)).isTrue();
        assertThat(kernel.done()).filteredOn("key ipv4-1"::equals).hasSize(1);

        pages.add(List.of(Refused.offer(SSH, pages.edition())));

        assertThat(kernel.done()).isEmpty();
    }

    @Test
    void aPageThatIsTurnedIsHandedOverToBeRead() {
        pages.add(List.of(Refused.offer(SSH, pages.edition())));

        pages.replacePolicy(edition -> {});

        assertThat(closed).extracting(RefusedPage::number).containsExactly(1L);
        assertThat(pages.page().size()).isZero();
    }

    @Test
    void whatIsAttemptedAllTheTimeIsRefusedWhileAPageIsTurnedAndWhatIsNotIsForgotten() {
        pages.add(List.of(Refused.offer(SSH, pages.edition()), Refused.offer(TELNET, pages.edition())));
        RefusedPage before = pages.page();

        NextPage.turn(pages, before, List.of(Refused.flow(SSH)));

        assertThat(kernel.drops(SSH)).isTrue();
        assertThat(kernel.drops(TELNET)).isFalse();
        assertThat(closed).containsExactly(before);
        assertThat(pages.page().holds(SSH)).isTrue();
    }

    @Test
    void aPolicyThatComesWhileTheNextPageIsFilledMakesItWorthless() {
        pages.add(List.of(Refused.offer(SSH, pages.edition())));
        NextPage next = pages.prepare(pages.page()).orElseThrow();
        assertThat(pages.fill(next, List.of(Refused.flow(SSH)))).isTrue();

        pages.replacePolicy(edition -> assertThat(kernel.drops(SSH)).isFalse());

        assertThat(pages.fill(next, List.of(Refused.flow(TELNET)))).isFalse();
        pages.turnTo(next);
        assertThat(kernel.drops(SSH)).isFalse();
        assertThat(kernel.drops(TELNET)).isFalse();
    }

    @Test
    void flowsOfAPageThatIsNoLongerInUseAreNotKept() {
        pages.add(List.of(Refused.offer(SSH, pages.edition())));
        RefusedPage before = pages.page();
        pages.replacePolicy(edition -> {});
        pages.add(List.of(Refused.offer(TELNET, pages.edition())));

        NextPage.turn(pages, before, List.of(Refused.flow(SSH)));

        assertThat(kernel.drops(SSH)).isFalse();
        assertThat(kernel.drops(TELNET)).isTrue();
    }

    @Test
    void aKernelThatDoesNotTakeTheNextPageForgetsAll() {
        pages.add(List.of(Refused.offer(SSH, pages.edition())));
        NextPage next = pages.prepare(pages.page()).orElseThrow();
        kernel.refuse(Errno.ENOMEM);

        assertThat(pages.fill(next, List.of(Refused.flow(SSH)))).isFalse();

        assertThat(kernel.drops(SSH)).isFalse();
    }

    @Test
    void whenAddressesAreTranslatedFromNowOnTheKeysOfBeforeAreForgotten() {
        pages.add(List.of(Refused.offer(SSH, pages.edition())));
        kernel.done();

        pages.moveTo(LookupPlace.TRANSLATED);
        pages.moveTo(LookupPlace.TRANSLATED);

        assertThat(kernel.done()).contains("set ipv4-2").doesNotContain("set ipv4-3");
        assertThat(kernel.drops(SSH)).isFalse();
        pages.add(List.of(Refused.offer(SSH, pages.edition())));
        assertThat(kernel.done()).contains("rule ipv4-2 translated").doesNotContain("rule ipv4-2 early");
    }

    @Test
    void afterTheEndTheKernelRefusesNothingAndWhatItCountedCanBeRead() {
        pages.add(List.of(Refused.offer(SSH, pages.edition())));

        pages.end();

        assertThat(kernel.drops(SSH)).isFalse();
        assertThat(closed).hasSize(1);
        assertThat(kernel.sets()).isEqualTo(2);
    }
}
