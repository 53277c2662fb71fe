package io.secgroupd.daemon.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FaultTableTest {

    private static final int FAULTS = 48;
    private static final Path PAGE = Path.of("../docs/faults.md");

    @Test
    void eachOfTheFaultsHasARowOrAReasonWhyItHasNone() {
        List<Integer> numbers =
                FaultTable.entries().stream().map(FaultEntry::number).distinct().toList();

        assertThat(numbers).containsAll(IntStream.rangeClosed(1, FAULTS).boxed().toList());
    }

    @Test
    void eachNameIsThatOfOneRow() {
        assertThat(FaultTable.entries()).extracting(FaultEntry::name).doesNotHaveDuplicates();
        assertThat(FaultTable.selection()).hasSize(8);
    }

    @Test
    void rowsAreFoundByNameAndByNumber() {
        assertThat(FaultTable.named("ruleset-flushed"))
                .extracting(FaultRow::number)
                .containsExactly(28);
        assertThat(FaultTable.named("28")).hasSize(3);
        assertThat(FaultTable.named("49")).isEmpty();
    }

    @Test
    void thePageSaysWhatEachRowDoesAndPromises() throws IOException {
        String page = Files.readString(PAGE);

        assertThat(FaultTable.entries())
                .allSatisfy(entry -> assertThat(page).contains("`" + entry.name() + "` | " + entry.what() + " |"));
        assertThat(FaultTable.rows())
                .allSatisfy(row -> assertThat(page)
                        .contains("`" + row.name() + "` | " + row.what() + " | "
                                + row.promise().gap().toMillis() + " |"));
    }
}
