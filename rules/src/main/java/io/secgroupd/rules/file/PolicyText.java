package io.secgroupd.rules.file;

import io.secgroupd.rules.text.Location;
import io.secgroupd.rules.text.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A control-plane file that is not, or not yet, at its place. Its bytes are given. The files that it names are looked
 * for relative to its place, and locations in its policy refer to that place.
 */
public final class PolicyText {

    private final String name;
    private final byte[] content;
    private final Path place;

    /**
     * Makes a text.
     *
     * @param name    the name by which the operator knows it, and which problems use
     * @param content must not be changed from now on
     * @param place   the file that it stands for; nothing is read from there
     */
    public PolicyText(String name, byte[] content, Path place) {
        this.name = name;
        this.content = content;
        this.place = place;
    }

    Path place() {
        return place;
    }

    byte[] content() {
        return content;
    }

    /** Replaces the place by the name in problems, as they are to be reported. */
    public List<Problem> told(List<Problem> problems) {
        return problems.stream().map(this::told).sorted().toList();
    }

    private Problem told(Problem problem) {
        Location at = problem.at();
        String file = at.file().equals(place.toString()) ? name : at.file();
        return new Problem(
                problem.severity(),
                new Location(file, at.line(), at.column()),
                problem.path(),
                told(problem.message()));
    }

    /** A message may name a second place, such as that of an earlier key. */
    private String told(String message) {
        Pattern inPlace = Pattern.compile("(?<![^\\s(\"])" + Pattern.quote(place.toString()) + "(?=:[0-9])");
        return inPlace.matcher(message).replaceAll(Matcher.quoteReplacement(name));
    }
}
