package io.secgroupd.rules.yaml;

import io.secgroupd.rules.text.Location;
import java.util.List;
import java.util.Set;

/** A node of a document with the place where it is written. */
public sealed interface YamlNode {

    Location at();

    /** The kind of this node in the words of a message. */
    String kind();

    /**
     * One value as written: {@code 1.10} stays those four characters and is never a number.
     *
     * @param plain whether it is written without quotes, so that {@code null} means no value
     */
    record Scalar(String text, boolean plain, Location at) implements YamlNode {

        private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

        /** Reports whether this is the null of the YAML 1.2 core schema. */
        public boolean isNull() {
            return plain && NULLS.contains(text);
        }

        @Override
        public String kind() {
            return isNull() ? "nothing" : "a single value";
        }
    }

    record Sequence(List<YamlNode> items, Location at) implements YamlNode {

        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /** Entries in written order, no key twice. */
    record Mapping(List<Entry> entries, Location at) implements YamlNode {

        public Mapping {
            entries = List.copyOf(entries);
        }

        /** Reports whether this is one key without a value, as {@code 2001:db8::} without quotes is. */
        boolean isColonLast() {
            return entries.size() == 1 && entries.get(0).value() instanceof Scalar value && value.isNull();
        }

        @Override
        public String kind() {
            return "a map";
        }
    }

    record Entry(Scalar key, YamlNode value) {}
}
