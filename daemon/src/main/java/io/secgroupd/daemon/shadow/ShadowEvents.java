package io.secgroupd.daemon.shadow;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lines of the daemon's log about a candidate. */
final class ShadowEvents {

    private static final Logger LOG = LoggerFactory.getLogger(ShadowEvents.class);

    private ShadowEvents() {}

    static void begun(ShadowCandidate candidate) {
        LOG.info(
                "shadow.begun hash={} by={}: {} is judged beside the policy in force until {}",
                candidate.shortHash(),
                candidate.by(),
                candidate.name(),
                candidate.ends());
    }

    static void resumed(ShadowCandidate candidate) {
        LOG.info("shadow.resumed hash={}: it has been judged since {}", candidate.shortHash(), candidate.began());
    }

    /** Only an end that nobody has asked for or foreseen is a warning. */
    static void ended(String hash, ShadowEnd how, String because) {
        if (how == ShadowEnd.BROKEN) {
            LOG.warn("shadow.ended hash={} how={}: {}", hash, how.word(), because);
        } else {
            LOG.info("shadow.ended hash={} how={}: {}", hash, how.word(), because);
        }
    }

    static void failed() {
        LOG.error(
                "shadow.failed: the candidate could not judge a packet, by a defect of the program; no verdict changed");
    }

    static void notForgotten(IOException why) {
        LOG.warn("shadow.unwritable {}: after a restart the candidate may be judged again", why.toString());
    }

    static void notStored(IOException why) {
        LOG.warn("shadow.unwritable {}: a restart forgets what the candidate was found to do", why.toString());
    }
}
