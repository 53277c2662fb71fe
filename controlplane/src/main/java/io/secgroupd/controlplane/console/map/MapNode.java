package io.secgroupd.controlplane.console.map;

import java.util.List;

/**
 * Something that rules are about: a group, a list, a prefix, or everything.
 *
 * @param id       as a rule would name it
 * @param kind     {@code group}, {@code list}, {@code prefix} or {@code any}
 * @param label    its name for people, or the id
 * @param members  the instances of it; the entries of a list
 * @param clusters that have the group
 */
public record MapNode(String id, String kind, String label, int members, List<String> clusters) {

    public MapNode {
        clusters = List.copyOf(clusters);
    }
}
