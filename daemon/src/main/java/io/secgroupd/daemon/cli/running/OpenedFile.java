package io.secgroupd.daemon.cli.running;

import com.fasterxml.jackson.core.JsonGenerator;
import io.secgroupd.controlplane.edit.EditResult.EditRefused;
import io.secgroupd.controlplane.edit.EditResult.Edited;
import io.secgroupd.controlplane.edit.Editor;
import io.secgroupd.controlplane.store.common.RelativeFiles;
import io.secgroupd.controlplane.store.directory.PolicyOnDisk;
import io.secgroupd.daemon.cli.common.CommandFailedException;
import io.secgroupd.daemon.cli.common.ExitCode;
import io.secgroupd.daemon.cli.running.RulesFile.Replaced;
import io.secgroupd.daemon.control.FileContent;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.model.Rule;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A file of the policy, with a rule that was just written into it.
 *
 * @param kept what holds its content from before
 */
record OpenedFile(Rule rule, Path file, Path kept) {

    private static final String STAYS = "; nothing was written";

    /**
     * Writes a rule where its group stands: into the rules file, or one that it includes.
     *
     * @param err receives the problems that a file with this rule has
     */
    static OpenedFile write(Path rules, Opening opening, PrintWriter err) {
        try {
            PolicyOnDisk found = PolicyOnDisk.read(rules);
            Policy before = found.read().policy().orElseThrow(() -> {
                found.read().errors().forEach(err::println);
                return new CommandFailedException(ExitCode.NO, rules + " has errors" + STAYS);
            });
            Edited edited = edited(found, opening, before, err);
            Rule rule = edited.read().policy().flatMap(opening::rule).orElseThrow();
            return replace(rules, rule, found, edited, err);
        } catch (IOException e) {
            throw new CommandFailedException(ExitCode.FAILED, rules + " cannot be edited: " + e.getMessage(), e);
        }
    }

    private static Edited edited(PolicyOnDisk found, Opening opening, Policy before, PrintWriter err) {
        var result = Editor.edit(found.files(), List.of(opening.change(before)), Instant.now());
        if (result instanceof Edited edited) {
            return edited;
        }
        var refused = (EditRefused) result;
        refused.problems().forEach(err::println);
        throw new CommandFailedException(ExitCode.NO, refused + STAYS);
    }

    /** A group stands in one file, so only one is written. */
    private static OpenedFile replace(Path rules, Rule rule, PolicyOnDisk found, Edited edited, PrintWriter err)
            throws IOException {
        Map.Entry<Path, byte[]> changed = edited.files().entrySet().iterator().next();
        Path name = changed.getKey();
        Path file = name.equals(Path.of(RelativeFiles.FIRST)) ? rules : rules.resolveSibling(name);
        String expected = FileContent.hash(found.files().content(name).orElseThrow());
        RulesFile target = RulesFile.at(file);
        if (!target.hash().equals(expected)) {
            throw new CommandFailedException(ExitCode.NO, file + " was edited at this very moment" + STAYS);
        }
        Replaced replaced = target.replace(changed.getValue(), expected);
        if (replaced.edited()) {
            err.println("secgroupd: " + file + " was edited at this very moment: that edit is kept in "
                    + replaced.kept() + "; look at what is in it, and make it again");
        }
        return new OpenedFile(rule, file, replaced.kept());
    }

    /** What was written, for people. */
    String text() {
        return rule.id() + " of " + rule.group() + ": " + rule.terms() + " until " + end() + "\nwrote " + file
                + "; what it said is kept in " + kept + "\n";
    }

    private String end() {
        return rule.expires().orElseThrow().toString();
    }

    /** What was written, for programs. */
    void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", rule.id());
        json.writeStringField("group", rule.group());
        json.writeStringField("terms", rule.terms());
        json.writeStringField("expires", end());
        json.writeStringField("description", rule.description());
        json.writeStringField("file", file.toString());
        json.writeStringField("kept", kept.toString());
        json.writeEndObject();
    }
}
