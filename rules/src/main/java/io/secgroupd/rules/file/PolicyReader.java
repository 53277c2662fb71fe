package io.secgroupd.rules.file;

import io.secgroupd.rules.analyze.Lint;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.yaml.Fields;
import io.secgroupd.rules.yaml.Problems;
import io.secgroupd.rules.yaml.Suggestions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads a control-plane file with everything it names. Whatever the file is, the answer is a policy or problems. */
public final class PolicyReader {

    private PolicyReader() {}

    /**
     * Reads a control-plane file, its included files and its list files, and lints the result. The file's own tests are
     * read, not run.
     *
     * @param file as the operator gave it: problems name it so
     */
    public static ReadResult read(Path file) {
        return read(file, new Sources());
    }

    /** Reads a text as {@link #read(Path)} would read the file of its place, if that said the same. */
    public static ReadResult read(PolicyText text) {
        ReadResult read = read(text.place(), new Sources(text));
        return new ReadResult(read.policy(), text.told(read.problems()), read.files(), read.hash());
    }

    private static ReadResult read(Path file, Sources sources) {
        var problems = new Problems();
        Optional<Policy> policy = new Documents(sources, problems).read(file).map(all -> build(all, sources, problems));
        boolean good = !problems.hasErrors();
        if (good) {
            policy.map(Lint::check).orElse(List.of()).forEach(problems::add);
        }
        return new ReadResult(policy.filter(p -> good), problems.sorted(), sources.files(), sources.hash());
    }

    private static Policy build(List<Fields> documents, Sources sources, Problems problems) {
        var sections = new Sections(documents);
        var lists = sections.entries("prefix_lists");
        var groups = sections.entries("security_groups");
        var limits = LimitsReader.read(sections.entries("limits"));
        var suggestions = new Suggestions();
        var instanceEntries = sections.entries("instances");
        var clusterEntries = sections.entries("clusters");
        var named =
                Stream.concat(instanceEntries.stream(), clusterEntries.stream()).toList();
        var references = new References(lists, groups, named, sections.stale(), suggestions);
        var prefixLists = new PrefixListReader(sources, problems).read(lists);
        var securityGroups = new GroupReader(references, limits, problems).read(groups);
        var instances = new InstanceReader(references, limits);
        instances.read(instanceEntries, clusterEntries);
        var tests = new TestReader(instances, suggestions).read(sections.items("tests"));
        return new Policy(limits, prefixLists, securityGroups, instances.instances(), instances.clusters(), tests);
    }
}
