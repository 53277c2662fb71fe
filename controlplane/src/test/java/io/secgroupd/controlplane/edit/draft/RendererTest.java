package io.secgroupd.controlplane.edit.draft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** New nodes are written as their neighbours are. */
class RendererTest {

    private static final String LINES = "rules:\n  - a: b\n    c: d\n";

    @Test
    void amongMapsInLinesAMapTakesALineForEachEntryUnlessItHasNone() {
        DraftMap map = DraftMap.empty();
        map.put("e", DraftScalar.word("f"));
        map.put("g", DraftMap.empty());
        assertThat(Rewritten.list(LINES, "rules", rules -> {
                    rules.add(map);
                    rules.add(DraftMap.empty());
                    rules.add(DraftScalar.word("h"));
                }))
                .isEqualTo(LINES + "  - e: f\n    g: {}\n  - {}\n  - h\n");
    }

    @Test
    void amongMapsInLinesAnEmptyOneStandsBehindItsKey() {
        assertThat(Rewritten.text("groups:\n  sg-a: {}\n", root -> root.put("lists", DraftMap.spread())))
                .isEqualTo("groups:\n  sg-a: {}\nlists: {}\n");
    }

    @Test
    void aListOfMapsTakesALineForEachButOnlyUnderAKeyThatHasOne() {
        DraftMap map = DraftMap.empty();
        map.put("a", DraftScalar.word("b"));
        assertThat(Rewritten.text("x: y\nz: { v: w }\n", root -> {
                    root.put("maps", DraftList.of(List.of(map, map)));
                    root.put("mixed", DraftList.of(List.of(map, DraftScalar.word("c"))));
                    root.put("none", DraftList.of(List.of()));
                    Rewritten.map(root, "z").put("maps", DraftList.of(List.of(map)));
                }))
                .isEqualTo("""
                        x: y
                        z: { v: w, maps: [{ a: b }] }
                        maps:
                          - { a: b }
                          - { a: b }
                        mixed: [{ a: b }, c]
                        none: []
                        """);
    }
}
