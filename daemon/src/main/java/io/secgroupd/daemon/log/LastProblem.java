package io.secgroupd.daemon.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.secgroupd.daemon.admin.DaemonStatus.LogEntry;
import io.secgroupd.daemon.control.SteadyTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Remembers the last line of the log that reports a problem, except for remarks on a rules file. */
final class LastProblem extends AppenderBase<ILoggingEvent> {

    private static final String REMARK = "policy.problem";

    private volatile @Nullable LogEntry line;

    @Override
    protected void append(ILoggingEvent event) {
        if (event.getLevel().isGreaterOrEqual(Level.WARN) && !event.getMessage().startsWith(REMARK)) {
            line = new LogEntry(SteadyTime.now(), LogLayout.printable(event.getFormattedMessage()));
        }
    }

    Optional<LogEntry> line() {
        return Optional.ofNullable(line);
    }
}
