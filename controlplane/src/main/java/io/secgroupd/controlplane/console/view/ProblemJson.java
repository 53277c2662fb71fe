package io.secgroupd.controlplane.console.view;

import com.fasterxml.jackson.core.JsonGenerator;
import io.secgroupd.rules.text.Problem;
import java.io.IOException;
import java.util.Collection;
import java.util.Locale;

/** Problems of files as objects of JSON. */
public final class ProblemJson {

    /** More than anybody reads. */
    private static final int MOST = 200;

    private ProblemJson() {}

    /** A field with the first of these problems. */
    public static void write(Collection<Problem> problems, FilePlaces places, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("problems");
        for (Problem problem : problems.stream().limit(MOST).toList()) {
            json.writeStartObject();
            fields(problem, places, json);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** The fields of a problem, into an object that has been started. */
    public static void fields(Problem problem, FilePlaces places, JsonGenerator json) throws IOException {
        json.writeStringField("severity", problem.severity().name().toLowerCase(Locale.ROOT));
        json.writeStringField("at", problem.at().file().isEmpty() ? "" : places.of(problem.at()));
        json.writeStringField("path", problem.path());
        json.writeStringField("message", problem.message());
    }
}
