package io.secgroupd.controlplane.edit.draft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.secgroupd.controlplane.edit.text.NotEditableException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Children that have lines of their own come and go. */
class LinesTest {

    @Test
    void aNewItemStandsAsFarBehindItsDashAsItsNeighbour() {
        assertThat(Rewritten.list(
                        "groups:\n-   sg-a\n-   sg-b # two\n",
                        "groups",
                        groups -> groups.add(DraftScalar.word("sg-c"))))
                .isEqualTo("groups:\n-   sg-a\n-   sg-b # two\n-   sg-c\n");
    }

    @Test
    void aDashThatIsAloneOnItsLineIsNotImitated() {
        assertThat(Rewritten.list("groups:\n-\n  sg-a\n", "groups", groups -> groups.add(DraftScalar.word("sg-b"))))
                .isEqualTo("groups:\n-\n  sg-a\n- sg-b\n");
    }

    @Test
    void whatComesBehindARemovedFirstItemStandsAboveTheCommentOfTheNext() {
        String before = "groups:\n  # one\n  - sg-a\n  - sg-b\n  # three\n  - sg-c\n";
        assertThat(Rewritten.list(before, "groups", groups -> {
                    DraftNode first = groups.values().get(0);
                    groups.addBehind(first, List.of(DraftScalar.word("sg-x"), DraftScalar.word("sg-y")));
                    groups.remove(groups.values().get(3));
                    groups.remove(first);
                }))
                .isEqualTo("groups:\n  - sg-x\n  - sg-y\n  # three\n  - sg-c\n");
    }

    @Test
    void aListWhoseItemsAreAllOthersKeepsItsPlace() {
        assertThat(Rewritten.list("groups: # who\n\n  # one\n  - sg-a\nname: n\n", "groups", groups -> {
                    groups.add(DraftScalar.word("sg-b"));
                    groups.remove(groups.values().get(0));
                }))
                .isEqualTo("groups: # who\n\n  - sg-b\nname: n\n");
    }

    @Test
    void aMapWithoutItsLastLineIsAnEmptyOne() {
        assertThat(Rewritten.text(
                        "tags: # of the team\n  a: b\nname: n\n",
                        root -> Rewritten.map(root, "tags").remove("a")))
                .isEqualTo("tags: {} # of the team\nname: n\n");
    }

    @Test
    void theSecondKeyMovesUpToTheDashUnlessACommentStandsBetween() {
        assertThat(withoutDescription("- description: web # first\n  protocol: tcp\n"))
                .isEqualTo("- protocol: tcp\n");
        assertThat(withoutDescription("-   description: web # first\n    # second\n    protocol: tcp\n"))
                .isEqualTo("-\n    # second\n    protocol: tcp\n");
    }

    @Test
    void theDashStaysByItselfWhenTheSecondKeyGoesToo() {
        assertThat(Rewritten.list("rules:\n- id: i\n  description: web # both\n  protocol: tcp\n", "rules", rules -> {
                    DraftMap rule = rules.values().get(0).asMap();
                    rule.remove("description");
                    rule.remove("id");
                }))
                .isEqualTo("rules:\n-\n  protocol: tcp\n");
    }

    @Test
    void theCommentOfAFirstKeyBelowTheDashGoesWithIt() {
        assertThat(withoutDescription("- # a rule\n  # for people\n  description: web\n  protocol: tcp\n"))
                .isEqualTo("- # a rule\n  protocol: tcp\n");
    }

    @Test
    void theFirstKeyOfAFileLeavesTheCommentsAboveIt() {
        assertThat(Rewritten.text("# head\n# more\nversion: 1\nname: n\n", root -> root.remove("version")))
                .isEqualTo("# head\n# more\nname: n\n");
    }

    @Test
    void aListThatIsAnItemIsNotEmptied() {
        assertThatExceptionOfType(NotEditableException.class)
                .isThrownBy(() -> Rewritten.list("lists:\n- - a\n- b\n", "lists", lists -> {
                    DraftList inner = lists.values().get(0).asList();
                    inner.remove(inner.values().get(0));
                }))
                .satisfies(refused -> assertThat(refused.at()).hasToString("Optional[f:2:3]"))
                .withMessage("nothing else can stand here");
    }

    private static String withoutDescription(String rule) {
        String after = Rewritten.list(
                "rules:\n" + rule,
                "rules",
                rules -> rules.values().get(0).asMap().remove("description"));
        assertThat(after).startsWith("rules:\n");
        return after.substring("rules:\n".length());
    }
}
