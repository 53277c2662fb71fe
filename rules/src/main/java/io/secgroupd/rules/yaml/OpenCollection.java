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

    private final Location at;
    private Optional<Anchor> anchor = Optional.empty();
    private long nodesBefore;

    private OpenCollection(Location at) {
        this.at = at;
    }

    final Location at() {
        return at;
    }

    final void begin(Optional<Anchor> name, long nodes) {
        anchor = name;
        nodesBefore = nodes;
    }

    final Optional<Anchor> anchor() {
        return anchor;
    }

    final long nodesBefore() {
        return nodesBefore;
    }

    /** Takes the next node, and says what is wrong with it. */
    abstract Optional<String> add(YamlNode node);

    /** Appends the step of the path from this collection to its next node. */
    abstract void appendStep(StringBuilder path);

    abstract YamlNode node();

    static final class OfSequence extends OpenCollection {
        private final List<YamlNode> items = new ArrayList<>();

        OfSequence(Location at) {
            super(at);
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
            return new YamlNode.Sequence(items, at());
        }
    }

    static final class OfMapping extends OpenCollection {
        private final List<YamlNode.Entry> entries = new ArrayList<>();
        private final Map<String, Location> seen = new HashMap<>();
        private YamlNode.@Nullable Scalar key;
        private String lastKey = "";
        private boolean keyRead;

        OfMapping(Location at) {
            super(at);
        }

        boolean expectsKey() {
            return !keyRead;
        }

        @Override
        Optional<String> add(YamlNode node) {
            keyRead = !keyRead;
            if (keyRead) {
                return addKey(node);
            }
            if (key != null) {
                entries.add(new YamlNode.Entry(key, node));
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
            Location first = seen.putIfAbsent(scalar.text(), scalar.at());
            if (first != null) {
                return Optional.of("duplicate key " + Quote.of(scalar.text()) + "; the first is at " + first);
            }
            key = scalar;
            return Optional.empty();
        }

        @Override
        void appendStep(StringBuilder path) {
            Path.appendKey(path, lastKey);
        }

        @Override
        YamlNode node() {
            return new YamlNode.Mapping(entries, at());
        }
    }
}
