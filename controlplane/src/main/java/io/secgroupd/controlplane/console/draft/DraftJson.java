package io.secgroupd.controlplane.console.draft;

import com.fasterxml.jackson.core.JsonGenerator;
import io.secgroupd.controlplane.console.view.FilePlaces;
import io.secgroupd.controlplane.console.view.ProblemJson;
import java.io.IOException;
import java.util.List;

/** Problems of a draft as JSON. */
public final class DraftJson {

    private static final int MOST = 200;

    private DraftJson() {}

    /** Writes the field {@code problems}. */
    public static void problems(List<DraftProblem> problems, FilePlaces places, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("problems");
        for (DraftProblem one : problems.subList(0, Math.min(problems.size(), MOST))) {
            json.writeStartObject();
            ProblemJson.fields(one.problem(), places, json);
            if (one.change().isPresent()) {
                json.writeNumberField("change", one.change().getAsInt());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
