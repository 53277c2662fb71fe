package io.secgroupd.daemon.cli.common;

import io.secgroupd.daemon.flowlog.view.Style;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds out what the terminal can show. */
public final class TerminalStyle {

    private TerminalStyle() {}

    public static Style of(OutputOptions.Color color) {
        boolean colored = switch (color) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO -> System.getenv("NO_COLOR") == null && isTerminal();
        };
        return new Style(colored, outputCharset().newEncoder().canEncode('█'));
    }

    /** Only standard output counts, while {@code System.console()} needs a terminal at the input as well. */
    private static boolean isTerminal() {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException e) {
            return false;
        }
    }

    /** The charset of standard output in the running Java; versions before 19 do not report it. */
    private static Charset outputCharset() {
        String said = System.getProperty("stdout.encoding", System.getProperty("sun.stdout.encoding"));
        return said == null ? Charset.defaultCharset() : Charset.forName(said);
    }
}
