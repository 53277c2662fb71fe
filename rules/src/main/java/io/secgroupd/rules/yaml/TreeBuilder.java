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

    private final Map<String, String> keys = new HashMap<>();
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
        return root != null ? root : new YamlNode.Scalar("", true, new Location(file, 1, 1));
    }

    static Location location(String file, Mark mark) {
        return new Location(file, mark.getLine() + 1, mark.getColumn() + 1);
    }

    private Location start(Event event) {
        return location(file, event.getStartMark().orElseThrow());
    }

    void accept(Event event) throws RefusedException {
        switch (event.getEventId()) {
            case DocumentStart -> startDocument(event);
            case Scalar -> scalar((ScalarEvent) event);
            case SequenceStart -> start((CollectionStartEvent) event, new OpenCollection.OfSequence(start(event)));
            case MappingStart -> start((CollectionStartEvent) event, new OpenCollection.OfMapping(start(event)));
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
        count(start(event));
        checkTag(event.getTag(), start(event));
        String text = event.getValue();
        boolean key = open.peek() instanceof OpenCollection.OfMapping map && map.expectsKey();
        // The same few keys stand in every rule; one copy of each halves the tree.
        String shared = key ? keys.computeIfAbsent(text, same -> same) : text;
        var node = new YamlNode.Scalar(shared, event.isPlain(), start(event));
        event.getAnchor().ifPresent(anchor -> anchors.put(anchor.getValue(), new Anchored(node, 1)));
        place(node);
    }

    private void start(CollectionStartEvent event, OpenCollection frame) throws RefusedException {
        count(frame.at());
        checkTag(event.getTag(), frame.at());
        if (open.size() == MAX_DEPTH) {
            throw refusal(frame.at(), "nested deeper than " + MAX_DEPTH + " levels; no rule needs that");
        }
        frame.begin(event.getAnchor(), nodes);
        open.push(frame);
    }

    private void end() {
        OpenCollection frame = open.pop();
        YamlNode node = frame.node();
        long size = nodes - frame.nodesBefore() + 1;
        frame.anchor().ifPresent(anchor -> anchors.put(anchor.getValue(), new Anchored(node, size)));
        place(node);
    }

    private void alias(AliasEvent event) throws RefusedException {
        Location at = start(event);
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

    private void count(Location at) throws RefusedException {
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
            frame.add(node).ifPresent(message -> problems.error(node.at(), path(), message));
        }
    }

    private void checkTag(Optional<String> tag, Location at) {
        tag.filter(name -> !CORE_TAGS.contains(name))
                .ifPresent(
                        name -> problems.error(at, path(), "the tag " + Quote.of(name) + " is not allowed; remove it"));
    }

    private RefusedException refusal(Location at, String message) {
        return new RefusedException(at, path(), message);
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
