package io.secgroupd.controlplane.console.traffic;

import com.fasterxml.jackson.core.JsonGenerator;
import io.secgroupd.controlplane.console.api.ApiCall;
import io.secgroupd.controlplane.console.api.ApiHandler;
import io.secgroupd.controlplane.console.api.ApiReply;
import io.secgroupd.controlplane.console.api.BadCallException;
import io.secgroupd.controlplane.console.host.ConsoleHost;
import io.secgroupd.controlplane.console.host.ReplayOutcome;
import io.secgroupd.controlplane.console.host.ReplayOutcome.ReplayRow;
import io.secgroupd.controlplane.store.PolicyStore;
import io.secgroupd.rules.file.PolicyFiles;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** {@code POST replay}: what a draft would have made of the flows of the last hours. */
final class ReplayView implements ApiHandler {

    /** The most rows in an answer. */
    static final int MOST = 200;

    private static final long USUAL_HOURS = 24;
    private static final long MOST_HOURS = 168;

    private final ConsoleHost host;
    private final PolicyStore store;
    private final DraftedFiles drafts;
    private final Semaphore one = new Semaphore(1);

    ReplayView(ConsoleHost host, PolicyStore store, DraftedFiles drafts) {
        this.host = host;
        this.store = store;
        this.drafts = drafts;
    }

    @Override
    public ApiReply answer(ApiCall call) throws IOException {
        Duration time = time(call);
        PolicyFiles before = store.current().files();
        Optional<PolicyFiles> after =
                drafts.of(call.body().text("base"), call.body().objects("changes"));
        if (after.isEmpty()) {
            return ApiReply.refused(
                    422,
                    "The draft has errors, or the policy has changed since it was begun: there is nothing to judge by.");
        }
        if (!one.tryAcquire()) {
            return ApiReply.refused(503, "The flow log is being replayed for another page. Try again in a moment.");
        }
        try {
            ReplayOutcome outcome = host.replay(before, after.get(), time);
            return ApiReply.of(json -> write(outcome, json));
        } catch (IOException e) {
            return ApiReply.refused(503, String.valueOf(e.getMessage()));
        } finally {
            one.release();
        }
    }

    private static Duration time(ApiCall call) {
        long hours = call.body().number("hours").orElse(USUAL_HOURS);
        if (hours < 1 || hours > MOST_HOURS) {
            throw new BadCallException("\"hours\" is a number from 1 to " + MOST_HOURS + ".");
        }
        return Duration.ofHours(hours);
    }

    private static void write(ReplayOutcome outcome, JsonGenerator json) throws IOException {
        json.writeNumberField("flows", outcome.flows());
        json.writeNumberField("now_accepted", outcome.nowAccepted());
        json.writeNumberField("now_refused", outcome.nowRefused());
        json.writeArrayFieldStart("rows");
        for (ReplayRow row : outcome.rows().stream().limit(MOST).toList()) {
            write(row, json);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("remarks");
        for (String remark : outcome.remarks()) {
            json.writeString(remark);
        }
        json.writeEndArray();
    }

    private static void write(ReplayRow row, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("from", row.from());
        json.writeStringField("to", row.to());
        json.writeStringField("protocol", row.protocol());
        json.writeStringField("port", row.port());
        json.writeNumberField("count", row.count());
        json.writeStringField("before", row.before());
        json.writeStringField("after", row.after());
        json.writeStringField("rule_before", row.ruleBefore().orElse(""));
        json.writeStringField("rule_after", row.ruleAfter().orElse(""));
        json.writeEndObject();
    }
}
