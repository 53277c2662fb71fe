package io.secgroupd.daemon.flowlog.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DistinctCounterTest {

    private static Map<String, String> told(DistinctTable table) {
        Map<String, String> told = new HashMap<>();
        for (int entry = 0; entry < table.size(); entry++) {
            String key = new String(table.bytes(), table.from(entry), table.to(entry) - table.from(entry), UTF_8);
            told.put(key, table.packets(entry) + " " + table.first(entry) + " " + table.last(entry));
        }
        return told;
    }

    private static void add(DistinctCounter counter, String key, long packets, long first, long last) {
        byte[] bytes = key.getBytes(UTF_8);
        counter.add(bytes, bytes.length, packets, first, last);
    }

    @Test
    void eachOfManyIsCountedHoweverManyBatchesTheyTake() {
        var counter = new DistinctCounter(10_000);
        var expected = new HashMap<String, Integer>();
        var random = new Random(7);
        for (int i = 0; i < 100_000; i++) {
            String key = "10.0." + random.nextInt(50) + "." + random.nextInt(100);
            expected.merge(key, 2, Integer::sum);
            add(counter, key, 2, 5, 9);
        }

        Map<String, String> told = told(counter.take());
        assertThat(told).hasSameSizeAs(expected);
        expected.forEach((key, packets) -> assertThat(told).containsEntry(key, packets + " 5 9"));
    }

    @Test
    void theFirstAndTheLastTimeAreKept() {
        var counter = new DistinctCounter(10);
        add(counter, "a", 1, 7, 8);
        add(counter, "a", 1, 3, 4);
        add(counter, "a", 1, 5, 20);
        assertThat(told(counter.take())).containsEntry("a", "3 3 20");
    }

    @Test
    void whatHasNoRoomIsLeft() {
        var counter = new DistinctCounter(2);
        for (int i = 0; i < 10_000; i++) {
            add(counter, "key" + i % 4, 1, 1, 1);
        }
        DistinctTable table = counter.take();
        assertThat(told(table)).containsOnlyKeys("key0", "key1");
        assertThat(table.left()).isEqualTo(5_000);
    }

    @Test
    void afterATakeItBeginsAnew() {
        var counter = new DistinctCounter(10);
        add(counter, "a", 1, 1, 1);
        assertThat(told(counter.take())).containsOnlyKeys("a");
        add(counter, "b", 1, 1, 1);
        assertThat(told(counter.take())).containsOnlyKeys("b");
    }
}
