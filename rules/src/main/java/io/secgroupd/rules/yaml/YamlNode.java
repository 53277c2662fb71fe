package io.secgroupd.rules.yaml;

import java.util.List;

/** A node of a document with the place where it is written. */
public sealed interface YamlNode extends Placed {

    /** The kind of this node in the words of a message. */
    String kind();

    /**
     * One value as written: {@code 1.10} stays those four characters and is never a number.
     *
     * @param plain whether it is written without quotes, so that {@code null} means no value
     */
    record Scalar(String text, boolean plain, String file, int line, int column) implements YamlNode {

        /** Reports whether this is the null of the YAML 1.2 core schema. */
        public boolean isNull() {
            return plain
                    && switch (text) {
                        case "", "~", "null", "Null", "NULL" -> true;
                        default -> false;
                    };
        }

        @Override
        public String kind() {
            return isNull() ? "nothing" : "a single value";
        }
    }

    record Sequence(List<YamlNode> items, String file, int line, int column) implements YamlNode {

        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /** Entries in written order, no key twice. */
    record Mapping(List<Entry> entries, String file, int line, int column) implements YamlNode {

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

    /** A key, its place, and its value. */
    record Entry(String key, String file, int line, int column, YamlNode value) implements Placed {

        Entry(Scalar key, YamlNode value) {
            this(key.text(), key.file(), key.line(), key.column(), value);
        }
    }
}
