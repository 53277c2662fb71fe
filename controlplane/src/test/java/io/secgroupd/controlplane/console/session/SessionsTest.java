package io.secgroupd.controlplane.console.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secgroupd.controlplane.aws.sigv4.AccessKey;
import io.secgroupd.controlplane.aws.sigv4.AccessKeys;
import io.secgroupd.controlplane.aws.sigv4.Right;
import io.secgroupd.controlplane.console.session.Entrance.Entered;
import io.secgroupd.controlplane.console.session.Entrance.Refused;
import io.secgroupd.controlplane.store.PolicyStore;
import io.secgroupd.controlplane.store.directory.DirectoryStore;
import io.secgroupd.controlplane.testkit.HandClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long codes and sessions are good, by a clock that is set by hand, and who can make them. */
class SessionsTest {

    private static final Duration IDLE = Duration.ofMinutes(15);
    private static final AccessKey OPS = new AccessKey("A".repeat(20), "s".repeat(40), "ops", Right.WRITE);
    private static final AccessKey LOOKING = new AccessKey("B".repeat(20), "t".repeat(40), "looking", Right.READ);

    private final HandClock clock = new HandClock();
    private final List<AccessKey> keys = new ArrayList<>(List.of(OPS, LOOKING));
    private final Random random = new Random(7);

    @SuppressWarnings("NullAway.Init")
    private PolicyStore store;

    @SuppressWarnings("NullAway.Init")
    private Sessions sessions;

    @BeforeEach
    void open(@TempDir Path directory) throws IOException {
        Path rules = Files.writeString(directory.resolve("rules.yaml"), "version: 1\n");
        store = new DirectoryStore(rules, directory.resolve("state"), clock);
        sessions = newSessions();
    }

    @AfterEach
    void close() throws IOException {
        sessions.close();
        store.close();
    }

    private Sessions newSessions() throws IOException {
        return Sessions.start(store.records(), () -> new AccessKeys(keys), IDLE, clock);
    }

    private EntryCode code(AccessKey key, Right right) {
        return EntryCode.make(key, right, "alice", clock.instant(), random);
    }

    private Session entered(AccessKey key, Right right) throws IOException {
        return ((Entered) sessions.enter(code(key, right).text())).session();
    }

    @Test
    void aCodeIsGoodOnce() throws IOException {
        String text = code(OPS, Right.WRITE).text();

        assertThat(sessions.enter(text)).isInstanceOf(Entered.class);
        assertThat(sessions.enter(text)).isEqualTo(new Refused("it was used before"));
    }

    @Test
    void aCodeIsGoodOnceOverAllServersOfAStore() throws IOException {
        String text = code(OPS, Right.WRITE).text();
        try (Sessions others = newSessions()) {
            assertThat(others.enter(text)).isInstanceOf(Entered.class);
            assertThat(sessions.enter(text)).isEqualTo(new Refused("it was used before"));
        }
    }

    @Test
    void aCodeIsGoodForTwoMinutes() throws IOException {
        String early = code(OPS, Right.WRITE).text();
        String late = code(OPS, Right.WRITE).text();

        clock.goOn(Duration.ofSeconds(119));
        assertThat(sessions.enter(early)).isInstanceOf(Entered.class);
        clock.goOn(Duration.ofSeconds(1));
        assertThat(sessions.enter(late)).isEqualTo(new Refused("its time is over"));
    }

    @Test
    void aCodeThatWouldLastLongerIsNone() throws IOException {
        var lasting = new EntryCode(OPS, Right.WRITE, "alice", Instant.parse("2999-01-01T00:00:00Z"), "a".repeat(32));

        assertThat(sessions.enter(lasting.text())).isEqualTo(new Refused("its time is over"));
    }

    @Test
    void aUsedCodeIsForgottenOnlyWhenItsTimeIsOver() throws IOException {
        String used = code(OPS, Right.WRITE).text();
        assertThat(sessions.enter(used)).isInstanceOf(Entered.class);

        clock.goOn(Duration.ofSeconds(90));
        entered(OPS, Right.WRITE);
        assertThat(store.records().list("console/entered/")).hasSize(2);
        assertThat(sessions.enter(used)).isEqualTo(new Refused("it was used before"));

        clock.goOn(Duration.ofMinutes(10));
        entered(OPS, Right.WRITE);
        assertThat(store.records().list("console/entered/")).hasSize(1);
    }

