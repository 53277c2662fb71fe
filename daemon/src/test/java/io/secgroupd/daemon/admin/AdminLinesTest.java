package io.secgroupd.daemon.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Answers that come line by line, as a program reads them. */
class AdminLinesTest extends AdminServerFixture {

    @Test
    void linesComeAsTheyAreWritten() throws IOException {
        serve(LONG, false);
        InputStream lines = connected().get("/flows?follow=true");
        await().until(() -> followers.count() == 1);

        followers.lines("{\"seq\":1}\n".getBytes(UTF_8));
        followers.lines("{\"seq\":2}\n{\"seq\":3}\n".getBytes(UTF_8));

        assertThat(new String(lines.readNBytes(30), UTF_8)).isEqualTo("{\"seq\":1}\n{\"seq\":2}\n{\"seq\":3}\n");
    }

    @Test
    void aWholeLogIsRead() throws IOException {
        daemon.loggedLines = 1000;
        serve(LONG, false);

        String log = new String(connected().get("/log?since=60").readAllBytes(), UTF_8);

        assertThat(log.lines()).hasSize(1000).last().isEqualTo("{\"seq\":999}");
    }

    @Test
    void aLogThatBreaksOffIsNotTakenForTheWhole() throws IOException {
        daemon.loggedLines = 1;
        daemon.broken = true;
        serve(LONG, false);
        InputStream log = connected().get("/log?since=60");

        assertThatThrownBy(log::readAllBytes).isInstanceOf(EOFException.class).hasMessageContaining("broke off");
    }

    @Test
    void aRefusalIsToldInTheWordsOfTheDaemon() throws IOException {
        serve(LONG, false);

        assertThatThrownBy(() -> connected().get("/log?since=0")).hasMessage(LogQuery.USAGE);
    }

    @Test
    void closingEndsAReadThatWaits() throws Exception {
        serve(LONG, false);
        AdminLines client = connected();
        InputStream lines = client.get("/flows?follow=true");
        CompletableFuture<Boolean> ended = CompletableFuture.supplyAsync(() -> {
            try {
                return lines.read() < 0;
            } catch (IOException closed) {
                return true;
            }
        });

        client.close();

        await().until(ended::isDone);
        assertThat(ended.get()).isTrue();
    }

    private AdminLines connected() throws IOException {
        return opened(AdminLines.connect(socket));
    }
}
