package io.secgroupd.controlplane.aws.query;

import io.secgroupd.controlplane.aws.AwsError;
import io.secgroupd.controlplane.aws.AwsRefusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of one request, or of one structure in it. It remembers which names were read, because in a firewall a
 * parameter that is silently ignored is a hole. It belongs to one request and one thread.
 *
 * <p>All reads throw {@link AwsRefusal} with AWS's code and text when the parameter is of another form than asked for.
 */
public final class Parameters {

    private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,10}");

    private final Node node;
    private final Set<String> read;

    private Parameters(Node node, Set<String> read) {
        this.node = node;
        this.read = read;
    }

    /**
     * The parameters of a form.
     *
     * @throws AwsRefusal when the body is too big, has too many parameters or is not well formed
     */
    public static Parameters parse(byte[] body) {
        return new Parameters(Node.treeOf(FormBody.decode(body)), new TreeSet<>());
    }

    /** Whether there is anything of this name, be it empty. A name that is absent differs from an empty one. */
    public boolean has(String name) {
        return node.part(name) != null;
    }

    /** A text; it may be empty. */
    public Optional<String> text(String name) {
        return Optional.ofNullable(node.part(name)).map(this::value);
    }

    /** A text that must be there; it may be empty. */
    public String required(String name) {
        return text(name).orElseThrow(() -> missing(name));
    }

    /** A whole number of 32 bits. */
    public OptionalInt integer(String name) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        long number = INTEGER.matcher(text.get()).matches() ? Long.parseLong(text.get()) : Long.MAX_VALUE;
        if (number != (int) number) {
            throw invalid(name, text.get(), "It must be an integer.");
        }
        return OptionalInt.of((int) number);
    }

    /** True or false, in any case of letters; 1 and 0 as well. */
    public Optional<Boolean> bool(String name) {
        return text(name).map(text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw invalid(name, text, "It must be true or false.");
        });
    }

    /** A structure; none when there is no such name. */
    public Optional<Parameters> structure(String name) {
        return Optional.ofNullable(node.part(name)).map(part -> {
            refuseValue(part);
            return new Parameters(part, read);
        });
    }

    /** A list of structures as EC2 writes it: {@code Name.1}, {@code Name.2} and so on. */
    public List<Parameters> list(String name) {
        return wrapped(elements(node.part(name)));
    }

    /** A list of structures as RDS writes it: {@code Name.Member.1}, or {@code Name.member.1} of hand-made clients. */
    public List<Parameters> list(String name, String member) {
        return wrapped(elements(name, member));
    }

    /** A list of texts as EC2 writes it. */
    public List<String> texts(String name) {
        return elements(node.part(name)).stream().map(this::value).toList();
    }

    /** A list of texts as RDS writes it. */
    public List<String> texts(String name, String member) {
        return elements(name, member).stream().map(this::value).toList();
    }

    /** The names in the whole request that nobody has read so far, sorted. */
    public List<String> unread() {
        Set<String> unread = new TreeSet<>();
        collect(node, unread);
        unread.removeAll(read);
        return List.copyOf(unread);
    }

    /** Refuses the request for the first name that nobody has read. For operations that change something. */
    public void refuseUnread() {
        for (String name : unread()) {
            throw new AwsRefusal(AwsError.of("UnknownParameter", "The parameter " + name + " is not recognized"));
        }
    }

    /** The error for a parameter of this structure that is not there. */
    public AwsRefusal missing(String name) {
        return new AwsRefusal(AwsError.of("MissingParameter", "The request must contain the parameter " + path(name)));
    }

    /** The error for a value that does not fit, with a sentence that says what would. */
    public AwsRefusal invalid(String name, String value, String sentence) {
        return new AwsRefusal(
                AwsError.invalid("Value (" + value + ") for parameter " + path(name) + " is invalid. " + sentence));
    }

    /** The whole name of a parameter of this structure. */
    public String path(String name) {
        return node.path().isEmpty() ? name : node.path() + "." + name;
    }

    private List<Parameters> wrapped(List<Node> elements) {
        elements.forEach(this::refuseValue);
        return elements.stream().map(element -> new Parameters(element, read)).toList();
    }

    private List<Node> elements(@Nullable Node list) {
        if (list == null) {
            return List.of();
        }
        refuseValue(list);
        return List.copyOf(list.numbered());
    }

    private List<Node> elements(String name, String member) {
        Node list = node.part(name);
        if (list == null) {
            return List.of();
        }
        refuseValue(list);
        List<Node> elements = new ArrayList<>(elements(list.part(member)));
        Node unnamed = list.part("member");
        if (unnamed != null && !member.equals("member")) {
            if (!elements.isEmpty()) {
                throw new AwsRefusal(AwsError.malformedQuery("the list " + list.path() + " is written in two ways."));
            }
            elements.addAll(elements(unnamed));
        }
        return elements;
    }

    /** Only an empty value may stand where parts are expected: it says that there are none. */
    private void refuseValue(Node list) {
        String value = list.value();
        if (value == null) {
            return;
        }
        if (!value.isEmpty()) {
            throw new AwsRefusal(AwsError.invalid("The parameter " + list.path() + " must not have a value itself."));
        }
        read.add(list.path());
    }

    private String value(Node leaf) {
        String value = leaf.value();
        if (value == null || leaf.hasParts()) {
            throw new AwsRefusal(AwsError.invalid("The parameter " + leaf.path() + " must be one value."));
        }
        read.add(leaf.path());
        return value;
    }

    private static void collect(Node node, Set<String> names) {
        if (node.value() != null) {
            names.add(node.path());
        }
        node.parts().forEach(part -> collect(part, names));
    }
}
