package io.secgroupd.daemon.flowlog;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.encoder.EncoderBase;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.Duration;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Path;

/** A file that is appended to, and turned over by size: {@code flows.log}, {@code flows.1.log.gz} (the newest) and on. */
final class RollingFile implements AutoCloseable {

    private static final byte[] NOTHING = {};

    private final RollingFileAppender<byte[]> appender = new RollingFileAppender<>();

    /**
     * @param rotateBytes size from which the file is turned over
     * @param keep        how many turned-over files stay
     */
    RollingFile(Path path, long rotateBytes, int keep) {
        var context = new LoggerContext();
        context.setName("flow-log");
        appender.setContext(context);
        appender.setFile(path.toString());
        appender.setEncoder(new Bytes());
        appender.setRollingPolicy(rolling(context, path, keep));
        appender.setTriggeringPolicy(bySize(context, rotateBytes));
        appender.start();
    }

    private FixedWindowRollingPolicy rolling(LoggerContext context, Path path, int keep) {
        var policy = new FixedWindowRollingPolicy();
        policy.setContext(context);
        policy.setParent(appender);
        policy.setFileNamePattern(path.toString().replaceAll("\\.log$", "") + ".%i.log.gz");
        policy.setMinIndex(1);
        policy.setMaxIndex(keep);
        policy.start();
        return policy;
    }

    private static SizeBasedTriggeringPolicy<byte[]> bySize(LoggerContext context, long rotateBytes) {
        var policy = new SizeBasedTriggeringPolicy<byte[]>();
        policy.setContext(context);
        policy.setMaxFileSize(new FileSize(rotateBytes));
        policy.setCheckIncrement(Duration.buildBySeconds(1));
        policy.start();
        return policy;
    }

    /** Appends whole lines, in one write. */
    void append(byte[] lines) {
        appender.doAppend(lines);
    }

    @Override
    public void close() {
        appender.stop();
    }

    /** The lines are bytes already. */
    private static final class Bytes extends EncoderBase<byte[]> {
        @Override
        public byte[] headerBytes() {
            return NOTHING;
        }

        @Override
        public byte[] encode(byte[] event) {
            return event;
        }

        @Override
        public byte[] footerBytes() {
            return NOTHING;
        }
    }
}
