package io.secgroupd.controlplane.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.controlplane.aws.sigv4.AccessKey;
import io.secgroupd.controlplane.aws.sigv4.Right;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyReaderTest {

    private static final String SECRET = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJ0+/9";
    private static final String ID = "SGAKABCDEFGHIJ234567";
    private static final String KEY = """
              - name: terraform
                id: SGAKABCDEFGHIJ234567
                secret: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJ0+/9"
                right: write
            """;

    private static KeyRead read(String text) {
        return KeyReader.read("keys.yaml", text.getBytes(StandardCharsets.UTF_8))
                .read();
    }

    @Test
    void keysAreRead() {
        KeyRead read = read("keys:\n" + KEY
                + KEY.replace("terraform", "eye").replace("SGAKA", "SGAKB").replace("write", "read"));
        assertThat(read.problems()).isEmpty();
        assertThat(read.keys())
                .containsExactly(
                        new AccessKey(ID, SECRET, "terraform", Right.WRITE),
                        new AccessKey("SGAKBBCDEFGHIJ234567", SECRET, "eye", Right.READ));
    }

    private static void assertProblem(String text, String problem) {
        KeyRead read = read(text);
        assertThat(read.keys()).isEmpty();
        assertThat(read.problems()).extracting(Object::toString).containsExactly(problem);
    }

    @Test
    void problemsHavePlaces() {
        assertProblem(
                "keys: []\n",
                "keys.yaml:1:7: keys: there is no key, so nobody could do anything; let keys add write one");
        assertProblem(
                "keys:\n" + KEY.replace("write", "admin"), "keys.yaml:5:12: keys[0].right: this is not read or write");
        assertProblem(
                "keys:\n" + KEY.replace("secret: \"", "secret: \"x"),
                "keys.yaml:4:13: keys[0].secret: this is not 40 characters of base64, in quotes");
        assertProblem(
                "keys:\n" + KEY.replace("    id: " + ID + "\n", ""),
                "keys.yaml:2:5: keys[0]: id is missing; write 20 capital letters and digits");
        assertProblem(
                "keys:\n" + KEY + KEY.replace("terraform", "other"),
                "keys.yaml:6:5: keys[1].id: another key has this id already");
        assertProblem(
                "keys:\n" + KEY + KEY.replace("SGAKA", "SGAKB"),
                "keys.yaml:6:5: keys[1].name: another key has this name already");
        assertProblem(
                "",
                "keys.yaml:1:1: there is no list of keys; write keys: and below it a list of keys, or let keys add write it");
    }

    /** A secret may stand in any wrong place. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SECRET",
                "SECRET: [",
                "keys: SECRET",
                "keys: {SECRET: 1}",
                "keys: [SECRET]",
                "keys: [[SECRET]]",
                "keys: [{SECRET: 1}]",
                "keys: [{name: {SECRET: 1}}]",
                "keys: [{name: [SECRET]}]",
                "keys: [{name: 'SECRET SECRET'}]",
                "keys: [{right: SECRET}]",
                "keys: [{id: SECRET}]",
                "keys: [{secret: SECRETx}]",
                "keys: [{name: SECRET, name: SECRET}]",
                "keys: [{SECRET: 1, SECRET: 2}]",
                "keys: [&SECRET a, *SECRETx]",
                "keys: [!SECRET a]",
                "keys: [!<SECRET> a]",
                "keys: {a: \"SECRET\\q\"}",
                "keys: 'SECRET",
                "SECRET\n\tSECRET: @SECRET",
                "%SECRET\n---\n",
                "? SECRET\n: SECRET",
                "---\nSECRET\n---\nSECRET",
            })
    void noProblemRepeatsASecret(String text) {
        KeyRead read = read(text.replace("SECRET", "s3cr3t"));
        assertThat(read.problems()).isNotEmpty();
        assertThat(read.toString()).doesNotContain("s3cr3t");
    }

    @Test
    void textOfWhatWasReadShowsNoSecret() {
        assertThat(read("keys:\n" + KEY).toString()).contains(ID).doesNotContain(SECRET);
    }
}
