package io.secgroupd.daemon.flowlog.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.flowlog.read.Field;
import io.secgroupd.daemon.flowlog.read.LineSink;
import io.secgroupd.daemon.flowlog.read.LogLine;
import io.secgroupd.daemon.testkit.DecisionLine;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** VPC lines, which are written up to a window late, in the order of their times. */
class TimeOrderTest {

    /** Keeps what is shown, and is closed when a test says so. */
    private static final class Shown implements LineSink {
        final List<LogLine> lines = new ArrayList<>();
        int pauses;
        boolean closed;

        @Override
        public void line(LogLine line) {
            lines.add(line.copy());
        }

        @Override
        public void pause() {
            pauses++;
        }

        @Override
        public boolean isClosed() {
            return closed;
        }
    }

    private final Shown shown = new Shown();
    private final TimeOrder order = new TimeOrder(shown);

    @Property(tries = 200)
    void linesThatAreAtMostAWindowLateComeOutInOrder(
            @ForAll @Size(max = 100) List<@IntRange(max = 60) Integer> late, @ForAll @IntRange(max = 20) int step) {
        Shown all = new Shown();
        TimeOrder sorting = new TimeOrder(all);
        for (int i = 0; i < late.size(); i++) {
            sorting.line(vpc(60 + i * step - late.get(i), i));
        }
        sorting.pause();

        assertThat(all.lines)
                .hasSize(late.size())
                .isSortedAccordingTo((one, other) -> one.timeMillis() != other.timeMillis()
                        ? Long.compare(one.timeMillis(), other.timeMillis())
                        : Long.compare(one.number(Field.DPORT), other.number(Field.DPORT)));
        assertThat(all.lines).extracting(line -> line.number(Field.DPORT)).doesNotHaveDuplicates();
    }

    @Test
    void aLineIsShownOnceNoEarlierOneCanCome() {
        order.line(vpc(0, 1));
        order.line(vpc(60, 2));
        assertThat(shown.lines).isEmpty();

        order.line(vpc(61, 3));
        assertThat(shown.lines).extracting(line -> line.number(Field.DPORT)).containsExactly(1L);
    }

    @Test
    void ourOwnLinesAreShownAtOnce() {
        order.line(LineTexts.parsed(DecisionLine.accept().json()));

        assertThat(shown.lines).hasSize(1);
    }

    @Test
    void ourOwnLinesDoNotOvertakeThoseThatWait() {
        order.line(vpc(10, 1));
        order.line(LineTexts.parsed(
                DecisionLine.accept().at(DecisionLine.NOON.plusSeconds(5)).json()));
        order.pause();

        assertThat(shown.lines).extracting(LogLine::isVpc).containsExactly(false, true);
    }

    @Test
    void whoeverFollowsSeesAllThatIsThereWhenNothingMoreComes() {
        order.line(vpc(0, 1));
        order.pause();

        assertThat(shown.lines).hasSize(1);
        assertThat(shown.pauses).isEqualTo(1);
    }

    @Test
    void aReaderWhoHasGoneIsNoticed() {
        assertThat(order.isClosed()).isFalse();
        shown.closed = true;
        assertThat(order.isClosed()).isTrue();
    }

    private static LogLine vpc(int second, int port) {
        DecisionLine line = DecisionLine.accept().with("dport", port).at(DecisionLine.NOON.plusSeconds(second));
        return LineTexts.parsed(LineTexts.of(new VpcText(), line.json()));
    }
}
