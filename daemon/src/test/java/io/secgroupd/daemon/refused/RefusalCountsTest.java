package io.secgroupd.daemon.refused;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the kernel refused is counted to the packet. */
class RefusalCountsTest {

    private static final RefusedKey SSH = Refused.key("198.51.100.7", 22);
    private static final RefusedKey WEB_6 = Refused.key("2001:db8:ffff::7", 80);
    private static final RefusedKey QUIET = Refused.key("198.51.100.7", 25);
    private static final long LATER = 60_000_000_000L;

    private final FakeNftables kernel = new FakeNftables();
    private final RefusalCounts counts = new RefusalCounts();
    private final RefusedPages pages = new RefusedPages(RefusedTable.CAPACITY, counts::closed);

    @BeforeEach
    void open() throws IOException {
        counts.open(PageCounters.open(kernel));
        pages.open(RefusedTable.open(kernel, 1, LookupPlace.EARLY), new RefusedPage(1), LookupPlace.EARLY);
        pages.add(List.of(
                Refused.offer(SSH, pages.edition()),
                Refused.offer(WEB_6, pages.edition()),
                Refused.offer(QUIET, pages.edition())));
    }

    @Test
    void readingsBeforeThePageIsClosedCountNoPacketTwice() {
        refuse(SSH, 7);
        counts.readNow(pages.page());
        counts.readNow(pages.page());
        assertThat(counts.packets()).isEqualTo(7);
        assertThat(counts.poll())
                .as("the flow log is told when the counter stands still")
                .isNull();

        refuse(SSH, 5);
        refuse(WEB_6, 3);
        pages.replacePolicy(edition -> {});
        readClosed();

        assertThat(counts.packets()).isEqualTo(15);
        assertThat(told()).containsExactlyInAnyOrder("22 x12 480 bytes", "80 x3 120 bytes");
    }

    @Test
    void whatWasRefusedBeforeAChangeIsCountedAlthoughItsPageWaitsToBeReadWhole() {
        refuse(SSH, 7);
        pages.replacePolicy(edition -> {});

        counts.readNow(pages.page());

        assertThat(counts.packets()).isEqualTo(7);
        assertThat(counts.hasClosed()).isTrue();
    }

    @Test
    void everyPacketOfManyTurnsIsToldOnce() {
        long sent = 0;
        for (int turn = 1; turn <= 50; turn++) {
            pages.add(List.of(Refused.offer(SSH, pages.edition())));
            refuse(SSH, turn);
            sent += turn;
            if (turn % 3 == 0) {
                counts.readNow(pages.page());
            }
            pages.replacePolicy(edition -> {});
            if (turn % 7 == 0) {
                readClosed();
            }
        }
        readClosed();

        assertThat(counts.packets()).isEqualTo(sent);
        assertThat(told().stream()
                        .mapToLong(line -> Long.parseLong(line.split("[x ]+")[1]))
                        .sum())
                .isEqualTo(sent);
        assertThat(kernel.sets()).as("pages that were read are gone").isEqualTo(2);
    }

    @Test
    void pagesThatKeepWhatIsAttemptedCountNoPacketTwiceAndNoneLess() {
        long sent = 0;
        for (int turn = 1; turn <= 20; turn++) {
            refuse(SSH, turn);
            sent += turn;
            RefusedPage page = pages.page();
            NextPage.turn(pages, page, counts.refusedOf(page));
            refuse(SSH, 1);
            sent++;
            readClosed();
        }
        pages.replacePolicy(edition -> {});
        readClosed();

        assertThat(counts.packets()).isEqualTo(sent);
        assertThat(told().stream()
                        .mapToLong(line -> Long.parseLong(line.split("[x ]+")[1]))
                        .sum())
                .isEqualTo(sent);
    }

    @Test
    void aPageIsNotReadWhileAPacketMayStillBeWithinItsRule() {
        refuse(SSH, 1);
        pages.replacePolicy(edition -> {});

        counts.readClosed(System.nanoTime() - LATER, pages::remove);

        assertThat(counts.packets()).isZero();
        assertThat(counts.hasClosed()).isTrue();
    }

    @Test
    void aPageThatIsGoneFromTheKernelStopsNothing() {
        refuse(SSH, 1);
        pages.fail("a test");

        readClosed();

        assertThat(counts.hasClosed()).isFalse();
        assertThat(counts.packets()).as("the counters are gone with the table").isZero();
    }

    private void refuse(RefusedKey key, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(kernel.drops(key)).isTrue();
        }
    }

    private void readClosed() {
        counts.readClosed(System.nanoTime() + LATER, pages::remove);
    }

    private List<String> told() {
        var lines = new ArrayList<String>();
        KernelRefusals next;
        while ((next = counts.poll()) != null) {
            lines.add(next.flow().key().destinationPort() + " x" + next.packets() + " " + next.bytes() + " bytes");
        }
        return lines;
    }
}
