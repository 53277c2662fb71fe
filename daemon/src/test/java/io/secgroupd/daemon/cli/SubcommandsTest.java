package io.secgroupd.daemon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Which commands the program knows, by the arguments that it was given. */
class SubcommandsTest {

    private static final Map<String, CommandLine> ALL = Secgroupd.commandLine().getSubcommands();

    @Test
    void everyCommandIsFoundByTheNameThatItGivesItself() {
        assertThat(ALL).hasSize(25).allSatisfy((name, command) -> {
            Class<?> type = command.getCommandSpec().userObject().getClass();
            assertThat(type.getAnnotation(Command.class).name()).isEqualTo(name);
            assertThat(Subcommands.meantBy(name)).contains(type);
        });
    }

    @Test
    void aCommandIsDescribedAlone() {
        assertThat(Secgroupd.commandLine("explain", "--help").getSubcommands()).containsOnlyKeys("explain");
    }

    @Test
    void itsHelpIsTheSameAloneAndAmongAll() {
        assertThat(ALL)
                .allSatisfy((name, command) -> assertThat(
                                Secgroupd.commandLine(name).getSubcommands().values())
                        .extracting(CommandLine::getUsageMessage)
                        .contains(command.getUsageMessage()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--help", "exlain", "completion"})
    void allAreKnownToWhateverMayBeAboutAll(String first) {
        assertThat(Secgroupd.commandLine(first, "bash").getSubcommands()).hasSameSizeAs(ALL);
    }
}
