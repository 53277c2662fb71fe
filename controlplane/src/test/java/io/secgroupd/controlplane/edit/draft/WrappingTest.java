package io.secgroupd.controlplane.edit.draft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** A prefix list that is written as its entries alone becomes a map, which may have a name. */
class WrappingTest {

    @Test
    void bracketsStayAsTheyAreWithinBraces() {
        assertThat(wrap("pl-a: [ 10.0.0.0/8 ] # ten\n")).isEqualTo("pl-a: { entries: [ 10.0.0.0/8 ] } # ten\n");
    }

    @Test
    void linesMoveToTheRightOnlyFromTheColumnOfTheirKey() {
        assertThat(wrap("pl-a:\n# one\n- 10.0.0.0/8\n\n- 11.0.0.0/8"))
                .isEqualTo("pl-a:\n# one\n  entries:\n  - 10.0.0.0/8\n\n  - 11.0.0.0/8");
        assertThat(wrap("pl-a:\n - 10.0.0.0/8\n\n - 11.0.0.0/8\npl-b: []\n"))
                .isEqualTo("pl-a:\n entries:\n - 10.0.0.0/8\n\n - 11.0.0.0/8\npl-b: []\n");
    }

    @Test
    void aMapThatHasMoreThanTheListIsWrittenOut() {
        assertThat(replace((map, entries) -> {
                    map.put("entries", entries);
                    map.put("name", DraftScalar.text("ten"));
                }))
                .isEqualTo("pl-a: { entries: [\"10.0.0.0/8\"], name: ten }\npl-b: [11.0.0.0/8]\n");
    }

    @Test
    void aMapThatHasNotTheListIsWrittenOut() {
        assertThat(replace((map, entries) -> map.put("name", DraftScalar.text("ten"))))
                .isEqualTo("pl-a: { name: ten }\npl-b: [11.0.0.0/8]\n");
    }

    @Test
    void aMapThatHasTheListOfAnotherIsWrittenOut() {
        assertThat(Rewritten.text("pl-a: [10.0.0.0/8]\npl-b: [11.0.0.0/8]\n", root -> {
                    DraftMap map = DraftMap.empty();
                    map.put("entries", Rewritten.list(root, "pl-b"));
                    root.put("pl-a", map);
                }))
                .isEqualTo("pl-a: { entries: [\"11.0.0.0/8\"] }\npl-b: [11.0.0.0/8]\n");
    }

    private static String wrap(String text) {
        return Rewritten.text(text, root -> {
            DraftMap map = DraftMap.spread();
            map.put("entries", Rewritten.list(root, "pl-a"));
            root.put("pl-a", map);
        });
    }

    private static String replace(BiConsumer<DraftMap, DraftList> change) {
        return Rewritten.text("pl-a: [10.0.0.0/8]\npl-b: [11.0.0.0/8]\n", root -> {
            DraftMap map = DraftMap.empty();
            change.accept(map, Rewritten.list(root, "pl-a"));
            root.put("pl-a", map);
        });
    }
}
