package io.secgroupd.daemon.cli;

import io.secgroupd.rules.file.PolicyReader;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.model.Rule;
import io.secgroupd.rules.model.SecurityGroup;
import io.secgroupd.rules.text.Problems;
import io.secgroupd.rules.yaml.FileInput;
import io.secgroupd.rules.yaml.Value;
import io.secgroupd.rules.yaml.YamlDocument;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Finds the names that can be completed, even in a broken rules file, because it is often being edited. */
final class PolicyNames {

    /** Completions go through the shell's expansion, so only characters that names may have are allowed. */
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9._-]{1,255}");

    /** An entry being written spans a few lines, and each line left out costs one more reading. */
    private static final int MOST_LINES_LEFT_OUT = 8;

    /** The kind of thing that an option names. */
    enum NameKind {
        /** Instances and clusters. */
        ENDPOINTS,
        INSTANCES,
        GROUPS,
        RULES;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Finds the kind by the option's name, which means the same in every command. */
        static Optional<NameKind> of(String option) {
            return Optional.ofNullable(
                    switch (option) {
                        case "--from", "--to" -> ENDPOINTS;
                        case "--instance" -> INSTANCES;
                        case "--group" -> GROUPS;
                        case "--rule" -> RULES;
                        default -> null;
                    });
        }
    }

    private PolicyNames() {}

    static Set<String> of(Path rules, NameKind kind) {
        Stream<String> names = PolicyReader.read(rules)
                .policy()
                .map(policy -> sound(policy, kind))
                .orElseGet(() -> broken(rules, kind));
        var safe = new TreeSet<String>();
        names.filter(name -> SAFE.matcher(name).matches()).forEach(safe::add);
        return safe;
    }

    private static Stream<String> sound(Policy policy, NameKind kind) {
        return switch (kind) {
            case ENDPOINTS -> Stream.concat(policy.instances().keySet().stream(), policy.clusters().keySet().stream());
            case INSTANCES -> policy.instances().keySet().stream();
            case GROUPS -> policy.securityGroups().keySet().stream();
            case RULES ->
                policy.securityGroups().values().stream()
                        .flatMap(PolicyNames::rules)
                        .map(Rule::id);
        };
    }

    private static Stream<Rule> rules(SecurityGroup group) {
        return Stream.of(group.inbound(), group.outbound()).flatMap(Collection::stream);
    }

    /** Finds names by their keys alone. Rules have none here, because a rule's id follows from the whole rule. */
    private static Stream<String> broken(Path rules, NameKind kind) {
        return document(rules).stream().flatMap(file -> switch (kind) {
            case ENDPOINTS -> Stream.concat(instances(file), keys(file, "clusters"));
            case INSTANCES -> instances(file);
            case GROUPS -> keys(file, "security_groups");
            case RULES -> Stream.of();
        });
    }

    private static Optional<Value> document(Path rules) {
        try (FileInput input = FileInput.open(rules, YamlDocument.MAX_BYTES)) {
            byte[] text = input.readAllBytes();
            var problems = new Problems();
            return YamlDocument.parse("", text, problems).or(() -> before(problems, text));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Reads the lines before the one being written, which is often just above the line where parsing fails. */
    private static Optional<Value> before(Problems problems, byte[] text) {
        List<String> lines = new String(text, StandardCharsets.UTF_8).lines().toList();
        int last = problems.sorted().stream()
                .mapToInt(problem -> problem.at().line() - 1)
                .findFirst()
                .orElse(0);
        return IntStream.rangeClosed(0, MOST_LINES_LEFT_OUT)
                .map(leftOut -> Math.min(last, lines.size()) - leftOut)
                .filter(count -> count > 0)
                .mapToObj(count -> String.join("\n", lines.subList(0, count)) + "\n")
                .flatMap(part -> YamlDocument.parse("", part.getBytes(StandardCharsets.UTF_8), new Problems()).stream())
                .findFirst();
    }

    private static Stream<String> instances(Value document) {
        Stream<String> ofClusters =
                section(document, "clusters").flatMap(cluster -> keys(cluster.value(), "instances"));
        return Stream.concat(keys(document, "instances"), ofClusters);
    }

    private static Stream<String> keys(Value map, String section) {
        return section(map, section).map(Value.NamedValue::key);
    }

    private static Stream<Value.NamedValue> section(Value map, String section) {
        return map.entries().stream()
                .flatMap(List::stream)
                .filter(entry -> entry.key().equals(section))
                .flatMap(entry -> entry.value().entries().stream())
                .flatMap(List::stream);
    }
}
