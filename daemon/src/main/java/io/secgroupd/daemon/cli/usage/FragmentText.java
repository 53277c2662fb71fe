package io.secgroupd.daemon.cli.usage;

import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.model.Cluster;
import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.model.SecurityGroup;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.Prefix;
import io.secgroupd.rules.text.Printable;
import io.secgroupd.rules.usage.SuggestedGroup;
import io.secgroupd.rules.usage.SuggestedRule;
import io.secgroupd.rules.usage.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** A suggestion as a file that a rules file can include. */
final class FragmentText {

    /** A group may have thousands of members. */
    private static final int MOST_NAMED = 20;

    private final CompiledPolicy policy;
    private final EvidenceText evidence;
    private final StringBuilder text = new StringBuilder();

    private FragmentText(CompiledPolicy policy) {
        this.policy = policy;
        this.evidence = new EvidenceText(policy);
    }

    static String of(Suggestion suggestion, CompiledPolicy policy, String title) {
        var fragment = new FragmentText(policy);
        fragment.comment("", title);
        fragment.comment(
                "",
                "Read what each rule rests on, and take out what should stay refused. Then include this file in the"
                        + " rules file, and give");
        fragment.comment(
                "",
                "the instances and clusters the groups as it says above each; or write the rules into the group that"
                        + " they have.");
        fragment.lists(suggestion);
        fragment.line("security_groups:");
        suggestion.groups().forEach(fragment::group);
        return fragment.text.toString();
    }

    private void lists(Suggestion suggestion) {
        if (suggestion.lists().isEmpty()) {
            return;
        }
        line("prefix_lists:");
        suggestion.lists().forEach((id, prefixes) -> {
            line("  " + id + ":");
            line("    entries:");
            prefixes.stream()
                    .map(Prefix::toString)
                    .forEach(prefix -> line("      - " + RuleYaml.quotedUnlessPlain(prefix)));
        });
    }

    private void group(SuggestedGroup group) {
        group.beside().ifPresent(id -> comment("  ", "what is missing in " + described(id)));
        few(group.clusters(), name -> give(group, name, cluster(name).securityGroups()));
        few(group.instances(), name -> give(group, name, instance(name).securityGroups()));
        line("  " + group.id() + ":");
        line("    description: Suggested from recorded connections");
        for (Direction direction : Direction.values()) {
            rules(direction, group.rules(direction));
        }
    }

    private void few(List<String> names, Consumer<String> action) {
        names.stream().limit(MOST_NAMED).forEach(action);
        if (names.size() > MOST_NAMED) {
            comment(
                    "  ",
                    "and " + (names.size() - MOST_NAMED) + " more in the same way: " + names.get(MOST_NAMED) + " …");
        }
    }

    private Cluster cluster(String name) {
        return Objects.requireNonNull(policy.policy().clusters().get(name));
    }

    private Instance instance(String name) {
        return Objects.requireNonNull(policy.policy().instances().get(name));
    }

    private String described(String id) {
        SecurityGroup group =
                Objects.requireNonNull(policy.policy().securityGroups().get(id));
        return id + (group.name().isEmpty() ? "" : " (" + group.name() + ")") + ", "
                + group.at().file() + ":" + group.at().line();
    }

    private void give(SuggestedGroup group, String name, List<String> has) {
        List<String> all = new ArrayList<>(has);
        all.add(group.id());
        comment("  ", name + ": security_groups: " + RuleYaml.list(all));
    }

    /** A new group says what goes out of it, or else everything may. */
    private void rules(Direction direction, List<SuggestedRule> rules) {
        if (rules.isEmpty()) {
            line("    " + direction.rulesKey() + ": []");
            return;
        }
        line("    " + direction.rulesKey() + ":");
        for (SuggestedRule rule : rules) {
            comment("      ", evidence.of(direction, rule.evidence()));
            line("      - " + RuleYaml.of(direction, rule.service(), rule.peers()));
        }
    }

    private void comment(String indent, String sentence) {
        line(indent + "# " + Printable.shown(sentence));
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
