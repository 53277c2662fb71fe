package io.secgroupd.daemon.flowlog;

/**
 * Allows a number of lines at once and then a number per second: a token bucket on a clock that the caller passes in.
 */
final class LineBudget {

    private final long burst;
    private final long perSecond;
    private double left;
    private long sinceMillis = Long.MIN_VALUE;

    LineBudget(long burst, long perSecond) {
        this.burst = burst;
        this.perSecond = perSecond;
        this.left = burst;
    }

    /** Takes one token and reports whether there was one. */
    boolean take(long nowMillis) {
        if (sinceMillis != Long.MIN_VALUE && nowMillis > sinceMillis) {
            left = Math.min((double) burst, left + (nowMillis - sinceMillis) / 1000.0 * perSecond);
        }
        sinceMillis = nowMillis;
        if (left < 1) {
            return false;
        }
        left--;
        return true;
    }
}
