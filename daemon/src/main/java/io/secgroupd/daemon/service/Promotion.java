package io.secgroupd.daemon.service;

import io.secgroupd.daemon.admin.ApplyRequest;
import io.secgroupd.daemon.admin.ShadowApi.PromoteRequest;
import io.secgroupd.daemon.control.FileContent;
import io.secgroupd.daemon.shadow.Quietness;
import io.secgroupd.daemon.shadow.ShadowCandidate;
import io.secgroupd.daemon.shadow.ShadowReport;
import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.PolicyReader;
import io.secgroupd.rules.file.PolicyText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * Makes of a candidate that was judged beside the policy in force one that can be applied.
 *
 * @param report what is known about it
 * @param files  its files as they were when it began
 * @param rules  the rules file
 */
record Promotion(ShadowReport report, PolicyFiles files, Path rules) {

    /** The reason why it must not come into force; empty when there is none. */
    Optional<String> objection(PromoteRequest request, Instant now) {
        ShadowCandidate candidate = report.candidate();
        if (!request.overEdit() && !FileContent.hash(rules).equals(candidate.written())) {
            return Optional.of(rules + " was edited since the candidate began, and the candidate lacks that;"
                    + " begin again with a file that has both, or lose the edit with --over-edit");
        }
        return request.quiet().flatMap(quiet -> Quietness.objection(report, quiet, now));
    }

    /**
     * The candidate as a file to be applied.
     *
     * @throws IOException with a clause, when it would not be the policy that was judged
     */
    ApplyRequest trial(ApplyRequest asked) throws IOException {
        ShadowCandidate candidate = report.candidate();
        byte[] content = files.content(files.first())
                .orElseThrow(() -> new IOException("the copy of the candidate is gone; begin again"));
        String hash = PolicyReader.read(new PolicyText(candidate.name(), content, rules))
                .hash();
        if (!hash.equals(candidate.hash())) {
            throw new IOException("a file that the candidate includes, or one of its lists, was edited since it began;"
                    + " what was judged is no longer what would come into force: begin again");
        }
        return new ApplyRequest(
                candidate.name(),
                ByteBuffer.wrap(content).asReadOnlyBuffer(),
                asked.time(),
                asked.existing(),
                asked.by(),
                asked.caller());
    }
}
