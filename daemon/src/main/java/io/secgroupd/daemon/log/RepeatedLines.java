package io.secgroupd.daemon.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * Passes log lines on, but a repeated warning or error only once, followed by one line that says how often it came. While it
 * continues, those lines become ever rarer. Informational lines are events, not conditions, so each is passed on.
 */
final class RepeatedLines extends AppenderBase<ILoggingEvent> {

    static final Duration FIRST_WINDOW = Duration.ofSeconds(10);
    static final Duration LONGEST_WINDOW = Duration.ofHours(1);

    /** The most conditions remembered at a time; beyond that, the oldest is summarised and forgotten. */
    static final int MOST_CONDITIONS = 256;

    /** Matches figures such as {@code count=7}, which differ each time that the same thing happens. */
    private static final Pattern FIGURE = Pattern.compile("=[0-9]+\\b");

    /** A line that was passed on, and its repetitions since. */
    private static final class Condition {
        private ILoggingEvent last;
        private long repeated;
        private long windowEnds;
        private Duration window = FIRST_WINDOW;

        Condition(ILoggingEvent first, long now) {
            last = first;
            windowEnds = now + window.toNanos();
        }

        void repeat(ILoggingEvent event) {
            last = event;
            repeated++;
        }

        ILoggingEvent summary() {
            String often = repeated == 1 ? "once more" : repeated + " times more";
            var summary = new LoggingEvent();
            summary.setLoggerName(last.getLoggerName());
            summary.setLevel(last.getLevel());
            summary.setThreadName(last.getThreadName());
            summary.setInstant(last.getInstant());
            summary.setMessage(last.getFormattedMessage() + " (" + often + " within " + window.toSeconds() + " s)");
            return summary;
        }

        /** Begins a longer window, because what has not ended by now may go on for long. */
        void goOn(long now) {
            repeated = 0;
            Duration doubled = window.multipliedBy(2);
            window = doubled.compareTo(LONGEST_WINDOW) > 0 ? LONGEST_WINDOW : doubled;
            windowEnds = now + window.toNanos();
        }
    }

    private final Appender<ILoggingEvent> lines;
    private final LongSupplier nanoTime;
    private final Map<String, Condition> conditions = new LinkedHashMap<>();

    RepeatedLines(Appender<ILoggingEvent> lines, LongSupplier nanoTime) {
        this.lines = lines;
        this.nanoTime = nanoTime;
    }

    @Override
    protected synchronized void append(ILoggingEvent event) {
        summarise();
        if (!event.getLevel().isGreaterOrEqual(Level.WARN)) {
            lines.doAppend(event);
            return;
        }
        String key =
                event.getLevel() + FIGURE.matcher(event.getFormattedMessage()).replaceAll("=");
        Condition known = conditions.get(key);
        if (known != null) {
            known.repeat(event);
            return;
        }
        lines.doAppend(event);
        conditions.put(key, new Condition(event, nanoTime.getAsLong()));
        forgetOldest();
    }

    /** Passes on every summary that is due. A condition that has not come back within its window is over. */
    synchronized void summarise() {
        long now = nanoTime.getAsLong();
        Iterator<Condition> all = conditions.values().iterator();
        while (all.hasNext()) {
            Condition condition = all.next();
            if (condition.windowEnds - now > 0) {
                continue;
            }
            if (condition.repeated == 0) {
                all.remove();
            } else {
                lines.doAppend(condition.summary());
                condition.goOn(now);
            }
        }
    }

    private void forgetOldest() {
        Iterator<Condition> oldest = conditions.values().iterator();
        while (conditions.size() > MOST_CONDITIONS) {
            tell(oldest.next());
            oldest.remove();
        }
    }

    private void tell(Condition condition) {
        if (condition.repeated > 0) {
            lines.doAppend(condition.summary());
        }
    }

    /** Passes on every summary now, due or not. */
    synchronized void summariseAll() {
        conditions.values().forEach(this::tell);
        conditions.clear();
    }
}
