package io.secgroupd.daemon.testkit;

import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;

/** A registration at an event loop that is not there: it knows only whether it was cancelled. */
public final class FakeRegistration implements IoRegistration {

    private boolean cancelled;

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals") // Netty's signature
    public <T> T attachment() {
        throw new UnsupportedOperationException();
    }

    @Override
    public long submit(IoOps ops) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isValid() {
        return !cancelled;
    }

    @Override
    public boolean cancel() {
        cancelled = true;
        return true;
    }
}
