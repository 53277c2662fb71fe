package io.secgroupd.controlplane.edit.draft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.secgroupd.controlplane.edit.text.NotEditableException;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an alias may stand for elsewhere is read, and not changed. */
class AnchorsTest {

    private static final String CLUSTER = """
            orders: &o
              instances:
                db-1: {}
              groups: [ sg-a ]
              rules:
                - port: 1
            users: *o
            last: [ *o ]
            """;

    static List<Consumer<DraftMap>> changes() {
        return List.of(
                cluster -> Rewritten.map(cluster, "instances").put("db-2", word()),
                cluster -> Rewritten.map(cluster, "instances").put("db-1", word()),
                cluster -> Rewritten.map(cluster, "instances").remove("db-1"),
                cluster -> groups(cluster).add(word()),
                cluster -> groups(cluster).addBehind(group(cluster), List.of(word())),
                cluster -> groups(cluster).replace(group(cluster), List.of(word())),
                cluster -> groups(cluster).remove(group(cluster)),
                cluster ->
                        Rewritten.list(cluster, "rules").values().get(0).asMap().remove("port"));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void nothingIsChangedDeepWithinWhatHasAnAnchor(Consumer<DraftMap> change) {
        assertThatExceptionOfType(NotEditableException.class)
                .isThrownBy(() -> Rewritten.text(CLUSTER, root -> change.accept(read(root, "orders"))))
                .withMessageStartingWith("an anchor, an alias, a tag")
                .satisfies(refused -> assertThat(refused.at()).hasToString("Optional[f:1:9]"));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void nothingIsChangedByWayOfAnAlias(Consumer<DraftMap> change) {
        assertThatExceptionOfType(NotEditableException.class)
                .isThrownBy(() -> Rewritten.text(CLUSTER, root -> change.accept(read(root, "users"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[ &a b ]", "{ b: [ &a c ] }", "{ b: { &a c: d } }", "{ &a b: c }", "[ { b: !!str c } ]"})
    void nothingIsTakenOutThatHoldsAnAnchor(String value) {
        String text = "x: " + value + "\nlist:\n  - " + value + "\n";
        assertHeld(text, root -> root.remove("x"), "f:1:");
        assertHeld(text, root -> root.put("x", word()), "f:1:");
        assertHeld(text, root -> list(root).remove(list(root).values().get(0)), "f:3:");
        assertHeld(text, root -> list(root).replace(list(root).values().get(0), List.of(word())), "f:3:");
    }

    private static void assertHeld(String text, Consumer<DraftMap> change, String line) {
        assertThatExceptionOfType(NotEditableException.class)
                .isThrownBy(() -> Rewritten.text(text, change))
                .withMessageStartingWith("an anchor or a tag stands in what would be removed")
                .satisfies(refused ->
                        assertThat(refused.at().orElseThrow().toString()).startsWith(line));
    }

    @Test
    void anAliasSaysWhatItsAnchorDoesAndGoesWithWhatHoldsIt() {
        assertThat(Rewritten.text(CLUSTER, root -> {
                    assertThat(read(root, "users").keys()).containsExactly("instances", "groups", "rules");
                    root.remove("last");
                }))
                .isEqualTo(CLUSTER.replace("last: [ *o ]\n", ""));
    }

    @Test
    void besideAnAnchorEverythingIsChanged() {
        assertThat(Rewritten.text(CLUSTER, root -> list(root, "last").add(word())))
                .isEqualTo(CLUSTER.replace("[ *o ]", "[ *o, sg-x ]"));
    }

    @Test
    void whatIsNewGoesAgainAndIsRefusedWithoutAPlace() {
        assertThat(Rewritten.text("a: b\n", root -> {
                    root.put("c", word());
                    root.put("c", DraftList.of(List.of(word())));
                    root.put("d", word());
                    root.remove("d");
                }))
                .isEqualTo("a: b\nc: [sg-x]\n");
        assertThat(word().refusal("no"))
                .hasMessage("no")
                .satisfies(refused -> assertThat(refused.at()).isEmpty());
        assertThat(Rewritten.tree("a: b\n").refusal("no").at()).hasToString("Optional[f:1:1]");
    }

    private static DraftScalar word() {
        return DraftScalar.word("sg-x");
    }

    private static DraftMap read(DraftMap root, String key) {
        return (DraftMap) root.get(key).orElseThrow().read();
    }

    private static DraftList list(DraftMap root) {
        return list(root, "list");
    }

    private static DraftList list(DraftMap root, String key) {
        return Rewritten.list(root, key);
    }

    private static DraftList groups(DraftMap cluster) {
        return Rewritten.list(cluster, "groups");
    }

    private static DraftNode group(DraftMap cluster) {
        return groups(cluster).values().get(0);
    }
}
