package io.secgroupd.daemon.terms;

/** What the daemon does with its verdicts. */
public enum Mode {
    ENFORCE,
    /** It judges and logs, and accepts everything. */
    OBSERVE,
    /** It judges a copy of what passes an interface; netfilter is not touched. */
    MONITOR;

    /** Reports whether every packet passes, whatever the verdict is. */
    public boolean observes() {
        return this != ENFORCE;
    }
}
