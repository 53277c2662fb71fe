package io.secgroupd.daemon.dataplane;

/**
 * Where the two planes meet: the control plane puts a whole policy here, the data plane reads it once per burst. Every
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
