package io.secgroupd.daemon.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RepeatedLinesTest {

    private final LoggerContext context = new LoggerContext();
    private final ListAppender<ILoggingEvent> written = new ListAppender<>();
    private long now = 1;
    private final RepeatedLines lines = new RepeatedLines(written, () -> now);

    @BeforeEach
    void start() {
        written.start();
        lines.setContext(context);
        lines.start();
    }

    @Test
    void conditionThatRepeatsItselfIsToldOnceAndThenCounted() {
        for (int count = 1; count <= 41; count++) {
            log(Level.WARN, "hooks.restored count=" + count + ": changed");
        }
        assertThat(texts()).containsExactly("hooks.restored count=1: changed");

        pass(RepeatedLines.FIRST_WINDOW);
        assertThat(texts())
                .containsExactly(
                        "hooks.restored count=1: changed",
                        "hooks.restored count=41: changed (40 times more within 10 s)");
    }

    @Test
    void summariesComeEverMoreRarelyWhileItGoesOn() {
        for (int second = 0; second < 86_400; second++) {
            log(Level.ERROR, "flowlog.failed path=/x: no space");
            pass(Duration.ofSeconds(1));
        }

        // 10, 20, 40 … 2560 s, then every hour.
        assertThat(texts()).hasSize(1 + 9 + 22);
    }

    @Test
    void conditionThatComesBackAfterItWasOverIsToldAtOnce() {
        log(Level.WARN, "flowlog.failed");
        pass(RepeatedLines.FIRST_WINDOW);
        log(Level.WARN, "flowlog.failed");

        assertThat(texts()).containsExactly("flowlog.failed", "flowlog.failed");
    }

    @Test
    void differentConditionsAndEventsAreNotMixed() {
        log(Level.WARN, "policy.problem rules.yaml:3:1: a");
        log(Level.WARN, "policy.problem rules.yaml:4:1: a");
        log(Level.ERROR, "policy.problem rules.yaml:4:1: a");
        log(Level.INFO, "policy.reloaded");
        log(Level.INFO, "policy.reloaded");

        assertThat(texts()).hasSize(5);
    }

    @Test
    void nothingIsForgottenAtTheEndNorWhenThereAreTooManyConditions() {
        log(Level.WARN, "first");
        log(Level.WARN, "first");
        for (int i = 0; i < RepeatedLines.MOST_CONDITIONS; i++) {
            log(Level.WARN, "other " + i);
        }
        assertThat(texts()).contains("first (once more within 10 s)");

        log(Level.WARN, "other 200");
        lines.summariseAll();
        assertThat(texts()).endsWith("other 200 (once more within 10 s)");
    }

    private void pass(Duration time) {
        now += time.toNanos();
        lines.summarise();
    }

    private void log(Level level, String text) {
        lines.doAppend(new LoggingEvent("", context.getLogger("test"), level, text, null, null));
    }

    private List<String> texts() {
        return written.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
