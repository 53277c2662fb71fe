package io.secgroupd.daemon.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import io.secgroupd.daemon.admin.DaemonStatus.LogEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The daemon's own log, as lines on stderr. It is set up in code, since reading XML would take a third of the start. A line
 * begins with a word for the event, which later versions keep. A condition that repeats itself is summarised.
 */
public final class DaemonLog {

    /** How often due summaries are looked for. */
    private static final int LOOK_SECONDS = 1;

    private final RepeatedLines repeated;
    private final LastProblem last = new LastProblem();

    private DaemonLog(RepeatedLines repeated) {
        this.repeated = repeated;
    }

    /**
     * Sets up the log of this process.
     *
     * @param traces whether an exception is shown with its stack
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the task ends with the process
    public static DaemonLog configure(boolean traces) {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        var repeated = new RepeatedLines(stderr(context, traces), System::nanoTime);
        var log = new DaemonLog(repeated);
        context.getScheduledExecutorService()
                .scheduleWithFixedDelay(repeated::summarise, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.INFO);
        // The client of etcd tells of each attempt; what comes of them is told by who asked.
        context.getLogger("io.etcd").setLevel(Level.OFF);
        for (AppenderBase<ILoggingEvent> appender : List.of(repeated, log.last)) {
            appender.setContext(context);
            appender.start();
            root.addAppender(appender);
        }
        return log;
    }

    /** The last problem in the log. */
    public Optional<LogEntry> lastProblem() {
        return last.line();
    }

    /** Writes the summaries of all repeated lines now, because the process is about to end. */
    public void tellRepeated() {
        repeated.summariseAll();
    }

    private static ConsoleAppender<ILoggingEvent> stderr(LoggerContext context, boolean traces) {
        var layout = new LogLayout(isJournal(System.getenv(), Path.of("/proc/self/fd/2")), traces);
        layout.setContext(context);
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
        return appender;
    }

    /**
     * Reports whether a stream leads to the journal, by the method of systemd.exec(5): the variable alone is also inherited
     * by processes whose output goes elsewhere.
     */
    static boolean isJournal(Map<String, String> environment, Path stream) {
        try {
            String here = Files.getAttribute(stream, "unix:dev") + ":" + Files.getAttribute(stream, "unix:ino");
            return here.equals(environment.get("JOURNAL_STREAM"));
        } catch (IOException e) {
            return false;
        }
    }
}
