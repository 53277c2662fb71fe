package io.secgroupd.controlplane.fleet.server;

import io.secgroupd.controlplane.fleet.feed.HostToken;
import io.secgroupd.controlplane.store.common.Json;
import io.secgroupd.controlplane.store.common.Json.JsonTexts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * A host that may take part.
 *
 * @param tokenHash of its token; the token itself is nowhere here
 * @param by        who has enrolled it
 */
record EnrolledHost(String host, String tokenHash, String by, Instant time) {

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
        json.texts().put("by", by);
        json.texts().put("time", time.toString());
        return Json.line(json);
    }

    static EnrolledHost parse(String text) throws IOException {
        JsonTexts json = Json.parse(text);
        try {
            return new EnrolledHost(
                    json.text("host"), json.text("token_sha256"), json.text("by"), Instant.parse(json.text("time")));
        } catch (DateTimeException e) {
            throw new IOException("The time of an enrolment is none.", e);
        }
    }
}
