package io.secgroupd.daemon.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Everything that a flow log holds, old files too, read without the program's own reader. */
public final class FlowLogFiles {

    private FlowLogFiles() {}

    /** All lines of all files whose names begin like this one's, in no order. */
    public static List<FlowLine> linesOf(Path log) {
        String stem = String.valueOf(log.getFileName()).replaceAll("\\.log$", "");
        try (Stream<Path> siblings = Files.list(log.resolveSibling("."))) {
            return siblings.filter(
                            file -> String.valueOf(file.getFileName()).matches(stem + "(\\.\\d+)?\\.log(\\.gz)?"))
                    .flatMap(file -> FlowLine.parse(text(file)).stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sum of what the lines record and of what they say is lost. */
    public static long decisionsIn(Path log) {
        return linesOf(log).stream().mapToLong(FlowLine::decisions).sum();
    }

    private static String text(Path file) {
        try (InputStream in = open(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(Path file) throws IOException {
        InputStream in = Files.newInputStream(file);
        return file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
    }
}
