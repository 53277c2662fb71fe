package io.secgroupd.daemon.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.secgroupd.rules.text.Problems;
import io.secgroupd.rules.yaml.Value;
import io.secgroupd.rules.yaml.YamlDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The dashboard and the alert rules that are shipped ask for what the daemon says, and for nothing else. */
class MonitoringTest {

    private static final Path FOLDER = Path.of("../docs/monitoring");
    private static final Pattern METRIC = Pattern.compile("\\b(?:secgroupd|jvm)_[a-z_]+");
    private static final Pattern GROUPING = Pattern.compile("\\bby \\(([^)]*)\\)");
    private static final Pattern LABEL = Pattern.compile("([a-z]+)=\"");

    /** What Prometheus adds to every sample. */
    private static final Set<String> OF_THE_SCRAPE = Set.of("instance", "job");

    private final String exposition = new DaemonMetrics(new FakeDaemon()).scrape();

    @Test
    void everyPanelOfTheDashboardHasMetricsThatExist() throws IOException {
        List<String> expressions = fields(Files.readString(FOLDER.resolve("grafana-dashboard.json")), "expr");

        assertThat(expressions).hasSizeGreaterThan(10);
        assertExist(expressions);
    }

    @Test
    void everyAlertHasMetricsThatExist() throws IOException {
        var problems = new Problems();
        Value document = YamlDocument.parse("alerts.yaml", Files.readAllBytes(FOLDER.resolve("alerts.yaml")), problems)
                .orElseThrow();
        assertThat(problems.sorted()).isEmpty();

        List<String> expressions = expressions(document);

        assertThat(expressions).hasSize(7);
        assertExist(expressions);
    }

    @Test
    void everyMetricOfOursIsOnTheDashboard() throws IOException {
        Set<String> shown = metrics(fields(Files.readString(FOLDER.resolve("grafana-dashboard.json")), "expr"));

        assertThat(exposition
                        .lines()
                        .filter(line -> line.startsWith("# TYPE secgroupd_"))
                        .map(line -> line.split(" ")[2]))
                .allMatch(name -> shown.contains(name) || shown.contains(name + "_bucket"));
    }

    private void assertExist(List<String> expressions) {
        assertThat(names()).containsAll(metrics(expressions));
        for (String expression : expressions) {
            Matcher grouping = GROUPING.matcher(expression);
            while (grouping.find()) {
                assertThat(labels()).as(expression).contains(grouping.group(1).split(", "));
            }
        }
    }

    private Set<String> names() {
        return exposition
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.replaceAll("[{ ].*", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> labels() {
        Set<String> labels = LABEL.matcher(exposition)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        labels.addAll(OF_THE_SCRAPE);
        return labels;
    }

    private static Set<String> metrics(List<String> expressions) {
        return expressions.stream()
                .flatMap(expression -> METRIC.matcher(expression).results())
                .map(match -> match.group())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> expressions(Value yaml) {
        if (yaml.isList()) {
            return yaml.items().orElseThrow().stream()
                    .flatMap(item -> expressions(item).stream())
                    .toList();
        }
        if (yaml.isSingle()) {
            return List.of();
        }
        return yaml.entries().orElseThrow().stream()
                .flatMap(entry -> entry.key().equals("expr")
                        ? entry.value().text().stream()
                        : expressions(entry.value()).stream())
                .toList();
    }

    private static List<String> fields(String text, String field) throws IOException {
        var values = new ArrayList<String>();
        try (JsonParser json = new JsonFactory().createParser(text)) {
            while (json.nextToken() != null) {
                if (json.currentToken() == JsonToken.FIELD_NAME
                        && json.currentName().equals(field)) {
                    values.add(json.nextTextValue());
                }
            }
        }
        return values;
    }
}
