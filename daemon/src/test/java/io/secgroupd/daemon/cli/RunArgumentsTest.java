package io.secgroupd.daemon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.cli.common.CommonOptions;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What is read without picocli means the same as with it, and whatever is not plain is left to it. */
class RunArgumentsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run",
                "run --rules a.yaml",
                "run --config /etc/b.yaml --rules a.yaml",
                "run --debug --config b.yaml",
            })
    void plainArgumentsMeanWhatTheyMeanToPicocli(String line) {
        String[] arguments = line.split(" ");
        var expected = new CommonOptions();
        new CommandLine(expected).parseArgs(Arrays.copyOfRange(arguments, 1, arguments.length));

        CommonOptions read = RunArguments.parse(arguments).orElseThrow();

        assertThat(read).usingRecursiveComparison().isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "check",
                "run --help",
                "run --rules",
                "run --rules --config",
                "run --rules=a.yaml",
                "run --rules @arguments",
                "run --rules a.yaml --rules b.yaml",
                "run --debug --debug",
                "run --output json",
                "run a.yaml",
            })
    void everythingElseIsLeftToPicocli(String line) {
        assertThat(RunArguments.parse(line.split(" "))).isEmpty();
    }
}
