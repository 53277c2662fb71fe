package io.secgroupd.controlplane.edit.draft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Children within brackets and braces come and go. Where a bar stands in a text, it is a line break. */
class BracketsTest {

    @ParameterizedTest
    @ValueSource(strings = {"[ ] # none", "[]", "[sg-a ]", "[ sg-a, ]", "|- sg-a"})
    void whatComesAndGoesInOneEditLeavesNothingBehind(String groups) {
        String before = lines("groups: " + groups + "|");
        assertThat(Rewritten.list(before, "groups", list -> {
                    DraftNode item = DraftScalar.word("sg-x");
                    list.add(item);
                    list.remove(item);
                }))
                .isEqualTo(before);
    }

    @Test
    void emptyBracketsGetTheFirstItemWithoutTheBlanksThatStoodThere() {
        assertThat(Rewritten.list("groups: [ ] # who\n", "groups", groups -> groups.add(DraftScalar.word("sg-a"))))
                .isEqualTo("groups: [sg-a] # who\n");
        assertThat(Rewritten.text(
                        "tags: {   }\n", root -> Rewritten.map(root, "tags").put("a", DraftScalar.quoted("b"))))
                .isEqualTo("tags: { \"a\": \"b\" }\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            [ sg-a, sg-b ];        []
            [sg-a,];               []
            [ # why|  sg-a,|  sg-b|]; [ # why|]
            [ sg-a, # one|  sg-b ]; [ # one|  ]
            [ sg-a # last|];       [ # last|]
            """)
    void whenAllGoTheCommentsOfOthersStay(String before, String after) {
        assertThat(remove(before, 0, 1)).isEqualTo(lines(after));
    }

    @Test
    void bracesWithoutTheirLastEntryHoldNoBlanks() {
        assertThat(Rewritten.text(
                        "tags: { a: b } # one\n",
                        root -> Rewritten.map(root, "tags").remove("a")))
                .isEqualTo("tags: {} # one\n");
    }

    @Test
    void newItemsInThePlaceOfAllOthersStandBehindTheBracket() {
        assertThat(Rewritten.list("groups: [ # who\n  sg-a\n]\n", "groups", groups -> {
                    groups.remove(groups.values().get(0));
                    groups.add(DraftScalar.word("sg-b"));
                    groups.add(DraftScalar.word("sg-c"));
                }))
                .isEqualTo("groups: [sg-b, sg-c # who\n]\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            [sg-a, sg-b, sg-c];      1; [sg-a, sg-c]
            [ sg-a, sg-b, ];         1; [ sg-a, ]
            [sg-a, sg-b,];           1; [sg-a,]
            [ sg-a, sg-b ];          1; [ sg-a ]
            [ sg-a, sg-b ];          0; [ sg-b ]
            [sg-a, sg-b];            0; [sg-b]
            [sg-a, sg-b,|  sg-c];    1; [sg-a,|  sg-c]
            [sg-a, sg-b, # b|  sg-c]; 1; [sg-a, # b|  sg-c]
            [sg-a, # a|  sg-b];      0; [ # a|  sg-b]
            [ sg-a,|  sg-b ];        0; [|  sg-b ]
            [sg-a,|  sg-b];          1; [sg-a|  ]
            [sg-a, # a|  sg-b];      1; [sg-a # a|  ]
            [|  sg-a, # a|  sg-b # b|]; 1; [|  sg-a # a|]
            """)
    void oneGoesWithItsCommaAndTheBlanksThatSetItApart(String before, int gone, String after) {
        assertThat(remove(before, gone)).isEqualTo(lines(after));
    }

    @Test
    void theLastTwoGoWithTheCommaBeforeThem() {
        assertThat(remove("[sg-a, sg-b, sg-c]", 1, 2)).isEqualTo("[sg-a]");
    }

    @Test
    void whatComesBehindARemovedFirstItemStandsBeforeTheNext() {
        assertThat(Rewritten.list("groups: [ sg-a, sg-b ]\n", "groups", groups -> {
                    DraftNode first = groups.values().get(0);
                    groups.addBehind(first, List.of(DraftScalar.word("sg-x"), DraftScalar.word("sg-y")));
                    groups.remove(first);
                }))
                .isEqualTo("groups: [ sg-x, sg-y, sg-b ]\n");
    }

    @Test
    void emptyBracketsOpenUpAsFarToTheRightAsTheirNeighbours() {
        String before = "a:\n    b: c\nlist:\n  - x\n";
        assertThat(Rewritten.text(before + "groups: {} # none\nrules: []\n", root -> {
                    DraftMap group = DraftMap.spread();
                    group.put("name", DraftScalar.text("web"));
                    Rewritten.map(root, "groups").put("sg-a", group);
                    Rewritten.list(root, "rules").add(DraftMap.ofTexts(Map.of("k", "v")));
                }))
                .isEqualTo(before + """
                        groups: # none
                            sg-a:
                                name: web
                        rules:
                          - { "k": "v" }
                        """);
    }

    @Test
    void emptyBracketsStayWhereACommentTouchesThem() {
        assertThat(Rewritten.list("rules: []#none\n", "rules", rules -> rules.add(DraftMap.ofTexts(Map.of("k", "v")))))
                .isEqualTo("rules: [{ \"k\": \"v\" }]#none\n");
    }

    /** The list without the items of these numbers, the first one 0; a number that is too high stands for none. */
    private static String remove(String list, Integer... gone) {
        String after = Rewritten.list("groups: " + lines(list) + "\n", "groups", groups -> {
            List<DraftNode> all = groups.values();
            List.of(gone).stream().filter(i -> i < all.size()).forEach(i -> groups.remove(all.get(i)));
        });
        return after.substring("groups: ".length(), after.length() - 1);
    }

    private static String lines(String text) {
        return text.replace('|', '\n');
    }
}
