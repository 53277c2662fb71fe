package io.secgroupd.controlplane.console.view;

import com.fasterxml.jackson.core.JsonGenerator;
import io.secgroupd.controlplane.console.api.ApiCall;
import io.secgroupd.controlplane.console.api.ApiHandler;
import io.secgroupd.controlplane.console.api.ApiReply;
import io.secgroupd.controlplane.fleet.history.RevisionMeanings;
import io.secgroupd.controlplane.fleet.history.RevisionMeanings.Told;
import io.secgroupd.controlplane.store.Origin;
import io.secgroupd.controlplane.store.PolicyStore;
import java.io.IOException;
import java.util.List;

/** Answers {@code GET history}: who has changed what, and what that meant. */
public final class HistoryView implements ApiHandler {

    private static final int MOST = 50;

    private final PolicyStore store;
    private final RevisionMeanings meanings;

    /** Shows the history of a store. */
    public HistoryView(PolicyStore store) {
        this.store = store;
        this.meanings = new RevisionMeanings(store);
    }

    @Override
    public ApiReply answer(ApiCall call) throws IOException {
        var unused = store.current(); // so that an edit by hand is one of them
        List<Told> told = meanings.newest(MOST);
        return ApiReply.of(json -> {
            json.writeArrayFieldStart("revisions");
            for (Told one : told) {
                write(one, json);
            }
            json.writeEndArray();
        });
    }

    private static void write(Told told, JsonGenerator json) throws IOException {
        Origin origin = told.entry().origin();
        json.writeStartObject();
        json.writeNumberField("serial", told.entry().serial());
        json.writeStringField("author", origin.author());
        json.writeStringField("reason", origin.reason());
        json.writeStringField("time", origin.time().toString());
        json.writeStringField("meaning", told.meaning());
        json.writeEndObject();
    }
}
