package io.secgroupd.controlplane.edit.draft;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which comments go with a group that is removed. Below, a bar is a line break. */
class CommentsTest {

    @ParameterizedTest
    @CsvSource(delimiter = ';', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
            groups:|  - sg-a|  # b|  # b too|  - sg-b # b|  # c|  - sg-c|;groups:|  - sg-a|  # c|  - sg-c|
            groups:|  - sg-a|  # kept||  # b|  - sg-b|  - sg-c|;groups:|  - sg-a|  # kept||  - sg-c|
            groups:|  - sg-a|  # kept|  |  - sg-b|  - sg-c|;groups:|  - sg-a|  # kept|  |  - sg-c|
            groups:|  - sg-a|# kept|  - sg-b|  - sg-c|;groups:|  - sg-a|# kept|  - sg-c|
            groups:|  - sg-a|    # kept|  - sg-b|  - sg-c|;groups:|  - sg-a|    # kept|  - sg-c|
            groups:|- "a|# a"|- sg-b|- sg-c|;groups:|- "a|# a"|- sg-c|
            groups: [|  # a|  sg-a,|  # b|  sg-b, # b|  sg-c|];groups: [|  # a|  sg-a,|  sg-c|]
            groups: [|  "a|  # a",|  sg-b,|  sg-c|];groups: [|  "a|  # a",|  sg-c|]
            """)
    void areThoseDirectlyAboveInItsColumnAndTheOneBehindIt(String before, String after) {
        assertThat(without(1, before)).isEqualTo(after.replace('|', '\n'));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
            groups: # who|  # a|  - sg-a|  - sg-b|;groups: # who|  - sg-b|
            groups: [ # who|  # a|  sg-a,|  sg-b,|];groups: [ # who|  sg-b,|]
            """)
    void goWithTheFirstAsWithAnyOther(String before, String after) {
        assertThat(without(0, before)).isEqualTo(after.replace('|', '\n'));
    }

    private static String without(int group, String before) {
        return Rewritten.list(
                before.replace('|', '\n'),
                "groups",
                groups -> groups.remove(groups.values().get(group)));
    }
}
