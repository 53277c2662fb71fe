package io.secgroupd.daemon.terms;

/** What the daemon does with its verdicts. */
public enum Mode {
    ENFORCE,
    /** The daemon judges and logs, and accepts everything. */
    OBSERVE,
    /** The daemon judges a copy of what passes an interface, and does not touch netfilter. */
    MONITOR;

    /** Reports whether every packet passes, whatever the verdict is. */
    public boolean observes() {
        return this != ENFORCE;
    }
}
