package io.secgroupd.daemon.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.secgroupd.daemon.admin.ReloadOutcome;
import io.secgroupd.daemon.admin.ShadowApi.PromoteRequest;
import io.secgroupd.daemon.admin.ShadowApi.ShadowOutcome;
import io.secgroupd.daemon.admin.ShadowApi.ShadowRequest;
import io.secgroupd.daemon.dataplane.PacketJudge;
import io.secgroupd.daemon.dataplane.PolicyInForce;
import io.secgroupd.daemon.dataplane.ShadowJudge;
import io.secgroupd.daemon.packet.PacketBuilder;
import io.secgroupd.daemon.packet.PacketDecoder;
import io.secgroupd.daemon.packet.PacketView;
import io.secgroupd.daemon.shadow.Difference;
import io.secgroupd.daemon.shadow.DifferenceKind;
import io.secgroupd.daemon.shadow.ShadowKeeper;
import io.secgroupd.daemon.terms.Pickup;
import io.secgroupd.rules.net.Hook;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** From the begin of a candidate to its end, over a rules file that allows port 80 and a candidate that allows 81. */
class ShadowLaneTest extends ServiceFixture {

    private static final Duration WEEK = Duration.ofDays(7);

    @Test
    void nothingIsRefusedOrLetInByACandidateAndBothKindsOfDifferenceAreTold() {
        assertThat(begin(allowing(81)).done()).isTrue();
        connect(80);
        connect(81);
        connect(81);
        connect(82);

        assertThat(allows(80)).isTrue();
        assertThat(allows(81)).isFalse();
        assertThat(lane.report().orElseThrow().totals().connections()).isEqualTo(4);
        assertThat(differences(DifferenceKind.NEWLY_REFUSED)).singleElement().satisfies(refused -> {
            assertThat(refused.service()).isEqualTo("80");
            assertThat(refused.count()).isEqualTo(1);
            assertThat(refused.inForce().at()).isEqualTo(rules + ":3");
            assertThat(refused.candidate().reason()).isEqualTo("no-matching-rule");
            assertThat(refused.candidate().text()).contains("nearest", "tcp 81", "port differs");
            assertThat(refused.candidate().at()).isEqualTo("new.yaml:3");
        });
        assertThat(differences(DifferenceKind.NEWLY_ALLOWED)).singleElement().satisfies(allowed -> {
            assertThat(allowed.count()).isEqualTo(2);
            assertThat(allowed.candidate().at()).isEqualTo("new.yaml:3");
        });
    }

    @Test
    void aBrokenCandidateIsRefusedWithItsProblemsUnderItsName() {
        ShadowOutcome refused = begin(allowing(70_000));

        assertThat(refused.done()).isFalse();
        assertThat(refused.problems()).singleElement().asString().startsWith("new.yaml:3:");
        assertThat(lane.report()).isEmpty();
        assertThat(state.resolve("shadow/shadow.json")).doesNotExist();
    }

    @Test
    void aCandidateThatSaysWhatIsInForceIsRefused() {
        assertThat(begin(allowing(80)).sentence()).contains("says what is in force");
    }

    @Test
    void anotherCandidateDoesNotEndTheClockOfTheFirst() {
        begin(allowing(81));

        assertThat(begin(allowing(82)).sentence()).contains("another candidate, new.yaml");
        assertThat(begin(allowing(81)).sentence()).contains("this candidate");
        assertThat(lane.drop().done()).isTrue();
        assertThat(begin(allowing(82)).done()).isTrue();
    }

    @Test
    void aReloadLetsTheCandidateGoOnBesideTheNewPolicy() throws Exception {
        begin(allowing(81));
        connect(80);
        running.putInForce(read(allowing(82)));
        connect(82);
        connect(80);

        assertThat(differences(DifferenceKind.NEWLY_REFUSED))
                .extracting(Difference::service, Difference::count)
                .containsExactlyInAnyOrder(tuple("80", 1L), tuple("82", 1L));
    }

    @Test
    void aRuleOfTheCandidateThatExpiresAllowsNothingMore() {
        begin(allowing(81).replace("source: any", "source: any, expires: 2026-11-24T13:00:00Z"));
        connect(81);
        wall = wall.plus(Duration.ofHours(1));
        shadowed.follow();
        connect(81);

        assertThat(differences(DifferenceKind.NEWLY_ALLOWED))
                .extracting(Difference::count)
                .containsExactly(1L);
    }

    @Test
    void aCrashKeepsItsClockAndWhatItWasFoundToDo() {
        begin(allowing(81));
        var began = wall;
        connect(81);
        keeper.look();
        wall = began.plus(Duration.ofDays(3));
        crashAndStart();
        connect(81);

        assertThat(lane.report().orElseThrow().candidate().began()).isEqualTo(began);
        assertThat(differences(DifferenceKind.NEWLY_ALLOWED))
                .extracting(Difference::count)
                .containsExactly(2L);
    }

