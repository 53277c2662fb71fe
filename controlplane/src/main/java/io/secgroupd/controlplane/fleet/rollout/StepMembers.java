package io.secgroupd.controlplane.fleet.rollout;

import io.secgroupd.controlplane.store.common.Hashes;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/**
 * Which hosts a step reaches. Only the name of a host says so: each control server finds the same without asking, a host that
 * comes later has its step too, and the few that are first are so in each roll-out, so that a person may know them.
 */
public final class StepMembers {

    private static final int PARTS = 10_000;
    private static final BigDecimal PARTS_IN_PERCENT = BigDecimal.valueOf(100);

    /** As many digits as a positive long has in hexadecimal. */
    private static final int DIGITS = 15;

    private StepMembers() {}

    /** Whether a step, or one before it, reaches a host. */
    public static boolean isIn(Rollout rollout, String host, int step) {
        RolloutSettings settings = rollout.settings();
        return settings.first().contains(host)
                || part(host)
                        < settings.percent(step).multiply(PARTS_IN_PERCENT).intValueExact();
    }

    /** The place of a host among ten thousand: the lower, the earlier it is reached. */
    public static int part(String host) {
        String hash = Hashes.sha256(host.getBytes(StandardCharsets.UTF_8));
        return (int) (Long.parseLong(hash.substring(0, DIGITS), 16) % PARTS);
    }

    /** The serial that a host shall have by now; 0 for none. */
    public static long serialFor(Rollout rollout, String host) {
        if (isIn(rollout, host, rollout.step())) {
            return rollout.serial();
        }
        return rollout.under().map(under -> serialFor(under, host)).orElse(rollout.base());
    }
}
