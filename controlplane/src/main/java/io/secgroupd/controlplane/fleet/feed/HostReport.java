package io.secgroupd.controlplane.fleet.feed;

import java.io.IOException;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What a host tells of a revision.
 *
 * @param result        what came of it
 * @param serial        of the revision
 * @param edition       of the revision
 * @param policy        the hash of the policy, or an empty text when it could not be read
 * @param problem       why it is not in force, in sentences; it is cut off where it is longer than is allowed
 * @param refusedBefore packets refused in the minute before the revision
 * @param refusedAfter  packets refused in the first minute with it
 * @param program       the version of secgroupd on the host
 */
public record HostReport(
        Result result,
        long serial,
        long edition,
        String policy,
        String problem,
        OptionalLong refusedBefore,
        OptionalLong refusedAfter,
        String program) {

    private static final int PROBLEM = 1000;
    private static final int PROGRAM = 100;

    /** What came of a revision on a host. */
    public enum Result {
        /** It is confirmed. */
        IN_FORCE,
        /** It was never in force. */
        REFUSED,
        /** It was in force on trial, and the host has returned to what it had before. */
        TAKEN_BACK
    }

    public HostReport {
        FeedText.require(serial > 0, "the serial of a report is not above 0");
        FeedText.require(edition >= 0, "the edition of a report is below 0");
        if (!policy.isEmpty()) {
            FeedText.requireHash("the hash of a policy", policy);
        }
        FeedText.require(refusedBefore.orElse(0) >= 0 && refusedAfter.orElse(0) >= 0, "a number is below 0");
        problem = FeedText.line(problem, PROBLEM);
        program = FeedText.line(program, PROGRAM);
    }

    /** The same report, when the first minute is over. */
    public HostReport after(long refused) {
        return new HostReport(
                result, serial, edition, policy, problem, refusedBefore, OptionalLong.of(refused), program);
    }

    /** The same report without counts, where those of an earlier one go on. */
    public HostReport uncounted() {
        return new HostReport(
                result, serial, edition, policy, problem, OptionalLong.empty(), OptionalLong.empty(), program);
    }

    /** The text for the wire. */
    public byte[] bytes() {
        return FlatJson.bytes(json -> {
            json.writeStringField("result", result.name().toLowerCase(Locale.ROOT));
            json.writeNumberField("serial", serial);
            if (edition > 0) {
                json.writeNumberField("edition", edition);
            }
            json.writeStringField("policy", policy);
            json.writeStringField("problem", problem);
            if (refusedBefore.isPresent()) {
                json.writeNumberField("refused_before", refusedBefore.getAsLong());
            }
            if (refusedAfter.isPresent()) {
                json.writeNumberField("refused_after", refusedAfter.getAsLong());
            }
            json.writeStringField("program", program);
        });
    }

    /**
     * Reads the text.
     *
     * @throws IOException with a sentence
     */
    public static HostReport parse(byte[] bytes) throws IOException {
        FlatJson json = FlatJson.parse(bytes, FeedLimits.REPORT);
        try {
            return new HostReport(
                    result(json.text("result")),
                    json.number("serial"),
                    json.optionalNumber("edition").orElse(0),
                    json.text("policy"),
                    json.text("problem"),
                    json.optionalNumber("refused_before"),
                    json.optionalNumber("refused_after"),
                    json.text("program"));
        } catch (IllegalArgumentException e) {
            throw new IOException("The report is refused: " + e.getMessage() + ".", e);
        }
    }

    private static Result result(String text) {
        return Stream.of(Result.values())
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the result is unknown"));
    }
}
