package io.secgroupd.controlplane.edit.draft;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.controlplane.edit.text.SourceText;
import io.secgroupd.controlplane.edit.text.TextNode;
import io.secgroupd.controlplane.edit.text.TreeReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Texts whose trees are changed. What comes out is read again, and has to say what the tree does. */
final class Rewritten {

    private Rewritten() {}

    /** A text after a change of its tree. */
    static String text(String before, Consumer<DraftMap> change) {
        SourceText source = source(before);
        DraftNode root = tree(before);
        change.accept(root.asMap());
        String after = new String(source.with(Splicer.splices(source, root)), StandardCharsets.UTF_8);
        assertThat(plain(tree(after))).as(after).isEqualTo(plain(root));
        return after;
    }

    /** The same for a change of the list under a key. */
    static String list(String before, String key, Consumer<DraftList> change) {
        return text(before, root -> change.accept(list(root, key)));
    }

    static DraftList list(DraftMap map, String key) {
        return map.get(key).orElseThrow().asList();
    }

    static DraftMap map(DraftMap map, String key) {
        return map.get(key).orElseThrow().asMap();
    }

    static DraftNode tree(String text) {
        SourceText source = source(text);
        return DraftNode.of(source, TreeReader.read(source));
    }

    static SourceText source(String text) {
        return SourceText.of("f", text.getBytes(StandardCharsets.UTF_8));
    }

    static TextNode read(String text) {
        return TreeReader.read(source(text));
    }

    static Object plain(DraftNode node) {
        DraftNode read = node.read();
        if (read instanceof DraftMap map) {
            Map<String, Object> entries = new LinkedHashMap<>();
            map.entries().forEach(entry -> entries.put(entry.key(), plain(entry.value())));
            return List.copyOf(entries.entrySet());
        }
        return read instanceof DraftList list
                ? list.values().stream().map(Rewritten::plain).toList()
                : ((DraftScalar) read).value();
    }
}
