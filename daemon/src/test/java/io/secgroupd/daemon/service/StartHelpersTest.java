package io.secgroupd.daemon.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What a start does beside itself, and what an end closes. */
class StartHelpersTest {

    private final OpenResources opened = new OpenResources();
    private final List<String> closed = new ArrayList<>();

    @Test
    void whatWasOpenedLastIsClosedFirst() {
        opened.add(() -> closed.add("queue"));
        opened.add(() -> closed.add("socket"));
        opened.close();

        assertThat(closed).containsExactly("socket", "queue");
    }

    @Test
    void whatCannotBeClosedKeepsNothingElseOpen() {
        opened.add(() -> closed.add("queue"));
        opened.add(() -> {
            throw new IOException("gone already");
        });
        opened.close();

        assertThat(closed).containsExactly("queue");
    }

    @Test
    void everythingIsClosedOnce() {
        opened.add(() -> closed.add("queue"));
        opened.close();
        opened.close();

        assertThat(closed).hasSize(1);
    }

    @Test
    void afterTheEndNothingIsOpened() {
        opened.addAll(() -> opened.add(() -> closed.add("hooks")));
        opened.close();
        opened.addAll(() -> closed.add("opened after the end"));

        assertThat(closed).containsExactly("hooks");
    }

    @Test
    void workInTheBackgroundGivesItsResult() throws Exception {
        var begun = new CountDownLatch(1);
        BackgroundTask<String> task = BackgroundTask.begin("work", () -> {
            begun.countDown();
            return Thread.currentThread().getName();
        });

        begun.await();
        assertThat(task.get()).isEqualTo("work");
    }

    @Test
    void whatTheWorkThrowsIsThrownWhereItsResultIsWanted() {
        BackgroundTask<String> task = BackgroundTask.begin("work", () -> {
            throw new StartException("no queue");
        });

        assertThatThrownBy(task::get).isInstanceOf(StartException.class).hasMessage("no queue");
    }

    @Test
    void theStateIsWhereSystemdSays() {
        assertThat(StateDirectory.of(Map.of("STATE_DIRECTORY", "/srv/state"))).isEqualTo(Path.of("/srv/state"));
        assertThat(StateDirectory.of(Map.of())).isEqualTo(Path.of("/var/lib/secgroupd"));
    }
}
