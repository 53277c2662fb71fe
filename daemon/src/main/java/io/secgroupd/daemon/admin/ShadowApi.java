package io.secgroupd.daemon.admin;

import io.secgroupd.daemon.shadow.ShadowReport;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The candidate that is judged beside the policy in force, as the admin socket sees it. Safe for use by several threads. */
public interface ShadowApi {

    /** What is known about the candidate; empty when none is judged. */
    Optional<ShadowReport> report();

    /** Begins with a candidate. Takes as long as reading and compiling it does. */
    ShadowOutcome begin(ShadowRequest request);

    /** Notes that the operator means these differences, named by their ids. */
    ShadowOutcome accept(Set<String> ids);

    /** Puts the candidate in force until it is confirmed or its time runs out, as {@link AdminApi#apply} does. */
    ReloadOutcome promote(PromoteRequest request);

    /** Ends the candidate. */
    ShadowOutcome drop();

    /**
     * A candidate to judge.
     *
     * @param name    the name of the file, as the operator knows it
     * @param content the content of the file, read-only
     * @param time    after which it ends
     * @param by      the requester, in their own words
     */
    record ShadowRequest(String name, ByteBuffer content, Duration time, Optional<String> by) {}

    /**
     * A request to put the candidate in force.
     *
     * @param trial    as for a candidate that is applied; its name and content are not used
     * @param quiet    for how long it must have been judged without a difference that nobody has accepted; empty: it need not
     * @param accept   the ids of differences that the operator means
     * @param overEdit whether an edit of the rules file since it began may be lost
     */
    record PromoteRequest(ApplyRequest trial, Optional<Duration> quiet, Set<String> accept, boolean overEdit) {

        public PromoteRequest {
            accept = Set.copyOf(accept);
        }
    }

    /**
     * What came of a request.
     *
     * @param hash     the hash of the candidate; empty without one
     * @param sentence the result in words
     * @param problems the problems of the files, with their places
     */
    record ShadowOutcome(boolean done, String hash, String sentence, List<String> problems) {

        public ShadowOutcome {
            problems = List.copyOf(problems);
        }
    }
}
