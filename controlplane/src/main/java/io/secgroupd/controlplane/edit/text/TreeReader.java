package io.secgroupd.controlplane.edit.text;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/**
 * Reads the tree of a file that the strict reader has accepted before: so the nesting is not deep, no key occurs twice, and
 * recursion is safe. The engine's marks are exact for scalars and for collections in brackets; the end of a block collection
 * is taken from its last child, because the engine's mark is the beginning of whatever follows.
 */
public final class TreeReader {

    private static final int BUFFER = 1 << 20;

    private final SourceText source;
    private final Iterator<Event> events;
    private final CodePoints positions;
    private final Map<String, TextNode> anchors = new HashMap<>();
    private int reached;

    private TreeReader(SourceText source) {
        this.source = source;
        this.positions = new CodePoints(source.text());
        int length = source.text().length();
        var settings = LoadSettings.builder()
                .setLabel(source.file())
                .setUseMarks(true)
                .setBufferSize(Math.max(1024, Math.min(length, BUFFER)))
                .setCodePointLimit(Integer.MAX_VALUE) // the reader before has limited the size
                .build();
        this.events = new Parse(settings).parseString(source.text()).iterator();
    }

    /** The root of the only document; an empty file has a plain scalar without text. */
    public static TextNode read(SourceText source) {
        return new TreeReader(source).root();
    }

    private TextNode root() {
        while (events.hasNext()) {
            if (events.next().getEventId() == Event.ID.DocumentStart) {
                return node(events.next());
            }
        }
        return new TextNode.TextScalar("", TextNode.Quoting.PLAIN, 0, 0, false);
    }

    private TextNode node(Event event) {
        TextNode node = event instanceof AliasEvent alias ? alias(alias) : content((NodeEvent) event);
        reached = node.end();
        return node;
    }

    private TextNode content(NodeEvent event) {
        TextNode node = event instanceof ScalarEvent scalar ? scalar(scalar) : collection((CollectionStartEvent) event);
        event.getAnchor().ifPresent(anchor -> anchors.put(anchor.getValue(), node));
        return node;
    }

    private TextNode collection(CollectionStartEvent begin) {
        return begin.getEventId() == Event.ID.SequenceStart ? sequence(begin) : mapping(begin);
    }

    private TextNode.TextScalar scalar(ScalarEvent event) {
        int end = end(event);
        TextNode.Quoting quoting = switch (event.getScalarStyle()) {
            case SINGLE_QUOTED -> TextNode.Quoting.SINGLE;
            case DOUBLE_QUOTED -> TextNode.Quoting.DOUBLE;
            case LITERAL, FOLDED -> TextNode.Quoting.BLOCK;
            default -> TextNode.Quoting.PLAIN;
        };
        int last = quoting == TextNode.Quoting.BLOCK ? trimmed(end) : end;
        boolean marked = isMarked(event, event.getTag());
        return new TextNode.TextScalar(event.getValue(), quoting, start(event), last, marked);
    }

    /** The engine's mark for a block scalar is the beginning of the line behind it. Its own first character is no blank. */
    private int trimmed(int end) {
        int i = end;
        while (source.text().charAt(i - 1) <= ' ') {
            i--;
        }
        return i;
    }

    private TextNode.Alias alias(AliasEvent event) {
        TextNode target = Objects.requireNonNull(
                anchors.get(event.getAlias().getValue()), "the strict reader refuses an alias without its anchor");
        return new TextNode.Alias(target, start(event), end(event));
    }

    private TextNode.TextList sequence(CollectionStartEvent begin) {
        int start = start(begin);
        reached = start;
        var items = new ArrayList<TextNode.TextItem>();
        Event event = events.next();
        for (; event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            int from = reached;
            TextNode value = node(event);
            items.add(new TextNode.TextItem(begin.isFlow() ? value.start() : dash(from, value.start()), value));
        }
        int end = begin.isFlow() ? end(event) : reached;
        return new TextNode.TextList(items, begin.isFlow(), start, end, isMarked(begin, begin.getTag()));
    }

    /** The dash of an item; a comment and line breaks may stand between. */
    private int dash(int from, int value) {
        int dash = Gap.find(source, '-', from, value);
        return dash < 0 ? source.skipBlanksBack(value) - 1 : dash;
    }

    private TextNode.TextMap mapping(CollectionStartEvent begin) {
        int start = start(begin);
        reached = start;
        boolean marked = isMarked(begin, begin.getTag());
        // [a: b] is a list of a map without braces, whose end mark is not exact
        boolean braces = begin.isFlow() && (marked || source.hasAt(start, '{'));
        boolean unusual = marked || begin.isFlow() != braces;
        var entries = new ArrayList<TextNode.TextEntry>();
        Event event = events.next();
        for (; event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            int from = reached;
            TextNode.TextScalar key = key(event);
            unusual |= Gap.has(source, '?', from, key.start());
            int colon = Gap.find(source, ':', key.end(), source.text().length());
            entries.add(new TextNode.TextEntry(key, colon, node(events.next())));
        }
        int end = braces ? end(event) : reached;
        return new TextNode.TextMap(entries, begin.isFlow(), start, end, unusual);
    }

    /** A key; an alias for one is as a scalar that is marked. */
    private TextNode.TextScalar key(Event event) {
        TextNode key = node(event);
        if (key instanceof TextNode.Alias alias) {
            String value = ((TextNode.TextScalar) alias.target()).value();
            return new TextNode.TextScalar(value, TextNode.Quoting.PLAIN, alias.start(), alias.end(), true);
        }
        return (TextNode.TextScalar) key;
    }

    private static boolean isMarked(NodeEvent event, Optional<String> tag) {
        return event.getAnchor().isPresent() || tag.isPresent();
    }

    private int start(Event event) {
        return index(event.getStartMark().orElseThrow());
    }

    private int end(Event event) {
        return index(event.getEndMark().orElseThrow());
    }

    private int index(Mark mark) {
        return positions.index(mark.getIndex());
    }

    /** The engine counts code points. */
    private static final class CodePoints {
        private final List<Integer> wide = new ArrayList<>();

        CodePoints(String text) {
            for (int i = 0, point = 0; i < text.length(); point++) {
                int width = Character.charCount(text.codePointAt(i));
                if (width == 2) {
                    wide.add(point);
                }
                i += width;
            }
        }

        int index(int codePoint) {
            int before = Collections.binarySearch(wide, codePoint);
            return codePoint + (before < 0 ? -before - 1 : before);
        }
    }
}
