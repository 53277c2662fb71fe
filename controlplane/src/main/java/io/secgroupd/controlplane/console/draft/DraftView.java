package io.secgroupd.controlplane.console.draft;

import com.fasterxml.jackson.core.JsonGenerator;
import io.secgroupd.controlplane.console.api.ApiCall;
import io.secgroupd.controlplane.console.api.ApiHandler;
import io.secgroupd.controlplane.console.api.ApiReply;
import io.secgroupd.controlplane.console.view.FileLines;
import io.secgroupd.controlplane.console.view.FilePlaces;
import io.secgroupd.controlplane.console.view.MeaningJson;
import io.secgroupd.controlplane.edit.EditResult.Edited;
import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.model.Policy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Answers {@code POST draft}: whether changes are possible, what they mean, and what they do to the text. */
public final class DraftView implements ApiHandler {

    private static final byte[] NOTHING = {};

    private final Drafts drafts;

    /** Shows what comes of these drafts. */
    public DraftView(Drafts drafts) {
        this.drafts = drafts;
    }

    @Override
    public ApiReply answer(ApiCall call) throws IOException {
        DraftResult result = drafts.evaluate(call.body());
        return ApiReply.of(json -> write(result, json));
    }

    private static void write(DraftResult result, JsonGenerator json) throws IOException {
        PolicyFiles files = result.revision().files();
        var places = new FilePlaces(files);
        json.writeBooleanField("ok", result.edited().isPresent());
        json.writeBooleanField("stale", result.stale());
        DraftJson.problems(result.problems(), places, json);
        if (result.edited().isPresent() && result.before().isPresent()) {
            Edited edited = result.edited().get();
            Policy after = edited.policy().written();
            MeaningJson.write(result.before().get(), after, json);
            json.writeObjectFieldStart("tests");
            json.writeNumberField("passed", after.tests().size());
            json.writeEndObject();
            json.writeArrayFieldStart("files");
            for (Map.Entry<Path, byte[]> file : edited.files().entrySet()) {
                json.writeStartObject();
                json.writeStringField("path", places.path(file.getKey()));
                byte[] before = files.content(file.getKey()).orElse(NOTHING);
                FileLines.between(before, file.getValue()).write(json);
                json.writeEndObject();
            }
            json.writeEndArray();
        }
    }
}
