package io.secgroupd.controlplane.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secgroupd.controlplane.aws.sigv4.AccessKey;
import io.secgroupd.controlplane.aws.sigv4.Right;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFileTest {

    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void setUp() {
        file = directory.resolve("keys.yaml");
    }

    private AccessKey add(String name) throws IOException {
        return KeyFile.add(file, name, Right.WRITE, RANDOM);
    }

    private void mode(String permissions) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private List<String> problems() {
        return KeyFile.read(file).problems().stream().map(Object::toString).toList();
    }

    @Test
    void addedKeysAreReadBack() throws IOException {
        AccessKey first = add("terraform");
        assertThat(first.id()).matches("SGAK[A-Z2-7]{16}");
        assertThat(first.secret()).matches("[A-Za-z0-9+/]{40}");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        String text = Files.readString(file);
        AccessKey second = KeyFile.add(file, "eye", Right.READ, RANDOM);
        assertThat(KeyFile.read(file).keys()).containsExactly(first, second);
        assertThat(Files.readString(file)).startsWith(text);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (Stream<Path> all = Files.list(directory)) {
            assertThat(all).containsExactly(file);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "keys:\n- name: a\n  id: SGAKABCDEFGHIJ234567\n  right: read # rather\n  secret: %s",
                "keys:\r\n     -    right: read\r\n          name: a\r\n          id: SGAKABCDEFGHIJ234567\r\n          secret: '%s'\r\n",
                "\ufeffkeys:\n  - {name: a, id: SGAKABCDEFGHIJ234567, secret: %s, right: read}\n\n\n",
            })
    void textBeforeStaysWhateverItsForm(String form) throws IOException {
        String text = form.replace("%s", "x".repeat(40));
        Files.writeString(file, text);
        mode("rw-------");
        AccessKey added = add("b");
        assertThat(Files.readString(file)).startsWith(text).isNotEqualTo(text);
        assertThat(KeyFile.read(file).keys()).hasSize(2).contains(added);
    }

    @Test
    void formThatCannotBeAppendedToStays() throws IOException {
        String text = "keys: [{name: a, id: SGAKABCDEFGHIJ234567, secret: " + "x".repeat(40) + ", right: read}]\n";
        Files.writeString(file, text);
        mode("rw-------");
        assertThatThrownBy(() -> add("b")).isInstanceOf(IOException.class).hasMessageContaining("has another form");
        assertThat(Files.readString(file)).isEqualTo(text);
    }

    @Test
    void nameIsUsedOnceAndPlain() throws IOException {
        add("a");
        String text = Files.readString(file);
        assertThatThrownBy(() -> add("a")).isInstanceOf(IOException.class).hasMessageContaining("already");
        for (String name : List.of("", "a b", "a\"", "a\nb", "-a", "x".repeat(65))) {
            assertThatThrownBy(() -> add(name)).isInstanceOf(IOException.class).hasMessageContaining("A name of a key");
        }
        assertThat(Files.readString(file)).isEqualTo(text);
    }

    @Test
    void brokenFileIsNotAddedTo() throws IOException {
        Files.writeString(file, "keys: [");
        mode("rw-------");
        assertThatThrownBy(() -> add("a")).isInstanceOf(IOException.class);
        assertThat(Files.readString(file)).isEqualTo("keys: [");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-----w-", "rw---x---", "rwx------"})
    void fileThatOthersCouldHaveReadIsRefused(String permissions) throws IOException {
        add("a");
        mode(permissions);
        assertThat(problems()).hasSize(1).first().asString().contains("run chmod 0600");
        assertThatThrownBy(() -> KeyFile.open(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("chmod 0600");
    }

    @Test
    void stricterModeIsRight() throws IOException {
        add("a");
        mode("r--------");
        assertThat(problems()).isEmpty();
    }

    @Test
    void fileOfAnotherUserIsRefused() throws IOException {
        add("a");
        Assumptions.assumeTrue(
                Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "Only root can give a file away.");
        Files.setAttribute(file, "unix:uid", 1);
        assertThat(problems()).hasSize(1).first().asString().contains("neither root nor the user of this process");
    }

    @Test
    void missingFileAndDirectoryAreRefused() throws IOException {
        assertThat(problems()).hasSize(1).first().asString().contains("cannot be read");
        Files.createDirectory(file);
        assertThat(problems()).hasSize(1).first().asString().contains("not a regular file");
    }

    @Test
    void linkMustNotLeadWhereOthersMayWrite() throws IOException {
        AccessKey key = add("a");
        Path real = Files.createDirectory(directory.resolve("real")).resolve("keys.yaml");
        Files.move(file, real);
        Files.createSymbolicLink(file, real);
        assertThat(KeyFile.read(file).keys()).containsExactly(key);
        AccessKey more = add("b");
        assertThat(file).isSymbolicLink();
        assertThat(KeyFile.read(real).keys()).containsExactly(key, more);
        Files.setPosixFilePermissions(real.getParent(), PosixFilePermissions.fromString("rwxrwx---"));
        assertThat(problems()).hasSize(1).first().asString().contains("where others may write");
    }

    @Test
    void changesAreFollowedAndBadOnesAreNot() throws IOException {
        AccessKey first = add("a");
        KeyFile open = KeyFile.open(file);
        assertThat(open.current().find(first.id())).contains(first);
        AccessKey second = add("b");
        assertThat(open.current().find(second.id())).contains(second);
        String good = Files.readString(file);

        Files.writeString(file, "keys: []\n");
        assertThat(open.current().find(second.id())).contains(second);
        assertThat(open.problems()).hasSize(1);
        Files.writeString(file, good.replace("SGAK", "SGAX"));
        assertThat(open.current().find(second.id())).isEmpty();
        assertThat(open.problems()).isEmpty();

        mode("rw-r--r--");
        assertThat(open.current().find(second.id())).isEmpty();
        assertThat(open.problems()).hasSize(1);
        Files.delete(file);
        assertThat(open.current().find(first.id().replace("SGAK", "SGAX"))).isPresent();
        assertThat(open.problems()).hasSize(1);
    }

    @Test
    void noMessageOfAddShowsASecret() throws IOException {
        AccessKey key = add("a");
        Files.writeString(file, Files.readString(file).replace("right: write", "right: " + key.secret()));
        assertThatThrownBy(() -> add("b")).hasMessageNotContaining(key.secret());
        assertThat(KeyFile.read(file).toString()).doesNotContain(key.secret());
        assertThat(key.toString()).doesNotContain(key.secret());
    }
}
