package io.secgroupd.controlplane.console.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secgroupd.controlplane.console.api.ApiReply;
import io.secgroupd.controlplane.console.api.BadCallException;
import io.secgroupd.controlplane.console.api.JsonObject;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Pages are answered when there is something new, and the log is followed only while they ask. */
class FlowsViewTest extends TrafficFixture {

    private final RefusedPairs refused = new RefusedPairs(() -> PolicyNodes.NONE);
    private final FlowWatch watch = new FlowWatch(host, refused, clock);
    private final FlowsView view = new FlowsView(watch, clock, watch::asked);

    @Test
    void aPageThatHasSeenNothingIsAnsweredAtTheNextMoment() {
        CompletableFuture<ApiReply> first = view.answer(get());

        assertThat(first).isNotDone();
        assertThat(view.answerAll()).isFalse();
        assertThat(text(first.join())).contains("\"next\":0", "\"daemon\":true", "\"flows\":[]");
    }

    @Test
    void aPageWaitsForTheNextFlowAndGetsItsNumber() {
        CompletableFuture<ApiReply> waiting = view.answer(get("after", "0"));
        assertThat(view.answerAll()).isTrue();
        assertThat(waiting).isNotDone();

        host.write(GivenHost.accepted());
        assertThat(view.answerAll()).isFalse();

        JsonObject answer = object(waiting.join());
        assertThat(answer.number("next")).hasValue(1);
        assertThat(answer.objects("flows")).singleElement().satisfies(flow -> {
            assertThat(flow.number("n")).hasValue(1);
            assertThat(flow.text("dst")).isEqualTo("10.0.0.2");
        });
        assertThat(text(waiting.join())).contains("[" + clock.instant().getEpochSecond() + ",1,0]]");
    }

    @Test
    void aPageThatIsTooSlowGetsTheNewestAndTheNumberOfTheOthers() {
        CompletableFuture<ApiReply> waiting = view.answer(get("after", "0"));
        for (int i = 0; i < RecentFlows.MOST + 7; i++) {
            host.write(GivenHost.accepted());
        }
        view.answerAll();

        JsonObject answer = object(waiting.join());
        assertThat(answer.number("left_out")).hasValue(7);
        assertThat(answer.objects("flows")).hasSize(RecentFlows.MOST);
    }

    @Test
    void flowsThatTheDaemonHasLeftOutAreCountedInTheTimelineAndAmongThoseLeftOut() {
        CompletableFuture<ApiReply> waiting = view.answer(get("after", "0"));
        host.write(GivenHost.accepted());
        host.write("{\"left_out\":40,\"accepted\":50,\"refused\":6}");
        host.write(GivenHost.accepted());
        view.answerAll();

        JsonObject answer = object(waiting.join());
        assertThat(answer.number("next")).hasValue(42);
        assertThat(answer.number("left_out")).hasValue(40);
        assertThat(answer.objects("flows"))
                .extracting(flow -> flow.number("n").orElse(0))
                .containsExactly(1L, 42L);
        assertThat(text(waiting.join())).contains("[" + clock.instant().getEpochSecond() + ",52,6]]");
    }

    @Test
    void aPageIsAnsweredAfterItsTimeThoughNothingHappens() {
        CompletableFuture<ApiReply> waiting = view.answer(get("after", "0"));
        clock.goOn(FlowsView.LONGEST);

        view.answerAll();

        assertThat(waiting).isDone();
    }

    @Test
    void aPageThatIsGoneIsForgotten() {
        view.answer(get("after", "0")).cancel(false);

        assertThat(view.answerAll()).isFalse();
    }

    @Test
    void aNumberThatIsNoneIsAFaultOfThePage() {
        assertThatThrownBy(() -> view.answer(get("after", "-1"))).isInstanceOf(BadCallException.class);
    }

    @Test
    void theLogIsLeftSomeTimeAfterTheLastQuestion() {
        view.answer(get()).cancel(false);
        clock.goOn(FlowWatch.LINGER);
        assertThat(watch.look()).isTrue();
        assertThat(host.followers).hasSize(1);

        clock.goOn(Duration.ofMillis(1));

        assertThat(watch.look()).isFalse();
        assertThat(host.followers).isEmpty();
        assertThat(watch.isFollowing()).isFalse();
    }

    @Test
    void aDaemonThatIsLostIsAskedAgainInAMoment() {
        watch.asked();
        host.lost.get(0).run();
        watch.asked();
        assertThat(watch.isFollowing()).isFalse();
        assertThat(host.begun).hasValue(1);

        clock.goOn(FlowWatch.AGAIN);
        assertThat(watch.look()).isTrue();

        assertThat(host.begun).hasValue(2);
        assertThat(watch.isFollowing()).isTrue();
    }

    @Test
    void whatIsNoFlowIsNotShown() {
        watch.asked();
        host.write("{\"time\":\"x\",\"skipdata\":true,\"lost\":9}");
        host.write("nonsense");
        host.write("");

        assertThat(watch.ring().newest()).isZero();
    }
}
