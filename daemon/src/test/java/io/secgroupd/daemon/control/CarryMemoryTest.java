package io.secgroupd.daemon.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.rules.net.IpAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which instances a host was, over restarts: a host that forgets it may be judged by another one's rules. */
class CarryMemoryTest {

    private static final Remembered WEB =
            new Remembered(Optional.of("web"), Set.of(IpAddress.ipv4(0x0a000001)), Set.of("web", "db"));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path state;

    @Property(tries = 50)
    void whateverIsRememberedIsReadAfterARestart(@ForAll("memories") Remembered remembered) throws IOException {
        Path directory = Files.createTempDirectory("carried");
        CarryMemory.in(directory).remember(remembered);

        assertThat(CarryMemory.in(directory).remembered()).isEqualTo(remembered);
        Files.deleteIfExists(directory.resolve("carried"));
        Files.delete(directory);
    }

    @Test
    void aNewHostRemembersNothing() {
        assertThat(CarryMemory.in(state.resolve("none")).remembered()).isEqualTo(Remembered.NOTHING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hosts web\n", "address 10.0.0\n", "carried web\n\u0000\n", "{}\n", "carried web\n\n"})
    void aDamagedFileIsNoMemory(String text) throws IOException {
        Files.writeString(state.resolve("carried"), text);

        assertThat(CarryMemory.in(state).remembered()).isEqualTo(Remembered.NOTHING);
    }

    @Test
    void whoeverOnlyLooksWritesNothing() {
        CarryMemory.copyOf(state).remember(WEB);
        CarryMemory.empty().remember(WEB);

        assertThat(state.resolve("carried")).doesNotExist();
    }

    @Test
    void whereNothingCanBeWrittenItIsKnownUntilTheEnd() throws IOException {
        Path file = Files.writeString(state.resolve("file"), "");
        CarryMemory memory = CarryMemory.in(file);
        memory.remember(WEB);

        assertThat(memory.remembered()).isEqualTo(WEB);
    }

    @Test
    void theLaterMemoryTakesThePlaceOfTheEarlier() {
        CarryMemory memory = CarryMemory.in(state);
        memory.remember(WEB);
        memory.remember(Remembered.NOTHING);

        assertThat(CarryMemory.in(state).remembered()).isEqualTo(Remembered.NOTHING);
    }

    @Provide
    Arbitrary<Remembered> memories() {
        Arbitrary<String> names = Arbitraries.of("web", "db-1", "a.b_c", "name with blanks", "address 10.0.0.1");
        Arbitrary<Set<IpAddress>> addresses =
                Arbitraries.integers().map(IpAddress::ipv4).set().ofMaxSize(4);
        return Combinators.combine(names.optional(), addresses, names.set())
                .as((host, own, carried) -> new Remembered(host, new HashSet<>(own), new HashSet<>(carried)));
    }
}
