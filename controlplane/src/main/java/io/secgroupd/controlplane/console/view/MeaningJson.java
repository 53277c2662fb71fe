package io.secgroupd.controlplane.console.view;

import com.fasterxml.jackson.core.JsonGenerator;
import io.secgroupd.rules.analyze.Change;
import io.secgroupd.rules.analyze.ChangeSentence;
import io.secgroupd.rules.analyze.InstanceChange;
import io.secgroupd.rules.analyze.ModeChange;
import io.secgroupd.rules.analyze.ModeChanges;
import io.secgroupd.rules.analyze.SemanticDiff;
import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.net.AddressSet;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What changes in meaning from one policy to another, by instance; those with the same changes are one row. */
public final class MeaningJson {

    private static final int MOST_ROWS = 200;
    private static final int MOST_FLOWS = 50;
    private static final int MOST_NAMES = 4;
    private static final int MOST_RANGES = 8;

    private record Alike(InstanceChange.Kind kind, List<Change> flows) {}

    private MeaningJson() {}

    /**
     * Writes for two policies as they hold now the fields {@code meaning}, {@code modes} as sentences, and {@code summary} in one
     * sentence.
     */
    public static void write(Policy before, Policy after, JsonGenerator json) throws IOException {
        Instant now = Instant.now();
        CompiledPolicy old = CompiledPolicy.of(before.at(now));
        CompiledPolicy fresh = CompiledPolicy.of(after.at(now));
        json.writeStringField("summary", ChangeSentence.of(old, fresh));
        JsonLists.strings(
                "modes",
                ModeChanges.between(old, fresh).stream()
                        .map(ModeChange::toString)
                        .toList(),
                json);
        json.writeArrayFieldStart("meaning");
        Map<Alike, List<String>> rows = new LinkedHashMap<>();
        for (InstanceChange change : SemanticDiff.between(old, fresh)) {
            rows.computeIfAbsent(new Alike(change.kind(), change.changes()), unused -> new ArrayList<>())
                    .add(change.instance());
        }
        for (Map.Entry<Alike, List<String>> row :
                rows.entrySet().stream().limit(MOST_ROWS).toList()) {
            write(row.getValue(), row.getKey(), json);
        }
        json.writeEndArray();
    }

    private static void write(List<String> names, Alike alike, JsonGenerator json) throws IOException {
        int more = names.size() - MOST_NAMES;
        String first = String.join(", ", names.subList(0, Math.min(MOST_NAMES, names.size())));
        json.writeStartObject();
        json.writeStringField("instance", more > 0 ? first + " and " + more + " more" : first);
        json.writeStringField("kind", alike.kind().word());
        json.writeArrayFieldStart("flows");
        for (Change flows : alike.flows().stream().limit(MOST_FLOWS).toList()) {
            json.writeStartObject();
            json.writeStringField("now", flows.now().name());
            json.writeStringField("terms", terms(flows));
            json.writeStringField("direction", flows.direction().word());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** The terms of flows whose peers may be a million ranges. */
    private static String terms(Change flows) {
        int more = flows.peers().size() - MOST_RANGES;
        if (more <= 0) {
            return flows.terms();
        }
        AddressSet first =
                AddressSet.of(flows.peers().stream().limit(MOST_RANGES).toList());
        var few = new Change(flows.direction(), flows.now(), flows.protocols(), flows.selectors(), first);
        return few.terms() + " and " + more + " more ranges";
    }
}
