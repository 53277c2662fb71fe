package io.secgroupd.controlplane.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.secgroupd.controlplane.aws.AwsRefusal;
import io.secgroupd.controlplane.aws.query.Parameters;
import io.secgroupd.rules.fuzz.Claim;
import io.secgroupd.rules.fuzz.Cost;
import java.net.URLEncoder;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Any bytes as the body of a request of AWS: its parameters can be read in every way, or it is refused as AWS does. */
public final class QueryFuzz {

    private static final Set<String> CODES =
            Set.of("InvalidParameterValue", "MalformedQueryString", "RequestEntityTooLarge", "MissingParameter");
    private static final long BASE = 1 << 20;
    private static final long EACH = 20_000;

    private QueryFuzz() {}

    /** One input. */
    public static void fuzzerTestOneInput(byte[] input) {
        Cost.bounded(input.length, BASE, EACH, () -> {
            try {
                read(Parameters.parse(input));
            } catch (AwsRefusal refusal) {
                refused(refusal);
            }
        });
    }

    private static void refused(AwsRefusal refusal) {
        int status = refusal.error().status();
        Claim.that(status >= 400 && status < 500, "a refusal that is no fault of the client");
        Claim.that(CODES.contains(refusal.error().code()), refusal.error().code());
    }

    private static void read(Parameters parameters) {
        String above = parameters.path("");
        Set<String> structures = new HashSet<>();
        for (String whole : parameters.unread()) {
            String name = whole.substring(above.length());
            String first = name.split("\\.", 2)[0];
            Claim.that(parameters.has(first), "a name that is not there: " + name);
            if (first.equals(name)) {
                leaf(parameters, name);
            } else if (structures.add(first)) {
                parts(parameters, first);
            }
        }
    }

    private static void leaf(Parameters parameters, String name) {
        try {
            Optional<String> text = parameters.text(name);
            String again = URLEncoder.encode(name, UTF_8) + "=" + URLEncoder.encode(text.orElse(""), UTF_8);
            Claim.same(text, Parameters.parse(again.getBytes(UTF_8)).text(name), "another text when it is read again");
            parameters.integer(name);
            parameters.bool(name);
        } catch (AwsRefusal refusal) {
            refused(refusal);
        }
    }

    private static void parts(Parameters parameters, String name) {
        try {
            parameters.list(name);
            parameters.list(name, "member");
            parameters.structure(name).ifPresent(QueryFuzz::read);
            parameters.texts(name);
        } catch (AwsRefusal refusal) {
            refused(refusal);
        }
    }
}
