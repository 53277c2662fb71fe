package io.secgroupd.controlplane.edit.plan;

import io.secgroupd.controlplane.edit.change.Element;
import io.secgroupd.controlplane.edit.draft.DraftMap;
import io.secgroupd.controlplane.edit.draft.DraftNode;
import io.secgroupd.controlplane.edit.draft.Splicer;
import io.secgroupd.controlplane.edit.text.NotEditableException;
import io.secgroupd.controlplane.edit.text.SourceText;
import io.secgroupd.controlplane.edit.text.Splice;
import io.secgroupd.controlplane.edit.text.TreeReader;
import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.text.Location;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The trees of the files that hold what is changed, and where each element stands. */
final class DraftFiles {

    private final PolicyFiles files;
    private final Policy before;
    private final UnaryOperator<SourceText> outline;
    private final Map<Path, Document> read = new LinkedHashMap<>();
    private final Set<Path> settled = new TreeSet<>();

    private record Document(SourceText source, DraftNode root) {
        static Document of(Path file, byte[] bytes, UnaryOperator<SourceText> outline) {
            var source = SourceText.of(file.toString(), bytes);
            return new Document(source, DraftNode.of(source, TreeReader.read(outline.apply(source))));
        }
    }

    /**
     * Makes them.
     *
     * @param before  what the files say, which leads to each element
     * @param outline gives the part of a file's text that is needed, see {@link Outline}
     */
    DraftFiles(PolicyFiles files, Policy before, UnaryOperator<SourceText> outline) {
        this.files = files;
        this.before = before;
        this.outline = outline;
    }

    /** The map of an element's kind that has this element. */
    DraftMap holder(Element element) {
        return holder(file(element), element)
                .orElseThrow(() -> NotEditableException.of("no " + element + " stands in the files"));
    }

    /** The file where it stood before, or the first one, where new elements stand. */
    private Path file(Element element) {
        Path known = location(element).map(at -> Path.of(at.file())).orElse(files.first());
        return holder(known, element).isPresent() ? known : files.first();
    }

    private Optional<DraftMap> holder(Path file, Element element) {
        return document(file)
                .root()
                .asMap()
                .get(element.kind().section())
                .filter(section -> ((DraftMap) section.read()).get(element.id()).isPresent())
                .map(DraftNode::asMap);
    }

    /** Carries what has changed in an element's file into its text, and reads the tree of that. */
    void settle(Element element) {
        Path file = file(element);
        Document document = document(file);
        List<Splice> splices = Splicer.splices(document.source(), document.root());
        if (!splices.isEmpty()) {
            settled.add(file.normalize());
            read.put(file.normalize(), Document.of(file, document.source().with(splices), UnaryOperator.identity()));
        }
    }

    /** The map of a file or of a cluster that has this instance. */
    DraftMap holderOfInstance(String name) {
        Element own = Element.instance(name);
        return holder(file(own), own)
                .or(() -> clusters()
                        .flatMap(id -> members(id).stream())
                        .filter(members -> members.get(name).isPresent())
                        .findFirst())
                .orElseThrow(() -> NotEditableException.of("no " + own + " stands in the files"));
    }

    /** The names of clusters that may be there: those that were, and new ones of the first file. */
    private Stream<String> clusters() {
        String section = Element.ElementKind.CLUSTER.section();
        Stream<String> fresh = document(files.first()).root().asMap().get(section).stream()
                .flatMap(all -> ((DraftMap) all.read()).keys().stream());
        return Stream.concat(before.clusters().keySet().stream(), fresh);
    }

    /** The map of the instances of a cluster; empty when the cluster is gone, or has none. */
    private Optional<DraftMap> members(String cluster) {
        Element element = Element.cluster(cluster);
        return holder(file(element), element)
                .flatMap(all -> all.get(cluster))
                .flatMap(one -> ((DraftMap) one.read()).get("instances"))
                .map(DraftNode::asMap);
    }

    /** What stands under the element's key. */
    DraftNode value(Element element) {
        return holder(element).get(element.id()).orElseThrow();
    }

    /** The map that new elements of a kind come into: that of the first file, made when it is missing. */
    DraftMap section(Element.ElementKind kind) {
        DraftMap root = document(files.first()).root().asMap();
        Optional<DraftNode> section = root.get(kind.section());
        if (section.isPresent()) {
            return section.get().asMap();
        }
        DraftMap made = DraftMap.spread();
        root.put(kind.section(), made);
        return made;
    }

    private Optional<Location> location(Element element) {
        String id = element.id();
        return switch (element.kind()) {
            case GROUP -> Optional.ofNullable(before.securityGroups().get(id)).map(one -> one.at());
            case LIST -> Optional.ofNullable(before.prefixLists().get(id)).map(one -> one.at());
            case INSTANCE -> Optional.ofNullable(before.instances().get(id)).map(one -> one.at());
            case CLUSTER -> Optional.ofNullable(before.clusters().get(id)).map(one -> one.at());
        };
    }

    private Document document(Path file) {
        return read.computeIfAbsent(
                file.normalize(), path -> Document.of(file, files.content(path).orElseThrow(), outline));
    }

    /** The new bytes of the files that change. */
    Map<Path, byte[]> changed() {
        Map<Path, byte[]> changed = new TreeMap<>();
        read.forEach((path, document) -> {
            List<Splice> splices = Splicer.splices(document.source(), document.root());
            if (!splices.isEmpty() || settled.contains(path)) {
                changed.put(path, document.source().with(splices));
            }
        });
        return changed;
    }
}
