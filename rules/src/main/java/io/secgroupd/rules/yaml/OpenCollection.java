package io.secgroupd.rules.yaml;

import io.secgroupd.rules.text.Location;
import io.secgroupd.rules.text.Quote;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.Anchor;

/** A collection that {@link TreeBuilder} has begun and not ended. */
abstract sealed class OpenCollection {

    final Begun begun;

    /**
     * What is known of a collection at its start.
     *
     * @param nodes how many there were in the document, the collection itself included
     */
    record Begun(Location at, Optional<Anchor> anchor, long nodes) {}

    private OpenCollection(Begun begun) {
        this.begun = begun;
    }

    /** Takes the next node, and says what is wrong with it. */
    abstract Optional<String> add(YamlNode node);

    /** Appends the step of the path from this collection to its next node. */
    abstract void appendStep(StringBuilder path);

    abstract YamlNode node();

    static final class OfSequence extends OpenCollection {
        private final List<YamlNode> items = new ArrayList<>();

        OfSequence(Begun begun) {
            super(begun);
        }

        @Override
        Optional<String> add(YamlNode node) {
            items.add(node);
            return Optional.empty();
        }

        @Override
        void appendStep(StringBuilder path) {
            Path.appendItem(path, items.size());
        }

        @Override
        YamlNode node() {
            Location at = begun.at();
            return new YamlNode.Sequence(items, at.file(), at.line(), at.column());
        }
    }

    static final class OfMapping extends OpenCollection {
        /** Up to so many entries are searched one by one, which takes less time and room than a map for each rule. */
        private static final int FEW = 8;

        private final List<YamlNode.Entry> entries = new ArrayList<>();
        /** All entries by key, as soon as they are more than a few. */
        private @Nullable Map<String, YamlNode.Entry> byKey;

        private YamlNode.@Nullable Scalar key;
        private String lastKey = "";
        private boolean keyRead;

        OfMapping(Begun begun) {
            super(begun);
        }

        @Override
        Optional<String> add(YamlNode node) {
            keyRead = !keyRead;
            if (keyRead) {
                return addKey(node);
            }
            if (key != null) {
                addEntry(new YamlNode.Entry(key, node));
            }
            return Optional.empty();
        }

        /** A key that cannot count leaves {@link #key} empty, and its value is skipped. */
        private Optional<String> addKey(YamlNode node) {
            key = null;
            lastKey = "";
            if (!(node instanceof YamlNode.Scalar scalar)) {
                return Optional.of("a key is a single word, not " + node.kind());
            }
            lastKey = scalar.text();
            YamlNode.Entry first = find(scalar.text());
            if (first != null) {
                return Optional.of("duplicate key " + Quote.of(scalar.text()) + "; the first is at " + first.at());
            }
            key = scalar;
            return Optional.empty();
        }

        private void addEntry(YamlNode.Entry entry) {
            entries.add(entry);
            if (byKey != null) {
                byKey.put(entry.key(), entry);
            } else if (entries.size() > FEW) {
                byKey = new HashMap<>();
                for (YamlNode.Entry one : entries) {
                    byKey.put(one.key(), one);
                }
            }
        }

        private YamlNode.@Nullable Entry find(String text) {
            if (byKey != null) {
                return byKey.get(text);
            }
            for (YamlNode.Entry entry : entries) {
                if (entry.key().equals(text)) {
                    return entry;
                }
            }
            return null;
        }

        @Override
        void appendStep(StringBuilder path) {
            Path.appendKey(path, lastKey);
        }

        @Override
        YamlNode node() {
            Location at = begun.at();
            return new YamlNode.Mapping(entries, at.file(), at.line(), at.column());
        }
    }
}
