package io.secgroupd.controlplane.keys;

import io.secgroupd.controlplane.aws.sigv4.AccessKey;
import io.secgroupd.controlplane.aws.sigv4.Right;
import io.secgroupd.rules.text.Location;
import io.secgroupd.rules.text.Problem;
import io.secgroupd.rules.text.Problem.Severity;
import io.secgroupd.rules.text.Problems;
import io.secgroupd.rules.yaml.Value;
import io.secgroupd.rules.yaml.YamlDocument;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads the text of a file of keys. Messages of the YAML reader quote what they are about, and any word of this file may be a
 * secret that slipped into the wrong place; so none of those is passed on, and all messages are made here.
 */
final class KeyReader {

    static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");
    static final String NAME_RULE = "1 to 64 letters, digits and any of . _ @ -, beginning with a letter or digit";

    private static final Pattern ID = Pattern.compile("[A-Z0-9]{20}");
    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9+/]{40}");
    private static final Set<String> FIELDS = Set.of("name", "id", "secret", "right");
    private static final String EXAMPLE = "write keys: and below it a list of keys, or let keys add write it";

    private final List<Problem> problems = new ArrayList<>();
    private final List<AccessKey> keys = new ArrayList<>();
    private final List<Value> items = new ArrayList<>();

    private KeyReader() {}

    /** What was read, with the places of the keys. */
    record Placed(KeyRead read, List<Location> places) {}

    static Placed read(String file, byte[] bytes) {
        var reader = new KeyReader();
        var ofYaml = new Problems();
        Optional<Value> root = YamlDocument.parse(file, bytes, ofYaml);
        for (Problem problem : ofYaml.sorted()) {
            reader.error(problem.at(), "", "this is not YAML, or something stands here twice");
        }
        root.ifPresent(reader::file);
        return new Placed(
                new KeyRead(reader.keys, reader.problems),
                reader.items.stream().map(Value::at).toList());
    }

    private void error(Location at, String path, String message) {
        problems.add(new Problem(Severity.ERROR, at, path, message));
    }

    private void file(Value root) {
        Map<String, Value> fields = fields(root, "", Set.of("keys"));
        Value list = fields.get("keys");
        if (list == null || !list.isList()) {
            error(list == null ? root.at() : list.at(), "", "there is no list of keys; " + EXAMPLE);
            return;
        }
        list.items().ifPresent(items::addAll);
        if (items.isEmpty()) {
            error(list.at(), "keys", "there is no key, so nobody could do anything; let keys add write one");
        }
        for (int i = 0; i < items.size(); i++) {
            key(items.get(i), "keys[" + i + "]");
        }
        twice();
    }

    private Map<String, Value> fields(Value map, String path, Set<String> known) {
        var fields = new TreeMap<String, Value>();
        if (!map.isMap()) {
            return fields;
        }
        for (Value.NamedValue entry : map.entries().orElse(List.of())) {
            if (known.contains(entry.key())) {
                fields.put(entry.key(), entry.value());
            } else {
                error(
                        entry.at(),
                        path,
                        "unknown key; write "
                                + String.join(", ", known.stream().sorted().toList()));
            }
        }
        return fields;
    }

    private void key(Value item, String path) {
        Map<String, Value> fields = fields(item, path, FIELDS);
        Optional<String> name = text(item, fields, path, "name", NAME, NAME_RULE);
        Optional<String> id = text(item, fields, path, "id", ID, "20 capital letters and digits");
        Optional<String> secret = text(item, fields, path, "secret", SECRET, "40 characters of base64, in quotes");
        Optional<String> right = text(item, fields, path, "right", Pattern.compile("read|write"), "read or write");
        if (name.isPresent() && id.isPresent() && secret.isPresent() && right.isPresent()) {
            Right given = right.get().equals("write") ? Right.WRITE : Right.READ;
            keys.add(new AccessKey(id.get(), secret.get(), name.get(), given));
        }
    }

    private Optional<String> text(
            Value item, Map<String, Value> fields, String path, String field, Pattern form, String rule) {
        Value value = fields.get(field);
        if (value == null) {
            error(item.at(), path, field + " is missing; write " + rule);
            return Optional.empty();
        }
        Optional<String> text = value.isSingle() && !value.isNull() ? value.text() : Optional.empty();
        Optional<String> sound = text.filter(each -> form.matcher(each).matches());
        if (sound.isEmpty()) {
            error(value.at(), path + "." + field, "this is not " + rule);
        }
        return sound;
    }

    private void twice() {
        var ids = new HashSet<String>();
        var names = new HashSet<String>();
        if (!problems.isEmpty()) {
            return; // then keys and items are not the same in number
        }
        for (int i = 0; i < keys.size(); i++) {
            if (!ids.add(keys.get(i).id())) {
                error(items.get(i).at(), "keys[" + i + "].id", "another key has this id already");
            }
            if (!names.add(keys.get(i).name())) {
                error(items.get(i).at(), "keys[" + i + "].name", "another key has this name already");
            }
        }
    }
}
