package io.secgroupd.controlplane.console.apply;

import io.secgroupd.controlplane.fleet.membership.RegisteredFile;
import io.secgroupd.controlplane.store.Revision;
import io.secgroupd.controlplane.store.common.Json;
import io.secgroupd.controlplane.store.common.Json.JsonTexts;
import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.ReadResult;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;

/**
 * A revision that is taken back unless somebody confirms it.
 *
 * @param serial   of the revision, which may not have been made yet
 * @param hash     of its files without the addresses that hosts report
 * @param before   the revision whose content comes back
 * @param by       who has applied it
 * @param deadline until when it can be confirmed
 * @param ending   whether it is being taken back, so that it is too late to confirm
 */
public record PolicyTrial(long serial, String hash, long before, String by, Instant deadline, boolean ending) {

    /**
     * Whether this is the revision that is tried: nobody has changed the policy since. A host that comes or goes makes another
     * revision by itself, and that one is on trial as well, or a fleet would end each trial by chance.
     */
    boolean isOf(Revision revision) {
        return revision.serial() >= serial
                && written(revision.files(), revision.read()).equals(hash);
    }

    /** The hash of what people have written in files. */
    static String written(PolicyFiles files, ReadResult read) {
        return RegisteredFile.in(files)
                .flatMap(path -> read.hashAfter(files, files.with(Map.of(path, new byte[0]))))
                .orElseGet(read::hash);
    }

    PolicyTrial end() {
        return new PolicyTrial(serial, hash, before, by, deadline, true);
    }

    /** As it is kept in the store. */
    String text() {
        var object = new JsonTexts();
        object.texts().put("serial", Long.toString(serial));
        object.texts().put("hash", hash);
        object.texts().put("before", Long.toString(before));
        object.texts().put("by", by);
        object.texts().put("deadline", deadline.toString());
        object.texts().put("ending", Boolean.toString(ending));
        return Json.line(object);
    }

    /**
     * Reads what was kept.
     *
     * @throws IOException when it is none
     */
    static PolicyTrial parse(String text) throws IOException {
        JsonTexts object = Json.parse(text);
        try {
            return new PolicyTrial(
                    Long.parseLong(object.text("serial")),
                    object.text("hash"),
                    Long.parseLong(object.text("before")),
                    object.text("by"),
                    Instant.parse(object.text("deadline")),
                    Boolean.parseBoolean(object.text("ending")));
        } catch (NumberFormatException | DateTimeException e) {
            throw new IOException("The record of a trial is broken.", e);
        }
    }
}
