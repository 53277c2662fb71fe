package io.secgroupd.rules.yaml;

import io.secgroupd.rules.text.Location;
import io.secgroupd.rules.text.Problems;
import io.secgroupd.rules.text.Quote;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** Turns events into nodes, without recursion. Refuses legal YAML that no honest rules file contains. */
final class TreeBuilder {

    /** The tags of the core schema. They change nothing: a value is read by its text. */
    private static final Set<String> CORE_TAGS = Stream.of("str", "int", "float", "bool", "null", "seq", "map")
            .map(name -> "tag:yaml.org,2002:" + name)
            .collect(Collectors.toCollection(HashSet::new));

    private static final int MAX_DEPTH = 32;
    private static final int MAX_ALIASES = 50;

    private final String file;
    private final Problems problems;
    private final Deque<OpenCollection> open = new ArrayDeque<>();
    /**
     * Keyed by the text and not by the engine's own class: where many keys have equal hashes, a map is fast only when
     * it can order them.
     */
    private final Map<String, Anchored> anchors = new HashMap<>();

    private final SharedTexts texts = new SharedTexts();
    private @Nullable YamlNode root;
    private int documents;
    private int aliases;
    private final NodeCount count;
    private long nodes;

    /** A named node, and how many nodes it stands for. */
    private record Anchored(YamlNode node, long nodes) {}

    /** @param count of this file and of those that were read before it */
    TreeBuilder(String file, Problems problems, NodeCount count) {
        this.count = count;
        this.file = file;
        this.problems = problems;
    }

    /** The document's node; a file without one is a null at 1:1. */
    YamlNode root() {
        return root != null ? root : new YamlNode.Scalar("", true, file, 1, 1);
    }

    static Location location(String file, Mark mark) {
        return new Location(file, mark.getLine() + 1, mark.getColumn() + 1);
    }

    private static Mark start(Event event) {
        return event.getStartMark().orElseThrow();
    }

    void accept(Event event) throws RefusedException {
        switch (event.getEventId()) {
            case DocumentStart -> startDocument(event);
            case Scalar -> scalar((ScalarEvent) event);
            case SequenceStart, MappingStart -> begin((CollectionStartEvent) event);
            case SequenceEnd, MappingEnd -> end();
            case Alias -> alias((AliasEvent) event);
            default -> {
                // the ends of stream and document say nothing more
            }
        }
    }

    private void startDocument(Event event) throws RefusedException {
        documents++;
        if (documents > 1) {
            throw refusal(start(event), "there is a second document; keep one document per file");
        }
    }

    private void scalar(ScalarEvent event) throws RefusedException {
        Mark start = start(event);
        count(start);
        checkTag(event.getTag(), start);
        String text = texts.shared(event.getValue());
        var node = new YamlNode.Scalar(text, event.isPlain(), file, start.getLine() + 1, start.getColumn() + 1);
        name(event.getAnchor(), node, 1);
        place(node);
    }

    private void begin(CollectionStartEvent event) throws RefusedException {
        Mark start = start(event);
        count(start);
        checkTag(event.getTag(), start);
        if (open.size() == MAX_DEPTH) {
            throw refusal(start, "nested deeper than " + MAX_DEPTH + " levels; no rule needs that");
        }
        var begun = new OpenCollection.Begun(location(file, start), event.getAnchor(), nodes);
        open.push(
                event.getEventId() == Event.ID.MappingStart
                        ? new OpenCollection.OfMapping(begun)
                        : new OpenCollection.OfSequence(begun));
    }

    private void end() {
        OpenCollection frame = open.pop();
        YamlNode node = frame.node();
        name(frame.begun.anchor(), node, nodes - frame.begun.nodes() + 1);
        place(node);
    }

    private void name(Optional<Anchor> anchor, YamlNode node, long size) {
        if (anchor.isPresent()) {
            anchors.put(anchor.get().getValue(), new Anchored(node, size));
        }
    }

    private void alias(AliasEvent event) throws RefusedException {
        Mark at = start(event);
        aliases++;
        if (aliases > MAX_ALIASES) {
            throw refusal(at, "more than " + MAX_ALIASES + " aliases; write the values out");
        }
        Anchored target = anchors.get(event.getAlias().getValue());
        if (target == null) {
            throw refusal(
                    at,
                    "the alias " + Quote.of("*" + event.getAlias())
                            + " refers to nothing before it; write the value out");
        }
        nodes += target.nodes();
        if (!count.add(target.nodes())) {
            throw refusal(
                    at,
                    "this alias brings the file to more than " + NodeCount.MAX
                            + " values; write the values that you need");
        }
        place(target.node());
    }

    private void count(Mark at) throws RefusedException {
        nodes++;
        if (!count.add(1)) {
            throw refusal(
                    at, "more than " + NodeCount.MAX + " values; put long lists of prefixes into files of their own");
        }
    }

    private void place(YamlNode node) {
        OpenCollection frame = open.peek();
        if (frame == null) {
            root = node;
        } else {
            Optional<String> wrong = frame.add(node);
            if (wrong.isPresent()) {
                problems.error(node.at(), path(), wrong.get());
            }
        }
    }

    private void checkTag(Optional<String> tag, Mark at) {
        if (tag.isPresent() && !CORE_TAGS.contains(tag.get())) {
            problems.error(location(file, at), path(), "the tag " + Quote.of(tag.get()) + " is not allowed; remove it");
        }
    }

    private RefusedException refusal(Mark at, String message) {
        return new RefusedException(location(file, at), path(), message);
    }

    /** Where the next node goes, in dotted form. */
    private String path() {
        var path = new StringBuilder();
        for (Iterator<OpenCollection> outermost = open.descendingIterator(); outermost.hasNext(); ) {
            outermost.next().appendStep(path);
        }
        return path.toString();
    }
}