    @Test
    void whatAnotherKeyHasSealedOrNobodyIsNothing() throws IOException {
        var stranger = new AccessKey(OPS.id(), "x".repeat(40), "ops", Right.WRITE);
        String sound = code(OPS, Right.WRITE).text();

        assertThat(sessions.enter(code(stranger, Right.WRITE).text())).isEqualTo(new Refused("it is no code"));
        assertThat(sessions.enter(sound.substring(0, sound.indexOf('.') + 1))).isEqualTo(new Refused("it is no code"));
        assertThat(sessions.enter(sound.toUpperCase(Locale.ROOT))).isEqualTo(new Refused("it is no code"));
        assertThat(sessions.find(sound)).as("a code is no session").isEmpty();
        assertThat(sessions.enter(entered(OPS, Right.WRITE).text())).isEqualTo(new Refused("it is no code"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "a.b",
                "e30.e30",
                "{}.{}",
                "bnVsbA.AAAA",
                "eyJrZXkiOnt9fQ.x",
                "eyJrZXkiOlsxXX0.x",
                "\u0000.\uffff",
                "%s%n.${jndi:ldap://x}",
                "W10.W10"
            })
    void nonsenseIsNoSession(String text) {
        assertThat(sessions.find(text)).isEmpty();
    }

    @Test
    void veryLongTextsAreNotRead() {
        assertThat(sessions.find("e30" + "A".repeat(1_000_000) + ".x")).isEmpty();
        assertThat(sessions.find("[".repeat(1_000_000))).isEmpty();
    }

    @Test
    void aSessionEndsAfterATimeWithoutUse() throws IOException {
        String text = entered(OPS, Right.WRITE).text();

        clock.goOn(IDLE.minusSeconds(1));
        Session found = sessions.find(text).orElseThrow();
        String renewed = sessions.used(found).orElseThrow().text();
        clock.goOn(Duration.ofSeconds(1));

        assertThat(sessions.find(text)).isEmpty();
        assertThat(sessions.find(renewed)).isPresent();
    }

    @Test
    void aSessionIsRenewedAtMostOnceAMinute() throws IOException {
        Session session = entered(OPS, Right.WRITE);

        clock.goOn(Duration.ofSeconds(59));
        assertThat(sessions.used(session)).isEmpty();
        clock.goOn(Duration.ofSeconds(1));
        assertThat(sessions.used(session)).isPresent();
    }

    @Test
    void aBusySessionEndsAfterTwelveHours() throws IOException {
        Session session = entered(OPS, Right.WRITE);
        for (int tenMinutes = 1; tenMinutes < 72; tenMinutes++) {
            clock.goOn(Duration.ofMinutes(10));
            session = sessions.used(sessions.find(session.text()).orElseThrow()).orElseThrow();
        }
        clock.goOn(Duration.ofMinutes(10));

        assertThat(sessions.find(session.text())).isEmpty();
    }

    @Test
    void aSessionFromTheFutureIsNone() {
        Instant future = clock.instant().plus(Duration.ofDays(300));
        String id = "a".repeat(32);

        assertThat(sessions.find(new Session(OPS, Right.WRITE, "alice", id, clock.instant(), future).text()))
                .isEmpty();
        assertThat(sessions.find(new Session(OPS, Right.WRITE, "alice", id, future, future).text()))
                .isEmpty();
    }

    @Test
    void aSessionEndsWithItsKey() throws IOException {
        String text = entered(OPS, Right.WRITE).text();
        String other = entered(LOOKING, Right.READ).text();

        keys.remove(OPS);

        assertThat(sessions.find(text)).isEmpty();
        assertThat(sessions.find(other)).isPresent();
    }

    @Test
    void aSessionMayNoMoreThanItsKeyMayNow() throws IOException {
        assertThat(entered(LOOKING, Right.WRITE).mayWrite()).isFalse();
        assertThat(entered(OPS, Right.READ).mayWrite()).isFalse();
        Session writing = entered(OPS, Right.WRITE);
        assertThat(writing.mayWrite()).isTrue();

        keys.set(0, new AccessKey(OPS.id(), OPS.secret(), OPS.name(), Right.READ));

        assertThat(sessions.find(writing.text()).orElseThrow().mayWrite()).isFalse();
    }

    @Test
    void aSessionThatWasLeftIsKnownNowhere() throws IOException {
        Session session = entered(OPS, Right.WRITE);
        try (Sessions others = newSessions()) {
            assertThat(others.find(session.text())).isPresent();

            sessions.leave(session);

            assertThat(sessions.find(session.text())).isEmpty();
            await().until(() -> others.find(session.text()).isEmpty());
        }
        try (Sessions later = newSessions()) {
            assertThat(later.find(session.text())).isEmpty();
        }
    }

    @Test
    void whoIsNamedWithTheKey() throws IOException {
        assertThat(entered(OPS, Right.WRITE).user().name()).isEqualTo("alice (key ops)");
    }

    @Test
    void aNameOfAPersonCannotBreakALog() throws IOException {
        String hostile = "alice\n2026 INFO console.entered user=root \u001b[2J\"<script>" + "x".repeat(500);
        EntryCode made = EntryCode.make(OPS, Right.WRITE, hostile, clock.instant(), random);

        assertThat(made.who())
                .startsWith("alice2026 INFO console.entered userroot 2Jscriptx")
                .hasSize(64);
        String forged = SealedText.seal(
                OPS,
                SealedText.Purpose.SESSION,
                Map.of(
                        "right", "WRITE",
                        "who", hostile,
                        "id", "a".repeat(32),
                        "begun", clock.instant().toString(),
                        "used", clock.instant().toString()));
        assertThat(sessions.find(forged)).isEmpty();
    }

    @Test
    void aTokenIsOfOneSession() throws IOException {
        Session one = entered(OPS, Right.WRITE);
        Session other = entered(OPS, Right.WRITE);

        assertThat(one.hasToken(one.token())).isTrue();
        assertThat(one.hasToken(other.token())).isFalse();
        assertThat(one.hasToken("")).isFalse();
    }
}
