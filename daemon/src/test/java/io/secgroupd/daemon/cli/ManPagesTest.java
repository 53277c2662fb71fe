package io.secgroupd.daemon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.secgroupd.daemon.settings.DaemonSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.codegen.docgen.manpage.ManPageGenerator;

/** What the operator has at night without a network: a page for every command, and every word of both files in its page. */
class ManPagesTest {

    private static final Path PAGES = Path.of("../docs/reference");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void everyCommandHasAPage() throws IOException {
        int exitCode = ManPageGenerator.generateManPage(
                directory.toFile(),
                null,
                new boolean[0],
                true,
                Secgroupd.commandLine().getCommandSpec());

        assertThat(exitCode).isZero();
        try (Stream<Path> pages = Files.list(directory)) {
            assertThat(pages.map(page -> page.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(commands()
                            .map(command -> command.getCommandSpec().qualifiedName("-") + ".adoc")
                            .toList());
        }
        assertThat(directory.resolve("secgroupd-explain.adoc"))
                .content()
                .contains("Exit codes", "REJECT; or a line of a batch was not a question", "Example");
    }

    @Test
    void everyWordOfTheRulesFileIsInItsPage() throws IOException {
        Set<String> words = new TreeSet<>();
        try (JsonParser schema = new JsonFactory()
                .createParser(Path.of("../rules/schema/rules.schema.json").toFile())) {
            collectProperties(schema, words);
        }

        assertThat(words).contains("version", "icmp_code", "expect");
        assertThat(words).allSatisfy(word -> assertThat(page("secgroupd-rules")).contains("*" + word + "*"));
    }

    /** A number that ends a sentence at the beginning of a line would begin a list, which the build of the package refuses. */
    @Test
    void noLineOfAPageBeginsAListByChance() throws IOException {
        try (Stream<Path> pages = Files.list(PAGES)) {
            for (Path page :
                    pages.filter(file -> file.toString().endsWith(".adoc")).toList()) {
                assertThat(Files.readAllLines(page))
                        .as(page.toString())
                        .noneMatch(line -> line.matches("(\\d+|[a-zA-Z])\\. .*"));
            }
        }
    }

    @Test
    void everyKeyOfTheSettingsIsInItsPage() {
        Set<String> keys = new TreeSet<>();
        collectKeys(DaemonSettings.class, keys);

        assertThat(keys).contains("flow_log", "receive_buffer", "metrics_listen");
        keys.removeAll(Set.of("metrics_listen", "judged")); // written as metrics: { listen } and hooks: { input, … }
        keys.add("listen");
        assertThat(keys)
                .allSatisfy(key -> assertThat(page("secgroupd-daemon.yaml"))
                        .matches(page -> page.contains("*" + key + "*") || page.contains("== " + key + "\n"), key));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("commands")
    void helpFitsAScreenAndHasAnExampleAndExitCodes(CommandLine command) {
        String help = command.getUsageMessage();

        assertThat(help.lines()).hasSizeBetween(12, 42).allMatch(line -> line.length() <= 80);
        assertThat(help)
                .as("write an example as the footer of its @Command")
                .containsAnyOf("Example:", "To begin with:")
                .contains("Exit codes:");
    }

    static Stream<CommandLine> commands() {
        return withSubcommands(Secgroupd.commandLine());
    }

    private static Stream<CommandLine> withSubcommands(CommandLine command) {
        return Stream.concat(
                Stream.of(command),
                command.getSubcommands().values().stream()
                        .filter(sub -> !sub.getCommandSpec().usageMessage().hidden())
                        .flatMap(ManPagesTest::withSubcommands));
    }

    /** The names below every {@code properties} of the schema. */
    private static void collectProperties(JsonParser schema, Set<String> words) throws IOException {
        while (schema.nextToken() != null) {
            if (schema.currentToken() == JsonToken.FIELD_NAME
                    && schema.currentName().equals("properties")) {
                schema.nextToken();
                collectNames(schema, words);
            }
        }
    }

    private static void collectNames(JsonParser properties, Set<String> words) throws IOException {
        while (properties.nextToken() == JsonToken.FIELD_NAME) {
            words.add(properties.currentName());
            if (properties.nextToken() == JsonToken.START_OBJECT) {
                skipExceptProperties(properties, words);
            }
        }
    }

    private static void skipExceptProperties(JsonParser property, Set<String> words) throws IOException {
        for (int depth = 1; depth > 0; ) {
            JsonToken token = property.nextToken();
            if (token == JsonToken.FIELD_NAME && property.currentName().equals("properties")) {
                property.nextToken();
                collectNames(property, words);
            } else if (token == JsonToken.START_OBJECT) {
                depth++;
            } else if (token == JsonToken.END_OBJECT) {
                depth--;
            }
        }
    }

    private static void collectKeys(Class<?> settings, Set<String> keys) {
        for (RecordComponent component : settings.getRecordComponents()) {
            keys.add(component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT));
            if (component.getType().isRecord()) {
                collectKeys(component.getType(), keys);
            }
        }
    }

    private static String page(String name) {
        try {
            return Files.readString(PAGES.resolve(name + ".adoc"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
