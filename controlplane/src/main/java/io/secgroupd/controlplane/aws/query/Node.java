package io.secgroupd.controlplane.aws.query;

import io.secgroupd.controlplane.aws.AwsError;
import io.secgroupd.controlplane.aws.AwsRefusal;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A point in the tree that the dots of names draw: it has a value, or parts, or is an empty list with a bare name. */
final class Node {

    /** The model's deepest names have six parts. */
    static final int MAX_DEPTH = 8;

    /** Parts are kept by number and not at it, so that a great number costs no memory. */
    static final int MAX_INDEX = 10_000;

    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    private static final Pattern INDEX = Pattern.compile("[1-9][0-9]{0,4}");

    private final String path;
    private final Map<String, Node> parts = new TreeMap<>();
    private @Nullable String value;

    private Node(String path) {
        this.path = path;
    }

    /**
     * The root of the tree of these parameters.
     *
     * @throws AwsRefusal when a name is too deep, has an empty part or a number out of bounds, or is both a value and
     *     the beginning of other names
     */
    static Node treeOf(Map<String, String> parameters) {
        Node root = new Node("");
        parameters.forEach((name, value) -> {
            String[] steps = name.split("\\.", MAX_DEPTH + 1);
            if (steps.length > MAX_DEPTH) {
                throw malformed("the name " + name + " has more than " + MAX_DEPTH + " parts.");
            }
            Node node = root;
            for (String step : steps) {
                node = node.child(step);
            }
            node.value = value;
        });
        root.check();
        return root;
    }

    private Node child(String step) {
        String name = path.isEmpty() ? step : path + "." + step;
        if (step.isEmpty()) {
            throw malformed("the name " + name + " has an empty part.");
        }
        // 01 would be a second name for 1, and one of the two could be overlooked.
        if (DIGITS.matcher(step).matches() && (!INDEX.matcher(step).matches() || Integer.parseInt(step) > MAX_INDEX)) {
            throw malformed("the number in " + name + " is not from 1 to " + MAX_INDEX + ".");
        }
        return parts.computeIfAbsent(step, unused -> new Node(name));
    }

    /** A bare name such as {@code A=} says an empty list, and may stand beside the members of the list. */
    private void check() {
        if (value != null && !value.isEmpty() && !parts.isEmpty()) {
            throw malformed("the parameter " + path + " has both a value and parts.");
        }
        parts.values().forEach(Node::check);
    }

    /** The whole name, as the client wrote it. */
    String path() {
        return path;
    }

    @Nullable
    String value() {
        return value;
    }

    @Nullable
    Node part(String name) {
        return parts.get(name);
    }

    boolean hasParts() {
        return !parts.isEmpty();
    }

    Collection<Node> parts() {
        return Collections.unmodifiableCollection(parts.values());
    }

    /** The parts with a number, in the order of their numbers; gaps do not count. */
    Collection<Node> numbered() {
        Map<Integer, Node> numbered = new TreeMap<>();
        parts.forEach((name, node) -> {
            if (INDEX.matcher(name).matches()) {
                numbered.put(Integer.valueOf(name), node);
            }
        });
        return numbered.values();
    }

    private static AwsRefusal malformed(String detail) {
        return new AwsRefusal(AwsError.malformedQuery(detail));
    }
}
