package io.secgroupd.daemon.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real shells complete command lines by the scripts that the program prints. The bar marks the cursor. */
class CompletionIT {

    private static final Path PROGRAM = Path.of("target/dist/bin/secgroupd").toAbsolutePath();
    private static final String CASES = """
            st|                                              : status
            hooks i|                                         : install
            explain --pr|                                    : --protocol
            check --output |                                 : text json
            check --output=j|                                : json
            completion |                                     : bash zsh
            hooks install --backend i|                       : iptables
            explain --protocol icmp|                         : icmp icmpv6
            explain --rules RULES --from |                   : app-1 orders orders-1 orders-2
            explain --rules RULES --from app-1 --to orders-| : orders-1 orders-2
            explain --rules=RULES --to=a|                    : app-1
            explain --rules BROKEN --to |                    : app-1 orders orders-1
            explain --rules /no/such/file --to |             :
            check RULES|                                     : RULES
            explain --port |                                 :
            """;

    @SuppressWarnings("NullAway.Init")
    private static String bashScript;

    @SuppressWarnings("NullAway.Init")
    private static String zshScript;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    /** Printing takes a start of the program: once for a shell, not once for a line. */
    @BeforeAll
    static void printTheScripts(@TempDir Path scripts) throws IOException, InterruptedException {
        for (String shell : List.of("bash", "zsh")) {
            Process printing = new ProcessBuilder(PROGRAM.toString(), "completion", shell)
                    .redirectOutput(scripts.resolve(shell).toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            assertThat(printing.waitFor()).isZero();
        }
        bashScript = scripts.resolve("bash").toString();
        zshScript = scripts.resolve("zsh").toString();
    }

    @BeforeEach
    void writeTheFiles() throws IOException {
        Files.copy(Path.of("../rules/examples/scenario.yaml"), directory.resolve("rules.yaml"));
        Files.writeString(directory.resolve("broken.yaml"), """
                version: 1
                instances:
                  app-1: { adresses: [] }
                  "$(touch hacked)": { addresses: [10.0.0.1] }
                clusters:
                  orders: { instances: { orders-1: { addresses: [10.0.0.2] } } }
                security_groups:
                  sg-a: { inbound: [ { protocol: tcp
                """);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = ':', textBlock = CASES)
    void bashCompletes(String line, String expected) throws Exception {
        String script = """
                source "$1"
                read -r -a COMP_WORDS <<<"$2"
                [[ $2 != *" " ]] || COMP_WORDS+=("")
                COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
                _secgroupd
                [ ${#COMPREPLY[@]} -eq 0 ] || printf '%s\\n' "${COMPREPLY[@]}"
                """;

        // bash itself would break the words at the equals sign.
        String words = PROGRAM + " " + commandLine(line).replace("=", " = ");

        assertThat(run("bash", "--norc", "-c", script, "bash", bashScript, words))
                .containsExactlyInAnyOrderElementsOf(expected(expected));
        assertThat(directory.resolve("hacked")).doesNotExist();
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = ':', textBlock = CASES)
    void zshCompletes(String line, String expected) throws Exception {
        assumeThat(List.of(Path.of("/usr/bin/zsh"), Path.of("/bin/zsh")))
                .as("needs zsh: install the package zsh")
                .anyMatch(Files::isExecutable);
        // What zsh's own completion would do with the candidates: keep those that begin with the word at the cursor.
        String script = """
                compdef() { : }
                compset() { current_word=${current_word#*=} }
                compadd() { shift; for word in "$@"; do [[ $word != ${current_word}* ]] || print -r -- $word; done }
                _files() { print -rl -- ${current_word}*(N) }
                source "$1"
                words=("${(@s: :)2}")
                CURRENT=${#words}
                current_word=$words[CURRENT]
                _secgroupd
                """;

        assertThat(run("zsh", "-f", "-c", script, "zsh", zshScript, PROGRAM + " " + commandLine(line)))
                .containsExactlyInAnyOrderElementsOf(expected(expected));
        assertThat(directory.resolve("hacked")).doesNotExist();
    }

    @Test
    void groupsAndRulesAreNamedToo() throws Exception {
        String rules = directory.resolve("rules.yaml").toString();

        assertThat(run(PROGRAM.toString(), "complete", "groups", "--rules", rules))
                .containsExactly("sg-0123ec2example", "sg-6789rdsexample");
        assertThat(run(PROGRAM.toString(), "complete", "rules", "--rules", rules))
                .isNotEmpty()
                .allMatch(id -> id.matches("sgr-[0-9a-f]{17}"));
    }

    private String commandLine(String line) {
        return inFiles(line.replace("|", ""));
    }

    private List<String> expected(String words) {
        return words == null ? List.of() : List.of(inFiles(words).split(" ", -1));
    }

    private String inFiles(String text) {
        return text.replace("RULES", directory + "/rules.yaml").replace("BROKEN", directory + "/broken.yaml");
    }

    private List<String> run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(process.waitFor()).isLessThan(2);
        return lines;
    }
}
