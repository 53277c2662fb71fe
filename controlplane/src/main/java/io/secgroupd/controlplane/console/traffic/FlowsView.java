package io.secgroupd.controlplane.console.traffic;

import io.secgroupd.controlplane.console.api.ApiCall;
import io.secgroupd.controlplane.console.api.ApiReply;
import io.secgroupd.controlplane.console.api.BadCallException;
import io.secgroupd.controlplane.console.api.WaitingHandler;
import io.secgroupd.controlplane.console.traffic.RecentFlows.FlowPart;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * {@code GET flows}: the flows since the last answer, as soon as there are any. All pages are answered at the same moments, some
 * of them in a second, however many flows there are.
 */
final class FlowsView implements WaitingHandler {

    /** A page asks again at the latest after this time, so that both know that the other is there. */
    static final Duration LONGEST = Duration.ofSeconds(20);

    /** More pages than anybody has open. */
    private static final int MOST_WAITING = 64;

    private final FlowWatch watch;
    private final Clock clock;
    private final Runnable wake;
    private final List<Question> waiting = new ArrayList<>();

    private record Question(long after, Instant asked, CompletableFuture<ApiReply> answer) {}

    /** @param wake has {@link #answerAll} called from time to time, as long as that says so */
    FlowsView(FlowWatch watch, Clock clock, Runnable wake) {
        this.watch = watch;
        this.clock = clock;
        this.wake = wake;
    }

    @Override
    public CompletableFuture<ApiReply> answer(ApiCall call) {
        String after = call.query().getOrDefault("after", "");
        var question = new Question(
                after.isEmpty() ? RecentFlows.NONE : number(after), clock.instant(), new CompletableFuture<>());
        synchronized (waiting) {
            if (waiting.size() >= MOST_WAITING) {
                return CompletableFuture.completedFuture(
                        ApiReply.refused(503, "Too many pages look at the flows. Close one of them."));
            }
            waiting.add(question);
        }
        wake.run();
        return question.answer();
    }

    private static long number(String text) {
        if (!text.matches("[0-9]{1,15}")) {
            throw new BadCallException("\"after\" is no number.");
        }
        return Long.parseLong(text);
    }

    /**
     * Answers all pages for which there is something new, or that have waited long.
     *
     * @return whether any still wait
     */
    boolean answerAll() {
        for (Question question : due()) {
            question.answer().complete(reply(question.after()));
        }
        synchronized (waiting) {
            return !waiting.isEmpty();
        }
    }

    private List<Question> due() {
        long newest = watch.ring().newest();
        Instant late = clock.instant().minus(LONGEST);
        var due = new ArrayList<Question>();
        synchronized (waiting) {
            for (Iterator<Question> all = waiting.iterator(); all.hasNext(); ) {
                Question question = all.next();
                boolean isDue = question.after() != newest || !question.asked().isAfter(late);
                if (isDue) {
                    due.add(question);
                }
                if (isDue || question.answer().isDone()) { // the page may be gone
                    all.remove();
                }
            }
        }
        return due;
    }

    private ApiReply reply(long after) {
        FlowPart part = watch.ring().after(after, RecentFlows.MOST);
        return ApiReply.of(json -> {
            json.writeNumberField("next", part.next());
            json.writeNumberField("left_out", part.leftOut());
            json.writeBooleanField("daemon", watch.isFollowing());
            json.writeFieldName("rates");
            watch.rates().write(clock.instant().getEpochSecond(), json);
            json.writeArrayFieldStart("flows");
            for (String flow : part.json()) {
                json.writeRawValue(flow);
            }
            json.writeEndArray();
        });
    }
}
