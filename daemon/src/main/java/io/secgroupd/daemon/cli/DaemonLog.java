package io.secgroupd.daemon.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The daemon's own log: lines to stderr. It is set up in code, since reading XML would be a third of the time to start.
 * Under systemd, lines begin with the journal's priority (sd-daemon(3)).
 */
final class DaemonLog {

    private DaemonLog() {}

    static void configure(boolean underSystemd) {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        var layout = new PatternLayout();
        layout.setContext(context);
        layout.getInstanceConverterMap().put("priority", JournalPriority::new);
        // %replace keeps one event on one line: text from files may hold line breaks.
        String line = "%replace(%msg){'[\\r\\n]+',' | '}%n%ex";
        layout.setPattern(underSystemd ? "<%priority>" + line : "%d{HH:mm:ss.SSS} %-5level " + line);
        layout.start();
        var encoder = new LayoutWrappingEncoder<ILoggingEvent>();
        encoder.setContext(context);
        encoder.setLayout(layout);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.start();
        var appender = new ConsoleAppender<ILoggingEvent>();
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.INFO);
        root.addAppender(appender);
    }

    /** syslog's numbers: 3 error, 4 warning, 6 information, 7 debug. */
    public static final class JournalPriority extends ClassicConverter {
        @Override
        public String convert(ILoggingEvent event) {
            return switch (event.getLevel().toInt()) {
                case Level.ERROR_INT -> "3";
                case Level.WARN_INT -> "4";
                case Level.INFO_INT -> "6";
                default -> "7";
            };
        }
    }
}
