package io.secgroupd.daemon.refused;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TranslationsTest {

    private static final int INPUT = 1;
    private static final int POSTROUTING = 4;

    private final FakeNftables kernel = new FakeNftables();

    @TempDir
    Path proc;

    @Test
    void aHostWithoutChainsForItTranslatesNothing() throws IOException {
        kernel.with("filter", Nftables.PREROUTING).with("nat", POSTROUTING).with("nat", INPUT);

        assertThat(place()).isEqualTo(LookupPlace.EARLY);
    }

    @Test
    void aChainThatTranslatesWhatComesInMovesTheLookupBehindIt() throws IOException {
        kernel.with("filter", INPUT).with("nat", Nftables.PREROUTING).with("filter", Nftables.PREROUTING);

        assertThat(place()).isEqualTo(LookupPlace.TRANSLATED);
    }

    @Test
    void soDoesALegacyTableOfWhichNfTablesKnowsNothing() throws IOException {
        Files.writeString(proc.resolve("ip_tables_names"), "mangle\nfilter\n");
        assertThat(place()).isEqualTo(LookupPlace.EARLY);

        Files.writeString(proc.resolve("ip6_tables_names"), "nat\n");
        assertThat(place()).isEqualTo(LookupPlace.TRANSLATED);
    }

    @Test
    void aListOfLegacyTablesThatCannotBeReadMayNameOne() throws IOException {
        Files.createDirectory(proc.resolve("ip_tables_names"));

        assertThat(place()).isEqualTo(LookupPlace.TRANSLATED);
    }

    private LookupPlace place() throws IOException {
        try (Translations translations = Translations.open(kernel, proc)) {
            return translations.place();
        }
    }
}
