package io.secgroupd.controlplane.edit.random;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A file as it was printed.
 *
 * @param lines    each with its line break
 * @param owners   of each line: the paths of the elements that stand on it, even in part
 * @param comments the paths of the elements that each comment belongs to, in the order in which the comments stand
 */
record Printed(List<String> lines, List<Set<String>> owners, Map<String, Set<String>> comments) {

    String text() {
        return String.join("", lines);
    }

    /** Reports whether a path is one of these, or leads into one of them. */
    static boolean isWithin(String path, Set<String> elements) {
        return elements.stream()
                .anyMatch(element ->
                        path.equals(element) || path.startsWith(element + ".") || path.startsWith(element + "["));
    }
}
