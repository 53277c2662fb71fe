package io.secgroupd.controlplane.edit.text;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
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
        TextNode node = switch (event.getEventId()) {
            case Scalar -> scalar((ScalarEvent) event);
            case SequenceStart -> sequence((CollectionStartEvent) event);
            case MappingStart -> mapping((CollectionStartEvent) event);
            case Alias -> alias((AliasEvent) event);
            default -> throw new IllegalStateException("no node begins with " + event.getEventId());
        };
        if (event instanceof NodeEvent anchored && !(event instanceof AliasEvent)) {
            anchored.getAnchor().ifPresent(anchor -> anchors.put(anchor.getValue(), node));
        }
        reached = node.end();
        return node;
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
        boolean marked = event.getAnchor().isPresent() || event.getTag().isPresent();
        return new TextNode.TextScalar(event.getValue(), quoting, start(event), last, marked);
    }

    /** The engine's mark for a block scalar is the beginning of the line behind it. */
    private int trimmed(int end) {
        int i = end;
        while (i > 0 && source.text().charAt(i - 1) <= ' ') {
            i--;
        }
        return i;
    }

    private TextNode.Alias alias(AliasEvent event) {
        TextNode target = anchors.get(event.getAlias().getValue());
        if (target == null) {
            throw new IllegalStateException("the strict reader refuses an alias without its anchor");
        }
        return new TextNode.Alias(target, start(event), end(event));
    }

    private TextNode.TextList sequence(CollectionStartEvent begin) {
        int start = start(begin);
        reached = begin.isFlow() ? start + 1 : start;
        var items = new ArrayList<TextNode.TextItem>();
        Event event = events.next();
        for (; event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            int from = reached;
            TextNode value = node(event);
            items.add(new TextNode.TextItem(begin.isFlow() ? value.start() : dash(from, value.start()), value));
        }
        int end = begin.isFlow() || items.isEmpty() ? end(event) : reached;
        return new TextNode.TextList(items, begin.isFlow(), start, end, isMarked(begin));
    }

    /** The dash of an item; a comment and line breaks may stand between. */
    private int dash(int from, int value) {
        int dash = Gap.find(source, '-', from, value);
        return dash < 0 ? source.skipBlanksBack(value) - 1 : dash;
    }

    private TextNode.TextMap mapping(CollectionStartEvent begin) {
        int start = start(begin);
        reached = begin.isFlow() ? start + 1 : start;
        boolean bare =
                begin.isFlow() && !source.hasAt(start, '{'); // [a: b] is a list of a map, whose end mark is not exact
        boolean unusual = isMarked(begin) || bare;
        var entries = new ArrayList<TextNode.TextEntry>();
        Event event = events.next();
        for (; event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            int from = reached;
            if (!(node(event) instanceof TextNode.TextScalar key)) {
                throw new IllegalStateException("the strict reader refuses a key that is no scalar");
            }
            unusual |= Gap.has(source, '?', from, key.start());
            int colon = Gap.find(source, ':', key.end(), source.text().length());
            entries.add(new TextNode.TextEntry(key, colon, node(events.next())));
        }
        boolean exact = begin.isFlow() && (!bare || isMarked(begin));
        int end = exact || entries.isEmpty() ? end(event) : reached;
        return new TextNode.TextMap(entries, begin.isFlow(), start, end, unusual);
    }

    private static boolean isMarked(CollectionStartEvent begin) {
        return begin.getAnchor().isPresent() || begin.getTag().isPresent();
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
