package io.secgroupd.daemon.dataplane;

/**
 * Connects the two planes: the control plane puts a whole policy here, and the data plane reads it once per burst. Every
 * packet is judged by exactly one policy, and no packet waits for a change.
 */
public final class ActivePolicy {

    private volatile PolicyInForce inForce;

    public ActivePolicy(PolicyInForce first) {
        inForce = first;
    }

    public PolicyInForce inForce() {
        return inForce;
    }

    public void replace(PolicyInForce next) {
        inForce = next;
    }
}
