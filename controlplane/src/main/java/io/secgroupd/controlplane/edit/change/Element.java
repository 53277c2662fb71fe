package io.secgroupd.controlplane.edit.change;

import io.secgroupd.rules.text.Quote;

/**
 * Something with a name in the file.
 *
 * @param id the key under which it stands
 */
public record Element(ElementKind kind, String id) {

    /** The kinds of elements, with the key of the map that they stand in and a word for people. */
    public enum ElementKind {
        GROUP("security_groups", "security group"),
        LIST("prefix_lists", "prefix list"),
        INSTANCE("instances", "instance"),
        CLUSTER("clusters", "cluster");

        private final String section;
        private final String word;

        ElementKind(String section, String word) {
            this.section = section;
            this.word = word;
        }

        public String section() {
            return section;
        }

        public String word() {
            return word;
        }
    }

    public static Element group(String id) {
        return new Element(ElementKind.GROUP, id);
    }

    public static Element list(String id) {
        return new Element(ElementKind.LIST, id);
    }

    public static Element instance(String name) {
        return new Element(ElementKind.INSTANCE, name);
    }

    public static Element cluster(String name) {
        return new Element(ElementKind.CLUSTER, name);
    }

    /** {@code security group "sg-web"}. */
    @Override
    public String toString() {
        return kind.word() + " " + Quote.of(id);
    }
}
