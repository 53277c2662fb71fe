package io.secgroupd.controlplane.fleet.host;

import io.secgroupd.controlplane.fleet.feed.HostReport.Result;
import io.secgroupd.controlplane.fleet.feed.Pointer;
import io.secgroupd.controlplane.store.common.Json;
import io.secgroupd.controlplane.store.common.Json.JsonTexts;
import java.io.IOException;

/**
 * A revision that did not come into force here, and is not tried again.
 *
 * @param serial    its number
 * @param edition   which one of it
 * @param manifest  the hash of its manifest
 * @param signature what its pointer had, or an empty text: with another one it is tried again
 * @param policy    the hash of its policy, or an empty text
 * @param takenBack whether it was tried
 * @param why       in a sentence
 */
record Refused(
        long serial, long edition, String manifest, String signature, String policy, boolean takenBack, String why) {

    static Refused of(Pointer pointer, String policy, Result result, String why) {
        return new Refused(
                pointer.serial(),
                pointer.edition(),
                pointer.manifest(),
                pointer.signature().orElse(""),
                policy,
                result == Result.TAKEN_BACK,
                why);
    }

    boolean isOf(Pointer pointer) {
        return serial == pointer.serial()
                && manifest.equals(pointer.manifest())
                && signature.equals(pointer.signature().orElse(""));
    }

    Result result() {
        return takenBack ? Result.TAKEN_BACK : Result.REFUSED;
    }

    String text() {
        var json = new JsonTexts();
        json.texts().put("serial", Long.toString(serial));
        json.texts().put("edition", Long.toString(edition));
        json.texts().put("manifest", manifest);
        json.texts().put("signature", signature);
        json.texts().put("policy", policy);
        json.texts().put("taken_back", Boolean.toString(takenBack));
        json.texts().put("why", why);
        return Json.line(json);
    }

    static Refused parse(String text) throws IOException {
        JsonTexts json = Json.parse(text);
        return new Refused(
                Followed.serial(json),
                Followed.edition(json),
                json.text("manifest"),
                json.text("signature"),
                json.text("policy"),
                Boolean.parseBoolean(json.text("taken_back")),
                json.text("why"));
    }
}
