package io.secgroupd.rules.model;

import org.jspecify.annotations.Nullable;

/** Whose rules judge the addresses of a host that none of its instances lists. */
public sealed interface HostInstance {

    /** The rules of one instance judge them. */
    record Named(Instance instance) implements HostInstance {

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Named named && instance.equals(named.instance);
        }

        @Override
        public int hashCode() {
            return instance.hashCode();
        }
    }

    /** No rules judge them: every connection gets the same verdict. */
    enum Nobody implements HostInstance {
        /** Nothing passes. */
        REFUSE,
        /** Everything passes. This happens only when the operator has configured it. */
        OPEN
    }
}
