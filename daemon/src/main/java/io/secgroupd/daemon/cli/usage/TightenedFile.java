package io.secgroupd.daemon.cli.usage;

import io.secgroupd.controlplane.edit.EditResult;
import io.secgroupd.controlplane.edit.Editor;
import io.secgroupd.controlplane.edit.change.IntendedChange;
import io.secgroupd.controlplane.edit.change.RuleKey;
import io.secgroupd.controlplane.edit.change.RuleSpec;
import io.secgroupd.daemon.cli.common.CommandFailedException;
import io.secgroupd.daemon.cli.common.ExitCode;
import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.PolicyReader;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.model.Rule;
import io.secgroupd.rules.model.SecurityGroup;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.usage.RuleChange;
import io.secgroupd.rules.usage.Tightening;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Writes a rules file with all changes made in its text, which otherwise stays as it is. */
final class TightenedFile {

    private final Path rules;
    private final Policy policy;
    private final Tightening tightening;

    TightenedFile(Path rules, Policy policy, Tightening tightening) {
        this.rules = rules;
        this.policy = policy;
        this.tightening = tightening;
    }

    /** Writes it beside the old one, so that its includes are found. */
    void write(Path target) {
        try {
            EditResult result = Editor.edit(files(), changes(), Instant.now());
            if (result instanceof EditResult.EditRefused refused) {
                throw failed("the rules file cannot be tightened as a whole: " + refused);
            }
            Map<Path, byte[]> edited = ((EditResult.Edited) result).files();
            if (edited.keySet().stream().anyMatch(file -> !file.equals(rules.normalize()))) {
                throw failed("rules that can be tightened stand in files that " + rules
                        + " includes; change these by hand, as it is printed without --write");
            }
            Files.write(target, edited.getOrDefault(rules.normalize(), Files.readAllBytes(rules)));
        } catch (IOException e) {
            throw new CommandFailedException(ExitCode.FAILED, target + " cannot be written: " + e.getMessage(), e);
        }
    }

    private static CommandFailedException failed(String sentence) {
        return new CommandFailedException(ExitCode.FAILED, sentence);
    }

    private PolicyFiles files() throws IOException {
        Map<Path, byte[]> contents = new HashMap<>();
        for (Path file : PolicyReader.read(rules).files()) {
            if (Files.isRegularFile(file)) {
                contents.put(file, Files.readAllBytes(file));
            }
        }
        return new PolicyFiles(rules, contents);
    }

    private List<IntendedChange> changes() {
        List<IntendedChange> changes = new ArrayList<>();
        for (SecurityGroup group : policy.securityGroups().values()) {
            for (Direction direction : Direction.values()) {
                add(group, direction, changes);
            }
        }
        return changes;
    }

    /** First all that goes and then all that comes: what remains of one rule may be what another one said. */
    private void add(SecurityGroup group, Direction direction, List<IntendedChange> changes) {
        List<RuleSpec> remaining = new ArrayList<>();
        Set<RuleKey> known = new HashSet<>();
        group.rules(direction).forEach(rule -> known.add(RuleKey.of(rule)));
        List<RuleChange> here = tightening.changes().stream()
                .filter(change -> change.rule().group().equals(group.id())
                        && change.rule().direction() == direction)
                .toList();
        for (RuleChange change : here) {
            RuleKey key = RuleKey.of(change.rule());
            if (known.remove(key)) {
                changes.add(new IntendedChange.RemoveRule(group.id(), direction, key));
            }
        }
        for (RuleChange change : here) {
            for (Rule rule : change.rules()) {
                if (known.add(RuleKey.of(rule))) {
                    remaining.add(new RuleSpec(
                            RuleKey.of(rule),
                            change.rule().description(),
                            change.rule().tags(),
                            change.rule().expires(),
                            Optional.empty()));
                }
            }
        }
        if (!remaining.isEmpty()) {
            changes.add(new IntendedChange.AddRules(group.id(), direction, remaining));
        }
    }
}
