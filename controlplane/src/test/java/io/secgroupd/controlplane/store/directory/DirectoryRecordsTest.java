package io.secgroupd.controlplane.store.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.controlplane.store.PolicyStore;
import io.secgroupd.controlplane.store.RecordStore;
import io.secgroupd.controlplane.store.RecordStore.StoredRecord;
import io.secgroupd.controlplane.store.RecordStoreContract;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract, and what is of a directory alone. */
class DirectoryRecordsTest extends RecordStoreContract {

    @TempDir
    private Path directory;

    @Override
    protected PolicyStore openStore() {
        return new DirectoryStore(directory.resolve("rules.yaml"), directory.resolve("state"), Clock.systemUTC());
    }

    private Path log() {
        return directory.resolve("state/records/log.jsonl");
    }

    @Test
    void onlyTheOwnerMayReadThem() throws IOException {
        open().put("a", "1", 0);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log())))
                .isEqualTo("rw-------");
    }

    @Test
    void manyWritesMakeTheFileNoLonger() throws IOException {
        RecordStore reader = open();
        RecordStore writer = open();
        writer.putAll(Map.of("a", "1", "gone", "1"));
        writer.remove(List.of("gone"));
        for (int i = 0; i < 40; i++) {
            var values = new java.util.TreeMap<String, String>();
            for (int host = 0; host < 100; host++) {
                values.put("host/" + host, "state " + i);
            }
            writer.putAll(values);
        }

        assertThat(Files.readAllLines(log())).hasSizeLessThan(1600);
        assertThat(reader.list("host/"))
                .hasSize(100)
                .extracting(StoredRecord::value)
                .containsOnly("state 39");
        assertThat(reader.get("gone")).isEmpty();
        long version = reader.get("a").orElseThrow().version();
        assertThat(reader.put("a", "2", version)).isTrue();
        assertThat(writer.get("a").orElseThrow().version()).isGreaterThan(version + 4000);
    }

    @Test
    void aLineThatWasCutShortIsReplacedByTheNextWrite() throws IOException {
        open().put("a", "1", 0);
        Files.writeString(log(), "{\"key\":\"a\",\"val", StandardOpenOption.APPEND);
        RecordStore reader = open();

        assertThat(reader.get("a").orElseThrow().value()).isEqualTo("1");
        assertThat(open().put("b", "2", 0)).isTrue();
        assertThat(reader.list("")).extracting(StoredRecord::value).containsExactly("1", "2");
    }

    @Test
    void aLineThatIsDamagedIsLeftOut() throws IOException {
        open().put("a", "1", 0);
        Files.writeString(log(), "\0\0\0\0\n", StandardOpenOption.APPEND);
        open().put("b", "2", 0);

        assertThat(open().list("")).extracting(StoredRecord::value).containsExactly("1", "2");
    }

    @Test
    void aFileThatIsRemovedIsBegunAnew() throws IOException {
        RecordStore records = open();
        records.put("a", "1", 0);
        Files.delete(log());

        assertThat(records.put("b", "2", 0)).isTrue();
        assertThat(open().list("")).extracting(StoredRecord::key).containsExactly("b");
        assertThat(records.list("")).extracting(StoredRecord::key).containsExactly("b");
    }

    @Test
    void twoProcessesCountTogether() throws Exception {
        Process other = OtherRecords.start(directory.resolve("state"), 1500);
        try {
            OtherRecords.count(open(), 1500);
            String said = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(other.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(other.exitValue()).as(said).isZero();
        } finally {
            other.destroyForcibly();
        }
        assertThat(open().get(OtherRecords.KEY).orElseThrow().value()).isEqualTo("3000");
        assertThat(Files.readAllLines(log()))
                .as("it was written anew meanwhile")
                .hasSizeLessThan(1100);
    }

    @Test
    void aProcessThatIsKilledLeavesWhatOthersHaveSeen() throws Exception {
        RecordStore records = open();
        int seen = 0;
        for (int round = 0; round < 3; round++) {
            Process other = OtherRecords.start(directory.resolve("state"), 1_000_000);
            int until = seen + 200;
            while (seen < until) {
                assertThat(other.isAlive()).isTrue();
                seen = OtherRecords.number(records.get(OtherRecords.KEY));
            }
            other.destroyForcibly().waitFor();
            assertThat(OtherRecords.number(open().get(OtherRecords.KEY))).isGreaterThanOrEqualTo(seen);
            OtherRecords.count(open(), 1);
            seen = OtherRecords.number(records.get(OtherRecords.KEY));
            assertThat(OtherRecords.number(open().get(OtherRecords.KEY))).isEqualTo(seen);
        }
    }
}
