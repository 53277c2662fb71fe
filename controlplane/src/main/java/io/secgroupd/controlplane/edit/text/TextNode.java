package io.secgroupd.controlplane.edit.text;

import java.util.List;

/** A node of a YAML tree and where it stands. */
public sealed interface TextNode {

    int start();

    /** Behind the last character: of a block collection, behind its last child. */
    int end();

    /** Reports whether an anchor or a tag stands before it; of a map also whether a key has a question mark, or no braces. */
    boolean marked();

    /** How a scalar is written. */
    enum Quoting {
        PLAIN,
        SINGLE,
        DOUBLE,
        /** With {@code |} or {@code >}. */
        BLOCK
    }

    record TextScalar(String value, Quoting quoting, int start, int end, boolean marked) implements TextNode {}

    /**
     * A list.
     *
     * @param flow whether it is written in brackets
     */
    record TextList(List<TextItem> items, boolean flow, int start, int end, boolean marked) implements TextNode {
        public TextList {
            items = List.copyOf(items);
        }
    }

    /**
     * A map.
     *
     * @param flow whether it is written in braces
     */
    record TextMap(List<TextEntry> entries, boolean flow, int start, int end, boolean marked) implements TextNode {
        public TextMap {
            entries = List.copyOf(entries);
        }
    }

    /**
     * An alias.
     *
     * @param target the node that it stands for
     */
    record Alias(TextNode target, int start, int end) implements TextNode {
        @Override
        public boolean marked() {
            return true;
        }
    }

    /** A child of a collection. */
    sealed interface Child {
        /** Where it begins: at the dash of a block list, otherwise at its key or value. */
        int start();

        TextNode value();

        default int end() {
            return value().end();
        }
    }

    record TextItem(int start, TextNode value) implements Child {}

    /**
     * A child of a map.
     *
     * @param colon where the colon behind the key stands
     */
    record TextEntry(TextScalar key, int colon, TextNode value) implements Child {
        @Override
        public int start() {
            return key.start();
        }
    }
}
