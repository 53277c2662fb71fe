package io.secgroupd.controlplane.fleet.server;

import io.secgroupd.controlplane.fleet.feed.HostToken;
import io.secgroupd.controlplane.store.common.Json;
import io.secgroupd.controlplane.store.common.Json.JsonTexts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A host that may take part.
 *
 * @param tokenHash of its token; the token itself is nowhere here
 * @param instances the instances of the policy whose addresses it may report, the first that is in want of them first
 * @param by        who has enrolled it
 */
record EnrolledHost(String host, String tokenHash, List<String> instances, String by, Instant time) {

    /** As the control-plane file allows. */
    private static final Pattern INSTANCE = Pattern.compile("[A-Za-z0-9._-]{1,255}");

    EnrolledHost {
        instances = List.copyOf(instances);
        for (String instance : instances) {
            if (!INSTANCE.matcher(instance).matches()) {
                throw new IllegalArgumentException(
                        '"' + instance + "\" is not the name of an instance; it has letters, digits, -, _ and .");
            }
        }
    }

    /** Whether a token is the one of this host. How long the answer takes does not tell how much of it is right. */
    boolean isBy(HostToken token) {
        return token.host().equals(host)
                && MessageDigest.isEqual(
                        token.hash().getBytes(StandardCharsets.US_ASCII),
                        tokenHash.getBytes(StandardCharsets.US_ASCII));
    }

    String text() {
        var json = new JsonTexts();
        json.texts().put("host", host);
        json.texts().put("token_sha256", tokenHash);
        if (!instances.isEmpty()) {
            json.texts().put("instances", String.join(",", instances));
        }
        json.texts().put("by", by);
        json.texts().put("time", time.toString());
        return Json.line(json);
    }

    private static List<String> instances(Optional<String> text) {
        return text.map(names -> Arrays.asList(names.split(",", -1))).orElse(List.of());
    }

    static EnrolledHost parse(String text) throws IOException {
        JsonTexts json = Json.parse(text);
        try {
            return new EnrolledHost(
                    json.text("host"),
                    json.text("token_sha256"),
                    instances(Optional.ofNullable(json.texts().get("instances"))),
                    json.text("by"),
                    Instant.parse(json.text("time")));
        } catch (DateTimeException e) {
            throw new IOException("The time of an enrolment is none.", e);
        } catch (IllegalArgumentException e) {
            throw new IOException("An instance of an enrolment is none: " + e.getMessage() + ".", e);
        }
    }
}
