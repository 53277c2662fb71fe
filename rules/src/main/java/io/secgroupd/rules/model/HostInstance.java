package io.secgroupd.rules.model;

/** Who answers for the addresses of a host that none of its instances lists. */
public sealed interface HostInstance {

    /** One instance answers for them, by its rules. */
    record Named(Instance instance) implements HostInstance {}

    /** Nobody answers. */
    enum Nobody implements HostInstance {
        /** Nothing passes. */
        REFUSE,
        /** Everything passes: only an operator who has written that down gets it. */
        OPEN
    }
}
