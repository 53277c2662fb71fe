package io.secgroupd.controlplane.edit.draft;

import io.secgroupd.controlplane.edit.text.SourceText;
import io.secgroupd.controlplane.edit.text.TextNode;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How a file is written: what is new in it is written in the same way.
 *
 * @param step       blanks by which the keys of a map stand to the right of the key that it belongs to
 * @param dashOffset blanks by which the dashes of a list do
 * @param bracePad   what stands behind an opening brace and before a closing one
 * @param json       whether keys are in double quotes, as in JSON
 */
record TextStyle(int step, int dashOffset, String bracePad, boolean json) {

    private static final int STEP = 2;

    static TextStyle of(SourceText source, TextNode root) {
        var finder = new Finder(source);
        finder.walk(root);
        return finder.style(root);
    }

    /** Takes the first sample of each. */
    private static final class Finder {
        private final SourceText source;
        private final Deque<TextNode> open = new ArrayDeque<>();
        private int step = -1;
        private int dashOffset = -1;
        private int pad = -1;

        Finder(SourceText source) {
            this.source = source;
        }

        void walk(TextNode root) {
            open.add(root);
            while (!open.isEmpty() && (step < 0 || dashOffset < 0 || pad < 0)) {
                TextNode node = open.remove();
                if (node instanceof TextNode.TextMap map) {
                    look(map);
                } else if (node instanceof TextNode.TextList list) {
                    list.items().forEach(item -> open.add(item.value()));
                }
            }
        }

        private void look(TextNode.TextMap map) {
            if (map.flow() && !map.entries().isEmpty() && pad < 0) {
                pad = source.hasAt(map.start() + 1, ' ') ? 1 : 0;
            }
            for (TextNode.TextEntry entry : map.entries()) {
                if (!map.flow()) {
                    sample(entry);
                }
                open.add(entry.value());
            }
        }

        private void sample(TextNode.TextEntry entry) {
            int column = source.column(entry.start());
            if (entry.value() instanceof TextNode.TextMap inner && !inner.flow() && step < 0) {
                step = source.column(inner.entries().get(0).start()) - column;
            } else if (entry.value() instanceof TextNode.TextList inner && !inner.flow() && dashOffset < 0) {
                dashOffset = source.column(inner.items().get(0).start()) - column;
            }
        }

        TextStyle style(TextNode root) {
            boolean json = root instanceof TextNode.TextMap map
                    && map.flow()
                    && !map.entries().isEmpty()
                    && map.entries().get(0).key().quoting() == TextNode.Quoting.DOUBLE;
            int steps = step < 1 ? STEP : step;
            return new TextStyle(steps, dashOffset < 0 ? steps : dashOffset, pad == 0 ? "" : " ", json);
        }
    }
}
