package io.secgroupd.daemon.control;

import io.secgroupd.rules.analyze.ExpiredRules;
import io.secgroupd.rules.pipeline.SoundPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what the time alone has changed in the policy in force. */
final class ExpiryLog {

    private static final Logger LOG = LoggerFactory.getLogger(ExpiryLog.class);

    private ExpiryLog() {}

    /** Logs the rules that lived in one and do not in the other, which is the same policy at another instant. */
    static void tell(SoundPolicy before, SoundPolicy now) {
        ExpiredRules rules = ExpiredRules.between(now.written(), before.at(), now.at());
        if (!rules.expired().isEmpty()) {
            LOG.warn(
                    "policy.expired rules={} hash={}: {}; they match nothing any more",
                    rules.expired().size(),
                    HostPolicy.shortHash(now.hash()),
                    ExpiredRules.names(rules.expired()));
        }
        if (!rules.revived().isEmpty()) {
            LOG.warn(
                    "policy.revived rules={} hash={}: {}; they match again, because the clock was set back",
                    rules.revived().size(),
                    HostPolicy.shortHash(now.hash()),
                    ExpiredRules.names(rules.revived()));
        }
    }
}
