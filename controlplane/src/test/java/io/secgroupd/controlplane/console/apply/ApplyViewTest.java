package io.secgroupd.controlplane.console.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.controlplane.console.api.ApiCall;
import io.secgroupd.controlplane.console.api.ApiReply;
import io.secgroupd.controlplane.console.api.ConsoleUser;
import io.secgroupd.controlplane.console.api.JsonObject;
import io.secgroupd.controlplane.console.draft.Drafts;
import io.secgroupd.controlplane.console.testkit.Desk;
import io.secgroupd.controlplane.publish.LocalDaemon;
import io.secgroupd.controlplane.store.Revision;
import io.secgroupd.controlplane.testkit.HandClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A draft comes into force, and goes again when it was on trial and nobody has confirmed it. The files are real. */
class ApplyViewTest {

    private static final String RULES = """
            version: 1
            security_groups:
              sg-db: {}   # ours
            instances:
              db-1: {addresses: [10.0.0.2], security_groups: [sg-db]}
            """;

    private static final String ADD = "{\"do\":\"add_group\",\"id\":\"sg-new\",\"name\":\"\",\"description\":\"\"}";
    private static final String BAD = "{\"do\":\"add_group\",\"id\":\"new\",\"name\":\"\",\"description\":\"\"}";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @SuppressWarnings("NullAway.Init")
    Desk desk;

    @SuppressWarnings("NullAway.Init")
    Trials trials;

    private final HandClock clock = new HandClock();
    private final ScriptedDaemon daemon = new ScriptedDaemon();

    @BeforeEach
    void writeRules() throws IOException {
        desk = new Desk(directory, RULES, clock);
        trials = new Trials(desk.store(), daemon, clock);
    }

    @AfterEach
    void close() throws IOException {
        desk.close();
    }

    @Test
    void aDraftIsInForceWithItsAuthorAndReason() throws IOException {
        JsonObject done = apply(desk.hash(), ADD, 0, 200);
        assertThat(done.number("serial")).hasValue(2);
        assertThat(done.text("hash")).isEqualTo(desk.hash());
        assertThat(done.object("trial")).isEmpty();
        Revision newest = desk.store().current();
        assertThat(newest.origin().author()).isEqualTo("alice");
        assertThat(newest.origin().reason()).isEqualTo("a new group");
        assertThat(desk.text()).contains("sg-new", "# ours");
        assertThat(trials.expire()).as("it is not on trial").isEmpty();
    }

    @Test
    void whatOthersHaveChangedMeanwhileIsNotOverwritten() throws IOException {
        String base = desk.hash();
        desk.write(RULES + "# seen\n");
        assertThat(apply(base, ADD, 60, 409).text("error")).contains("another one");
        assertThat(desk.text()).isEqualTo(RULES + "# seen\n");
        assertThat(trials.running()).isEmpty();
    }

    @Test
    void aDraftWithProblemsIsRefusedWithThem() throws IOException {
        JsonObject refused = apply(desk.hash(), BAD, 60, 422);
        assertThat(refused.objects("problems").get(0).text("message")).contains("is not an id");
        assertThat(desk.text()).isEqualTo(RULES);
    }

    @Test
    void whatTheDaemonObjectsToIsNeitherWrittenNorOnTrial() throws IOException {
        daemon.objection = Optional.of("it would lock you out");
        assertThat(apply(desk.hash(), ADD, 60, 422).text("error")).contains("it would lock you out");
        assertThat(desk.text()).isEqualTo(RULES);
        assertThat(trials.left()).isEmpty();
    }

    @Test
    void aTrialIsTakenBackWhenItsTimeIsOver() throws IOException {
        JsonObject trial = apply(desk.hash(), ADD, 60, 200).object("trial").orElseThrow();
        assertThat(trial.number("seconds_left")).hasValue(60);
        assertThat(trial.number("before")).hasValue(1);
        clock.goOn(Duration.ofSeconds(59));
        assertThat(trials.expire()).isEmpty();
        clock.goOn(Duration.ofSeconds(1));
        Revision former = trials.expire().orElseThrow();
        assertThat(former.serial()).isEqualTo(3);
        assertThat(former.origin().reason()).contains("nobody has confirmed it");
        assertThat(desk.text()).isEqualTo(RULES);
        assertThat(daemon.followed).isEqualTo(desk.hash());
        assertThat(trials.expire()).as("once is enough").isEmpty();
    }

    @Test
    void aTrialThatIsConfirmedStays() throws IOException {
        apply(desk.hash(), ADD, 60, 200);
        Desk.ask(new ConfirmView(trials), "{\"serial\":2}");
        clock.goOn(Duration.ofHours(1));
        assertThat(trials.expire()).isEmpty();
        assertThat(desk.text()).contains("sg-new");
        Desk.ask(new ConfirmView(trials), "{\"serial\":2}", 409);
        Desk.ask(new TakeBackView(trials, clock), "{\"serial\":2}", 409);
    }

