package io.secgroupd.controlplane.keys;

import io.secgroupd.controlplane.aws.sigv4.AccessKey;
import io.secgroupd.controlplane.aws.sigv4.Right;
import io.secgroupd.rules.text.Location;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Adds a key at the end of a file. Every byte that stood there before stays. */
final class KeyAdder {

    private static final String HEAD = """
            # Access keys of the AWS-compatible API. The secrets stand here in the clear, because signatures are checked with
            # them: keep the mode 0600.
            keys:
            """;

    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final String ID_BEGINS = "SGAK";
    private static final int ID_LETTERS = 16;

    /** 30 bytes are 40 characters of base64, without padding. */
    private static final int SECRET_BYTES = 30;

    private static final Pattern DASH = Pattern.compile("([ ]*)-[ ]+");

    private KeyAdder() {}

    static AccessKey add(Path file, String name, Right right, SecureRandom random) throws IOException {
        if (!KeyReader.NAME.matcher(name).matches()) {
            throw new IOException("A name of a key is " + KeyReader.NAME_RULE + ".");
        }
        AccessKey key = new AccessKey(id(random), secret(random), name, right);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            WholeFile.create(file, (HEAD + item(key, "  ", "\n")).getBytes(StandardCharsets.UTF_8));
            return key;
        }
        List<AccessKey> before = KeyFile.read(file).orThrow();
        if (before.stream().anyMatch(other -> other.name().equals(name))) {
            throw new IOException("There is a key with the name " + name + " already.");
        }
        byte[] old = KeyFile.bytes(file);
        byte[] text = appended(file, old, key);
        requireSame(file, text, before, key);
        WholeFile.replace(file, old, text);
        return key;
    }

    private static String id(SecureRandom random) {
        var id = new StringBuilder(ID_BEGINS);
        for (int i = 0; i < ID_LETTERS; i++) {
            id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return id.toString();
    }

    private static String secret(SecureRandom random) {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String item(AccessKey key, String indent, String end) {
        return String.join(
                        end,
                        indent + "- name: \"" + key.name() + "\"",
                        indent + "  id: " + key.id(),
                        indent + "  secret: \"" + key.secret() + "\"",
                        indent + "  right: " + key.right().name().toLowerCase(Locale.ROOT))
                + end;
    }

    private static byte[] appended(Path file, byte[] old, AccessKey key) throws IOException {
        String text = new String(old, StandardCharsets.UTF_8);
        String end = text.contains("\r\n") ? "\r\n" : "\n";
        String gap = text.endsWith("\n") ? "" : end;
        byte[] more = (gap + item(key, indent(file, old), end)).getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(old, old.length + more.length);
        System.arraycopy(more, 0, all, old.length, more.length);
        return all;
    }

    /** The blanks before the dash of the last key. */
    private static String indent(Path file, byte[] old) throws IOException {
        List<Location> places = KeyReader.read(file.toString(), old).places();
        Location last = places.get(places.size() - 1);
        List<String> lines = new String(old, StandardCharsets.UTF_8).lines().toList();
        String before = lines.get(last.line() - 1).substring(0, last.column() - 1);
        Matcher dash = DASH.matcher(before);
        if (!dash.matches()) {
            throw otherForm(file);
        }
        return dash.group(1);
    }

    private static IOException otherForm(Path file) {
        return new IOException(
                file + " has another form than a list with a dash before each key, at its end; write it so, or"
                        + " add the key by hand.");
    }

    /** Reads the new text, which must say what the old one said and one key more. */
    private static void requireSame(Path file, byte[] text, List<AccessKey> before, AccessKey key) throws IOException {
        var wanted = new ArrayList<>(before);
        wanted.add(key);
        KeyRead read = KeyReader.read(file.toString(), text).read();
        Optional<List<AccessKey>> found = Optional.of(read.keys()).filter(keys -> keys.equals(wanted));
        if (found.isEmpty()) {
            throw otherForm(file);
        }
    }
}
