package io.secgroupd.daemon.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.hooks.SkeletonSettings;
import io.secgroupd.daemon.nfqueue.QueueSettings;
import io.secgroupd.daemon.settings.DaemonSettings;
import io.secgroupd.daemon.settings.DaemonSettings.QueueOptions;
import io.secgroupd.daemon.settings.SettingsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the operator wrote, as the queues and the hooks take it. */
class SettingsMappingTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Property
    void howeverManyCoresThereAreEveryQueueHasANumber(
            @ForAll @IntRange(max = 65_534) int first, @ForAll @IntRange(min = 1, max = 512) int cores) {
        int count = SettingsMapping.queueCount(options(first, OptionalInt.empty()), cores);

        assertThat(count).isBetween(1, 4);
        assertThat(first + count).as("the queue of untracked packets").isLessThanOrEqualTo(65_535);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "3, 1", "4, 2", "8, 4", "64, 4"})
    void halfOfTheCoresAreLeftToTheKernel(int cores, int queues) {
        assertThat(SettingsMapping.queueCount(QueueOptions.DEFAULT, cores)).isEqualTo(queues);
    }

    @Test
    void anOperatorsNumberIsTaken() {
        assertThat(SettingsMapping.queueCount(options(4700, OptionalInt.of(9)), 1))
                .isEqualTo(9);
    }

    @Test
    void theLastQueueIsThatOfUntrackedPackets() throws IOException {
        List<QueueSettings> queues = SettingsMapping.queues(settings("queue: { first: 10, count: 3 }"));

        assertThat(queues).extracting(QueueSettings::number).containsExactly(10, 11, 12, 13);
        assertThat(queues).extracting(QueueSettings::untracked).containsExactly(false, false, false, true);
    }

    /** Packets that the hooks send to a queue that nobody opens are dropped. */
    @Test
    void hooksAndQueuesHaveTheSameNumbers() throws IOException {
        for (String text : List.of("", "queue: { first: 65534 }", "queue: { first: 0, count: 64 }", "mode: observe")) {
            DaemonSettings settings = settings(text);
            SkeletonSettings hooks = SettingsMapping.skeleton(settings);
            List<QueueSettings> queues = SettingsMapping.queues(settings);

            assertThat(queues.get(0).number()).as(text).isEqualTo(hooks.firstQueue());
            assertThat(queues).as(text).hasSize(hooks.queueCount() + 1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                                             | false",
                "on: { queue_full: accept }                   | true",
                "mode: observe                                | true",
                "{ mode: observe, on: { queue_full: reject } } | true"
            })
    void aFullQueueRefusesUnlessTheOperatorSaysOtherwiseOrOnlyObserves(String text, boolean accepts)
            throws IOException {
        assertThat(SettingsMapping.queues(settings(text == null ? "" : text)))
                .allMatch(queue -> queue.failOpen() == accepts);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                                       | false | 0",
                "established: keep                      | false | 0",
                "established: cut                       | true  | 0x40000000",
                "{ established: cut, mark: 0x100 }      | true  | 0x100",
                "{ established: cut, mode: observe }    | false | 0",
                "{ established: cut, mode: monitor }    | false | 0"
            })
    void connectionsAreCutOnlyWhereThatIsWantedAndEnforced(String text, boolean cuts, String mark) throws IOException {
        DaemonSettings settings = settings(text == null ? "" : text);

        assertThat(SettingsMapping.cuts(settings)).isEqualTo(cuts);
        assertThat(SettingsMapping.skeleton(settings).cutMark()).isEqualTo(Integer.decode(mark));
    }

    @Test
    void withoutADaemonTheKernelRefusesUnlessTheOperatorSaysOtherwise() throws IOException {
        assertThat(SettingsMapping.skeleton(settings("")).bypass()).isFalse();
        assertThat(SettingsMapping.skeleton(settings("on: { no_listener: accept }"))
                        .bypass())
                .isTrue();
    }

    @Test
    void aMonitorReadsNoQueue() throws IOException {
        assertThat(SettingsMapping.queues(settings("mode: monitor"))).isEmpty();
    }

    private DaemonSettings settings(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("daemon.yaml"), text);
        return SettingsReader.read(file).settings().orElseThrow();
    }

    private static QueueOptions options(int first, OptionalInt count) {
        QueueOptions or = QueueOptions.DEFAULT;
        return new QueueOptions(first, count, or.length(), or.copyBytes(), or.receiveBuffer());
    }
}