    @Test
    void aTrialCanBeTakenBackAtOnce() throws IOException {
        apply(desk.hash(), ADD, 60, 200);
        JsonObject former = Desk.ask(new TakeBackView(trials, clock), "{\"serial\":2}");
        assertThat(former.number("serial")).hasValue(3);
        assertThat(desk.text()).isEqualTo(RULES);
        Desk.ask(new ConfirmView(trials), "{\"serial\":2}", 409);
    }

    @Test
    void anotherChangeHasToWaitForTheTrial() throws IOException {
        apply(desk.hash(), ADD, 60, 200);
        String other = "{\"do\":\"remove_group\",\"id\":\"sg-new\"}";
        assertThat(apply(desk.hash(), other, 0, 409).text("error")).contains("on trial by alice");
    }

    @Test
    void whoeverEditsByHandEndsATrial() throws IOException {
        apply(desk.hash(), ADD, 60, 200);
        desk.write(desk.text() + "# mine\n");
        clock.goOn(Duration.ofMinutes(2));
        assertThat(trials.expire()).isEmpty();
        assertThat(desk.text()).contains("sg-new", "# mine");
        assertThat(trials.left()).isEmpty();
    }

    /** A fleet writes the addresses of its hosts into a file of the policy by itself. */
    @Test
    void aHostThatComesMeanwhileEndsNoTrialAndStays() throws IOException {
        Path registered = Files.writeString(directory.resolve("registered.yaml"), "version: 1\nregistered: {}\n");
        String rules = """
                version: 1
                include: [registered.yaml]
                security_groups: { sg-db: {} }
                instances:
                  db-1: { addresses: registered, security_groups: [sg-db] }
                """;
        desk.write(rules);
        apply(desk.hash(), ADD, 60, 200);
        String joined = "version: 1\nregistered:\n  db-1: [10.0.0.2]\n";
        Files.writeString(registered, joined);
        assertThat(trials.running()).isPresent();

        clock.goOn(Duration.ofMinutes(2));

        assertThat(trials.expire()).isPresent();
        assertThat(desk.text()).isEqualTo(rules);
        assertThat(registered).hasContent(joined);
    }

    @Test
    void aKeeperThatStartsLaterTakesBackWhatIsOverdue() throws Exception {
        apply(desk.hash(), ADD, 60, 200);
        clock.goOn(Duration.ofMinutes(2));
        var made = new ArrayBlockingQueue<Revision>(5);
        try (AutoCloseable watch = desk.store().watch(made::add);
                TrialKeeper keeper = TrialKeeper.start(desk.store(), trials)) {
            assertThat(keeper).isNotNull();
            assertThat(watch).isNotNull();
            Revision former = made.poll(30, TimeUnit.SECONDS);
            assertThat(former).isNotNull();
        }
        assertThat(desk.text()).isEqualTo(RULES);
    }

    @Test
    void aPageIsToldAsSoonAsSomethingChanges() throws Exception {
        try (var view = new ChangesView(desk.store(), clock)) {
            JsonObject first = read(view.answer(changes("")));
            assertThat(first.number("serial")).hasValue(1);
            CompletableFuture<ApiReply> next = view.answer(changes(first.text("tag")));
            apply(desk.hash(), ADD, 60, 200);
            JsonObject told = read(next);
            assertThat(told.text("tag")).isNotEqualTo(first.text("tag"));
            while (told.object("trial").isEmpty()) {
                told = read(view.answer(changes(told.text("tag")))); // the record and the revision come one by one
            }
            assertThat(told.number("serial")).hasValue(2);
            CompletableFuture<ApiReply> gone = view.answer(changes(told.text("tag")));
            assertThat(gone).isNotDone();
            assertThat(view.waiting()).isEqualTo(1);
            assertThat(gone.cancel(false)).isTrue();
            assertThat(view.waiting()).isZero();
        }
    }

    private static JsonObject read(CompletableFuture<ApiReply> reply) throws Exception {
        return JsonObject.parse(reply.get(30, TimeUnit.SECONDS).json());
    }

    private static ApiCall changes(String after) {
        return new ApiCall(new ConsoleUser("alice", false), Map.of("after", after), JsonObject.EMPTY, Optional.empty());
    }

    private JsonObject apply(String base, String change, int confirm, int status) throws IOException {
        var view = new ApplyView(desk.store(), daemon, new Drafts(desk.store()), trials, clock);
        return Desk.ask(
                view,
                "{\"base\":\"" + base + "\",\"changes\":[" + change + "],\"confirm\":" + confirm
                        + ",\"reason\":\"a new group\"}",
                status);
    }

    /** A daemon that answers as it is told. */
    private static final class ScriptedDaemon implements LocalDaemon {
        private Optional<String> objection = Optional.empty();
        private String followed = "";

        @Override
        public Optional<String> objection(PlannedPolicy candidate) {
            return objection;
        }

        @Override
        public Optional<String> follow(String hash) {
            followed = hash;
            return Optional.empty();
        }
    }
}
