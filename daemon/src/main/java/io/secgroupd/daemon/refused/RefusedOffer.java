package io.secgroupd.daemon.refused;

import io.secgroupd.rules.decide.FixedDecisions;
import io.secgroupd.rules.decide.Reason;
import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.Verdict;

/** @param edition the edition of the policy that refused the flow */
record RefusedOffer(RefusedFlow flow, long edition) {

    /** Stands for no flow, since no edition has this number. */
    static final RefusedOffer NONE = new RefusedOffer(
            new RefusedFlow(
                    new RefusedKey(Family.IPV4, 0, 0, 0, 0, 0, 0),
                    0,
                    0,
                    0,
                    FixedDecisions.of(Verdict.REJECT, Reason.INTERNAL_ERROR).ingress(),
                    null,
                    0),
            -1);
}
