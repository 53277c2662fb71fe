package io.secgroupd.controlplane.console.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.controlplane.console.api.ApiReply;
import io.secgroupd.controlplane.console.testkit.Desk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What takes long to make is made once for each policy. */
class KeptReplyTest {

    private static final String RULES = "version: 1\nsecurity_groups: {sg-a: {name: %s}}\n";

    private final AtomicInteger made = new AtomicInteger();
    private final KeptReply kept = new KeptReply(made::incrementAndGet);

    private ApiReply ask(Desk desk) throws IOException {
        return ask(desk, Instant.EPOCH);
    }

    private ApiReply ask(Desk desk, Instant now) throws IOException {
        ShownPolicy shown = ShownPolicy.of(desk.store());
        return kept.of(
                shown, now, json -> json.writeStringField("hash", shown.newest().hash()));
    }

    @Test
    void pagesThatAskAboutOnePolicyGetTheSameAnswer(@TempDir Path directory) throws IOException {
        try (var desk = new Desk(directory, RULES.formatted("one"))) {
            ApiReply first = ask(desk);

            assertThat(ask(desk)).isSameAs(first);
            assertThat(made).hasValue(1);
            assertThat(new String(first.json(), StandardCharsets.UTF_8))
                    .isEqualTo("{\"hash\":\"" + desk.hash() + "\"}");
        }
    }

    @Test
    void afterAChangeTheyAreToldOfTheNewPolicyAndAfterABrokenOneToo(@TempDir Path directory) throws IOException {
        try (var desk = new Desk(directory, RULES.formatted("one"))) {
            ApiReply first = ask(desk);
            desk.write(RULES.formatted("two"));
            ApiReply second = ask(desk);
            desk.write(RULES.formatted("[broken"));
            ApiReply third = ask(desk);

            assertThat(second.json()).isNotEqualTo(first.json());
            assertThat(third.json()).isNotEqualTo(second.json());
            assertThat(made).hasValue(3);
        }
    }

    @Test
    void whenARuleHasExpiredTheyAreToldOfThePolicyWithoutIt(@TempDir Path directory) throws IOException {
        var end = Instant.parse("2026-12-01T18:00:00Z");
        String rule = "{protocol: tcp, ports: 22, source: any, expires: 2026-12-01T18:00:00Z}";
        try (var desk = new Desk(directory, "version: 1\nsecurity_groups: {sg-a: {inbound: [" + rule + "]}}\n")) {
            ApiReply before = ask(desk, end.minusSeconds(1));

            assertThat(ask(desk, end.minusMillis(1))).isSameAs(before);
            assertThat(ask(desk, end)).isNotSameAs(before);
        }
    }
}