    @Test
    void aCandidateWhoseTimeWasOverBeforeAStartIsNotJudged() {
        begin(allowing(81));
        wall = wall.plus(Duration.ofDays(14));
        crashAndStart();

        assertThat(lane.report()).isEmpty();
        assertThat(running.active().inForce().shadow().isPresent()).isFalse();
    }

    @Test
    void aCandidateWhoseCopyIsDamagedEndsWithTheStart() throws Exception {
        begin(allowing(81));
        Path copy = state.resolve("shadow/files" + rules);
        Files.writeString(copy, allowing(83));
        crashAndStart();
        assertThat(lane.report()).isEmpty();
        assertThat(copy).doesNotExist();
    }

    @Test
    void itIsPromotedOnceItWasQuietForLongEnough() throws Exception {
        begin(allowing(81));
        connect(81);
        connect(80);
        String allowed = differences(DifferenceKind.NEWLY_ALLOWED).get(0).id();
        String refused = differences(DifferenceKind.NEWLY_REFUSED).get(0).id();

        assertThat(promote(Set.of()).sentence()).contains("judged for 0s only");
        wall = wall.plus(WEEK);
        assertThat(promote(Set.of("00000000")).sentence()).contains("no difference is called 00000000");
        assertThat(promote(Set.of(allowed)).sentence()).contains(refused).doesNotContain(allowed);
        assertThat(allows(81)).isFalse();

        assertThat(promote(Set.of(refused)).inForce()).isTrue();
        assertThat(allows(81)).isTrue();
        assertThat(lane.report()).as("until it is confirmed").isPresent();

        Files.writeString(rules, allowing(81));
        assertThat(control.confirm(running.inForce().policy().hash())).isEmpty();
        assertThat(lane.report()).isEmpty();
    }

    @Test
    void aPromotionThatIsNotConfirmedLeavesTheCandidateWhereItWas() {
        begin(allowing(81));
        connect(81);
        assertThat(promoteAtOnce().inForce()).isTrue();
        control.rollBack();
        connect(81);

        assertThat(allows(81)).isFalse();
        assertThat(differences(DifferenceKind.NEWLY_ALLOWED))
                .extracting(Difference::count)
                .containsExactly(2L);
    }

    @Test
    void anEditOfTheRulesFileIsNotLostByAPromotion() throws Exception {
        begin(allowing(81));
        Files.writeString(rules, allowing(80) + "# edited\n");

        assertThat(promoteAtOnce().sentence()).contains("was edited since");
        assertThat(lane.promote(new PromoteRequest(apply(""), Optional.empty(), Set.of(), true))
                        .inForce())
                .isTrue();
    }

    @Test
    void aListThatIsEditedChangesNothingOfWhatIsJudgedAndRefusesThePromotion() throws Exception {
        Path list = Files.writeString(directory.resolve("office.txt"), "198.51.100.7\n");
        begin(allowing(81)
                .replace("security_groups:\n", "prefix_lists: { pl-office: { file: office.txt } }\nsecurity_groups:\n")
                .replace("source: any", "source: pl-office"));
        Files.writeString(list, "203.0.113.9\n");
        crashAndStart();
        connect(81);

        assertThat(differences(DifferenceKind.NEWLY_ALLOWED)).hasSize(1);
        assertThat(promoteAtOnce().sentence()).contains("one of its lists, was edited");
        assertThat(allows(81)).isFalse();
    }

    private ShadowOutcome begin(String content) {
        var bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)).asReadOnlyBuffer();
        return lane.begin(new ShadowRequest("new.yaml", bytes, Duration.ofDays(14), Optional.of("ada")));
    }

    private ReloadOutcome promote(Set<String> accept) {
        return lane.promote(new PromoteRequest(apply(""), Optional.of(WEEK), accept, false));
    }

    private ReloadOutcome promoteAtOnce() {
        return lane.promote(new PromoteRequest(apply(""), Optional.empty(), Set.of(), false));
    }

    private List<Difference> differences(DifferenceKind kind) {
        return lane.report().orElseThrow().totals().of(kind);
    }

    private void crashAndStart() {
        keeper = new ShadowKeeper(state, () -> wall);
        running = runningWith(running.inForce().policy(), keeper.ledger());
        shadowed = new ShadowedPolicy(keeper, running, loader);
        changes = new DaemonChanges(changes.settings(), running, control, changes.candidates());
        lane = new ShadowLane(shadowed, changes);
        new ShadowRestart(shadowed, control, running).resume();
    }

    /** A client opens a connection, and the packet path judges it. */
    private void connect(int port) {
        byte[] packet = PacketBuilder.tcp("198.51.100.7", "10.0.0.1", port, "S");
        var view = new PacketView();
        PacketDecoder.decode(ByteBuffer.wrap(packet), 0, packet.length, view);
        var judge = new PacketJudge(Pickup.JUDGE, flow -> false);
        PolicyInForce now = running.active().inForce();
        new ShadowJudge(judge, false)
                .compare(
                        now.shadow(),
                        judge.judge(now.filter(), Hook.INPUT, view),
                        Hook.INPUT,
                        view,
                        wall.toEpochMilli());
    }
}
