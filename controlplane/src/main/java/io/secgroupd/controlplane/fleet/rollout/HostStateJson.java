package io.secgroupd.controlplane.fleet.rollout;

import io.secgroupd.controlplane.store.common.Json;
import io.secgroupd.controlplane.store.common.Json.JsonTexts;
import java.io.IOException;

/** What is known of a host as it is kept: one line of JSON. */
public final class HostStateJson {

    private HostStateJson() {}

    /** The text of what is known. */
    public static String text(HostState state) {
        var json = new JsonTexts();
        var texts = json.texts();
        texts.put("host", state.host());
        texts.put("in_force", Long.toString(state.inForce()));
        texts.put("edition", Long.toString(state.edition()));
        texts.put("refused_edition", Long.toString(state.refusedEdition()));
        texts.put("refused", Long.toString(state.refused()));
        texts.put("problem", state.problem());
        texts.put("taken_back", Boolean.toString(state.takenBack()));
        state.refusedBefore().ifPresent(count -> texts.put("refused_before", Long.toString(count)));
        state.refusedAfter().ifPresent(count -> texts.put("refused_after", Long.toString(count)));
        texts.put("changed", state.changed().toString());
        texts.put("joined", state.joined().toString());
        texts.put("seen", state.seen().toString());
        texts.put("connected", Boolean.toString(state.connected()));
        texts.put("server", state.server());
        texts.put("program", state.program());
        return Json.line(json);
    }

    /**
     * What a text says of a host.
     *
     * @throws IOException when it says nothing of one
     */
    public static HostState parse(String text) throws IOException {
        var fields = new RecordFields(Json.parse(text));
        return new HostState(
                fields.text("host"),
                fields.number("in_force"),
                fields.count("edition").orElse(0),
                fields.number("refused"),
                fields.count("refused_edition").orElse(0),
                fields.text("problem"),
                fields.truth("taken_back"),
                fields.count("refused_before"),
                fields.count("refused_after"),
                fields.instant("changed"),
                fields.instant("joined"),
                fields.instant("seen"),
                fields.truth("connected"),
                fields.text("server"),
                fields.text("program"));
    }
}
