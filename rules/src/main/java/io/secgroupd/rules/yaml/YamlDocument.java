package io.secgroupd.rules.yaml;

import io.secgroupd.rules.text.Location;
import io.secgroupd.rules.text.Printable;
import io.secgroupd.rules.text.Problems;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlVersionException;

/** Turns bytes into a document with places, within limits that hold whatever the bytes are. */
public final class YamlDocument {

    /** The longest file, in bytes. */
    public static final long MAX_BYTES = 16L << 20;

    /**
     * The engine copies what it has of a long scalar for each buffer that it reads: with small buffers 16 MiB take minutes.
     * With one for the whole text, its copies of it are the largest objects of a reading.
     */
    private static final int BUFFERS = 16;

    private YamlDocument() {}

    /**
     * Reads one YAML 1.2 document. The result is empty when reading had to be given up; problems that leave the rest
     * readable, such as a duplicate key, are reported and skipped. An empty file is a null value at 1:1.
     *
     * @param file the path as the operator gave it
     */
    public static Optional<Value> parse(String file, byte[] bytes, Problems problems) {
        return parse(file, bytes, problems, new NodeCount());
    }

    /**
     * Reads one document of several that share a limit.
     *
     * @param count of the values of all of them
     */
    public static Optional<Value> parse(String file, byte[] bytes, Problems problems, NodeCount count) {
        try {
            String text = Utf8Text.decode(file, bytes);
            return Optional.of(Value.root(build(file, text, problems, count), problems));
        } catch (RefusedException refused) {
            problems.add(refused.problem());
            return Optional.empty();
        }
    }

    private static YamlNode build(String file, String text, Problems problems, NodeCount count)
            throws RefusedException {
        var builder = new TreeBuilder(file, problems, count);
        var settings = LoadSettings.builder()
                .setLabel(file)
                .setUseMarks(true)
                .setBufferSize(Math.max(1024, text.length() / BUFFERS))
                .setCodePointLimit(Integer.MAX_VALUE) // the file's size is limited already
                .build();
        Optional<Mark> reached = Optional.empty();
        try {
            // Events instead of composed nodes: the engine composes by recursion, and 20,000 brackets overflow its
            // stack.
            for (Event event : new Parse(settings).parseString(text)) {
                builder.accept(event);
                reached = event.getEndMark();
            }
        } catch (MarkedYamlEngineException e) {
            var at = e.getProblemMark().map(mark -> TreeBuilder.location(file, mark));
            throw new RefusedException(at.orElse(new Location(file, 1, 1)), "", SyntaxHelp.message(e));
        } catch (YamlVersionException e) {
            throw new RefusedException(
                    new Location(file, 1, 1), "", "there is no such version of YAML; remove the %YAML line");
        } catch (NumberFormatException e) { // the engine does not say where it met the digits
            var behind = reached.map(mark -> TreeBuilder.location(file, mark));
            throw new RefusedException(behind.orElse(new Location(file, 1, 1)), "", SyntaxHelp.DIGITS);
        } catch (YamlEngineException e) {
            throw new RefusedException(
                    new Location(file, 1, 1),
                    "",
                    "this is not YAML: " + Printable.shown(String.valueOf(e.getMessage())));
        }
        return builder.root();
    }
}
