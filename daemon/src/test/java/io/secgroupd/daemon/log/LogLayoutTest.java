package io.secgroupd.daemon.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogLayoutTest {

    private static final LogLayout JOURNAL = new LogLayout(true, false);

    @ParameterizedTest
    @CsvSource({"ERROR, <3>", "WARN, <4>", "INFO, <6>", "DEBUG, <7>"})
    void lineForTheJournalBeginsWithItsPriority(String level, String prefix) {
        assertThat(JOURNAL.doLayout(event(level, "daemon.ready", null))).isEqualTo(prefix + "daemon.ready\n");
    }

    @Test
    void lineForPeopleBeginsWithTheTime() {
        assertThat(new LogLayout(false, false).doLayout(event("WARN", "carry.lost", null)))
                .matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3} WARN  carry\\.lost\n");
    }

    @Test
    void textFromOutsideCannotForgeALineNorSteerATerminal() {
        assertThat(JOURNAL.doLayout(event("INFO", "x\n<3>forged\r\u001b[2J\u0000\u2028\u202eé", null)))
                .isEqualTo("<6>x\\u000A<3>forged\\u000D\\u001B[2J\\u0000\\u2028\\u202Eé\n");
    }

    @Test
    void exceptionIsOneLineWithThePlaceUnlessTracesAreWanted() {
        var fault = new IllegalStateException("one\ntwo", new IOException("cause"));

        assertThat(JOURNAL.doLayout(event("ERROR", "policy.failed", fault)))
                .startsWith(
                        "<3>policy.failed: java.lang.IllegalStateException: one\\u000Atwo (at io.secgroupd.daemon.log.")
                .hasLineCount(1);
        assertThat(new LogLayout(true, true)
                        .doLayout(event("ERROR", "policy.failed", fault))
                        .lines())
                .hasSizeGreaterThan(10)
                .allMatch(line -> line.startsWith("<3>"))
                .anyMatch(line -> line.startsWith("<3>    at "))
                .anyMatch(line -> line.startsWith("<3>Caused by: java.io.IOException"));
    }

    @Test
    void outputThatWasLedElsewhereIsNotForTheJournal(@TempDir Path directory) throws IOException {
        Path stream = Files.createFile(directory.resolve("stream"));
        String id = Files.getAttribute(stream, "unix:dev") + ":" + Files.getAttribute(stream, "unix:ino");

        assertThat(DaemonLog.isJournal(Map.of("JOURNAL_STREAM", id), stream)).isTrue();
        assertThat(DaemonLog.isJournal(Map.of("JOURNAL_STREAM", "1:2"), stream)).isFalse();
        assertThat(DaemonLog.isJournal(Map.of(), stream)).isFalse();
    }

    private static LoggingEvent event(String level, String text, @Nullable Throwable fault) {
        return new LoggingEvent("", new LoggerContext().getLogger("test"), Level.valueOf(level), text, fault, null);
    }
}
