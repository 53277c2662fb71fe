package io.secgroupd.daemon.control;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a copy of each policy that comes into force from the rules file. A failure is only logged, because only a start from a damaged
 * file needs the copy; but such a start would bring an older policy back, so it is tried again until the disk takes the copy.
 */
public final class LastGoodKeeper {

    /** A disk that is full stays so for minutes, and an attempt writes as much as the policy is long. */
    static final Duration AGAIN = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(LastGoodKeeper.class);

    private final LastGood lastGood;
    private final Path rules;
    private final Timers timers;
    private @Nullable HostPolicy unsaved;
    private boolean waits;

    /** @param rules the file whose policies are kept */
    public LastGoodKeeper(LastGood lastGood, Path rules) {
        this(lastGood, rules, Timers.OF_PROCESS);
    }

    LastGoodKeeper(LastGood lastGood, Path rules, Timers timers) {
        this.lastGood = lastGood;
        this.rules = rules;
        this.timers = timers;
    }

    /** Keeps a copy of a policy in force, now or as soon as that is possible, unless another comes into force before. */
    public synchronized void keep(HostPolicy policy) {
        try {
            lastGood.store(rules, policy);
            if (unsaved != null) {
                LOG.info("policy.saved hash={}", policy.shortHash());
            }
            unsaved = null;
        } catch (IOException e) {
            if (unsaved == null) {
                LOG.warn("policy.unsaved {}: a start from a damaged rules file would not bring it back", e.toString());
            }
            unsaved = policy;
            tryAgainLater();
        }
    }

    private synchronized void tryAgainLater() {
        if (!waits) {
            waits = true;
            timers.after(AGAIN, this::tryAgain);
        }
    }

    private synchronized void tryAgain() {
        waits = false;
        if (unsaved != null) {
            keep(unsaved);
        }
    }
}
