package io.secgroupd.daemon.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import io.secgroupd.rules.text.Printable;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;

/**
 * Writes each event as one line, whatever its text holds: file contents and names could otherwise forge lines of their own
 * or control the reader's terminal. For the journal every line begins with its priority (sd-daemon(3)).
 */
final class LogLayout extends LayoutBase<ILoggingEvent> {

    private static final String OURS = "io.secgroupd.";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneId.systemDefault());

    private final boolean journal;
    private final boolean traces;

    /** @param traces whether an exception is shown with its stack, on lines of its own */
    LogLayout(boolean journal, boolean traces) {
        this.journal = journal;
        this.traces = traces;
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        String prefix = prefix(event);
        var text = new StringBuilder(prefix).append(printable(event.getFormattedMessage()));
        IThrowableProxy fault = event.getThrowableProxy();
        if (fault != null) {
            text.append(": ").append(printable(inOneLine(fault)));
        }
        text.append('\n');
        if (fault != null && traces) {
            String continued = journal ? prefix : "";
            ThrowableProxyUtil.asString(fault)
                    .lines()
                    .forEach(line -> text.append(continued)
                            .append(printable(line.replace("\t", "    ")))
                            .append('\n'));
        }
        return text.toString();
    }

    private String prefix(ILoggingEvent event) {
        return journal
                ? "<" + priority(event.getLevel()) + ">"
                : TIME.format(Instant.ofEpochMilli(event.getTimeStamp()))
                        + String.format(Locale.ROOT, " %-5s ", event.getLevel());
    }

    /** Returns syslog's numbers for error, warning, information and debug. */
    private static int priority(Level level) {
        return switch (level.toInt()) {
            case Level.ERROR_INT -> 3;
            case Level.WARN_INT -> 4;
            case Level.INFO_INT -> 6;
            default -> 7;
        };
    }

    /** Returns the exception and the innermost place in our code, which is enough to report a fault. */
    private static String inOneLine(IThrowableProxy fault) {
        String what = fault.getClassName() + (fault.getMessage() == null ? "" : ": " + fault.getMessage());
        return Arrays.stream(fault.getStackTraceElementProxyArray())
                .map(StackTraceElementProxy::getStackTraceElement)
                .filter(frame -> frame.getClassName().startsWith(OURS))
                .findFirst()
                .map(frame -> what + " (at " + frame + ")")
                .orElse(what);
    }

    static String printable(String text) {
        var clean = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (Printable.is(c)) {
                clean.appendCodePoint(c);
            } else {
                clean.append(String.format(Locale.ROOT, "\\u%04X", c));
            }
        });
        return clean.toString();
    }
}
