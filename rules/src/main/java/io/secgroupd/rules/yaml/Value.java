package io.secgroupd.rules.yaml;

import io.secgroupd.rules.net.Decimal;
import io.secgroupd.rules.text.Location;
import io.secgroupd.rules.text.Printable;
import io.secgroupd.rules.text.Problem.Severity;
import io.secgroupd.rules.text.Problems;
import io.secgroupd.rules.text.Quote;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A node with the path that leads to it. Its readers return the typed value, or report what is wrong here and return
 * empty. The caller then goes on with the next value, so that all problems are found in one pass.
 */
public final class Value {

    /** The longest name or description, in code points. */
    public static final int MAX_LABEL = 255;

    /** In characters; most paths are shorter, and each rule has one. */
    private static final int PATH = 64;

    private final @Nullable Value parent;
    /** The key that leads here from the parent, unless it is a list. */
    private final @Nullable String key;

    private final int index;
    private final YamlNode node;
    private final Problems problems;

    private Value(@Nullable Value parent, @Nullable String key, int index, YamlNode node, Problems problems) {
        this.parent = parent;
        this.key = key;
        this.index = index;
        this.node = node;
        this.problems = problems;
    }

    static Value root(YamlNode node, Problems problems) {
        return new Value(null, null, 0, node, problems);
    }

    /** The value of an entry of this map. */
    Value child(YamlNode.Entry entry) {
        return new Value(this, entry.key(), 0, entry.value(), problems);
    }

    NamedValue named(YamlNode.Entry entry) {
        return new NamedValue(entry.key(), entry.at(), child(entry));
    }

    @Nullable
    String key() {
        return key;
    }

    public Location at() {
        return node.at();
    }

    /** The element in dotted form, such as {@code security_groups.sg-web.inbound[2].ports}. */
    public String path() {
        var path = new StringBuilder(PATH);
        appendPath(path);
        return path.toString();
    }

    private void appendPath(StringBuilder path) {
        if (parent == null) {
            return;
        }
        parent.appendPath(path);
        if (key != null) {
            Path.appendKey(path, key);
        } else {
            Path.appendItem(path, index);
        }
    }

    public void error(String message) {
        error(() -> message);
    }

    /** Reports an error whose message is costly: it is made only when the error is listed. */
    public void error(Supplier<String> message) {
        problems.report(Severity.ERROR, at(), this::path, message);
    }

    public void warning(String message) {
        warning(() -> message);
    }

    /** Reports a warning whose message is costly. */
    public void warning(Supplier<String> message) {
        problems.report(Severity.WARNING, at(), this::path, message);
    }

    public boolean isNull() {
        return node instanceof YamlNode.Scalar scalar && scalar.isNull();
    }

    public boolean isMap() {
        return node instanceof YamlNode.Mapping;
    }

    public boolean isList() {
        return node instanceof YamlNode.Sequence;
    }

    /** Reports whether this is a single value, neither a list nor a map. */
    public boolean isSingle() {
        return node instanceof YamlNode.Scalar;
    }

    /** The characters of a single value, whatever a YAML schema would make of them. */
    public Optional<String> text() {
        if (node instanceof YamlNode.Scalar scalar && !scalar.isNull()) {
            return Optional.of(scalar.text());
        }
        wrongKind("one value");
        return Optional.empty();
    }

    /** A text for people: at most {@value #MAX_LABEL} characters, all of them printable. */
    public Optional<String> label() {
        Optional<String> text = text();
        return text.isPresent() && isLabel(text.get()) ? text : Optional.empty();
    }

    private boolean isLabel(String text) {
        int length = text.codePointCount(0, text.length());
        if (length > MAX_LABEL) {
            error(length + " characters; write at most " + MAX_LABEL);
            return false;
        }
        OptionalInt bad = Printable.firstUnprintable(text);
        if (bad.isPresent()) {
            int c = bad.getAsInt();
            error(String.format("the character U+%04X is not printable; %s", c, removal(c)));
        }
        return bad.isEmpty();
    }

    private static String removal(int character) {
        return character == '\n' ? "write one line, in quotes" : "remove it";
    }

    /** A whole number from {@code min} to {@code max}, without sign, blanks or leading zeros. */
    public OptionalInt integer(int min, int max) {
        return text().stream()
                .flatMapToInt(text -> {
                    OptionalInt number = Decimal.parse(text, max);
                    if (number.isEmpty() || number.getAsInt() < min) {
                        error(Quote.of(text) + " is not a number from " + min + " to " + max + "; write one, such as "
                                + Math.max(min, 1));
                        return OptionalInt.empty().stream();
                    }
                    return number.stream();
                })
                .findFirst();
    }

    /** One of these words. */
    public Optional<String> word(Collection<String> words) {
        return text().filter(text -> {
            if (!words.contains(text)) {
                error(Quote.of(text) + " is not a valid value; write " + String.join(" or ", words));
                return false;
            }
            return true;
        });
    }

    /** {@code true} or {@code false}. */
    public Optional<Boolean> bool() {
        return word(List.of("true", "false")).map(Boolean::valueOf);
    }

    /** The items of a list. */
    public Optional<List<Value>> items() {
        if (node instanceof YamlNode.Sequence sequence) {
            var values = new ArrayList<Value>(sequence.items().size());
            for (YamlNode item : sequence.items()) {
                values.add(new Value(this, null, values.size(), item, problems));
            }
            return Optional.of(values);
        }
        wrongKind("a list");
        return Optional.empty();
    }

    /** The items of a list, or this value alone. An empty list is a problem. */
    public Optional<List<Value>> oneOrMore() {
        if (!isList()) {
            return Optional.of(List.of(this));
        }
        return items().filter(items -> {
            if (items.isEmpty()) {
                error("the list is empty; write at least one");
            }
            return !items.isEmpty();
        });
    }

    /** The entries of a map whose keys the operator chooses. */
    public Optional<List<NamedValue>> entries() {
        if (node instanceof YamlNode.Mapping mapping) {
            return Optional.of(mapping.entries().stream().map(this::named).toList());
        }
        wrongKind("a map");
        return Optional.empty();
    }

    /** The fields of a map that may have these keys and no others. */
    public Optional<Fields> fields(Set<String> known) {
        return fields(known, Map.of());
    }

    /**
     * The fields of a map that may have these keys and no others.
     *
     * @param elsewhere keys that other tools use for the same, each with ours
     */
    public Optional<Fields> fields(Set<String> known, Map<String, String> elsewhere) {
        if (node instanceof YamlNode.Mapping mapping) {
            return Optional.of(new Fields(this, mapping.entries(), known, elsewhere));
        }
        wrongKind("a map");
        return Optional.empty();
    }

    /** A key that the operator chose, with its value. */
    public record NamedValue(String key, Location at, Value value) {

        /** Reports a problem of the key itself. */
        public void error(String message) {
            error(() -> message);
        }

        void error(Supplier<String> message) {
            value.problems.report(Severity.ERROR, at, value::path, message);
        }
    }

    private void wrongKind(String expected) {
        error(
                isNull()
                        ? "there is no value here; write " + expected + ", or remove it"
                        : "this is " + node.kind() + "; write " + fix(expected));
    }

    private String fix(String expected) {
        if (expected.equals("a list")
                && node instanceof YamlNode.Scalar scalar
                && scalar.text().length() <= MAX_LABEL) {
            return "[" + Quote.step(scalar.text()) + "]";
        }
        if (expected.equals("one value") && node instanceof YamlNode.Mapping map && map.isColonLast()) {
            return Quote.of(map.entries().get(0).key() + ":") + ", in quotes";
        }
        return expected;
    }
}
