package io.secgroupd.controlplane.store.etcd;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.MethodDescriptor;
import java.util.concurrent.TimeUnit;

/** Ends each call that is not answered, so that nothing waits in a queue to be sent to an etcd that comes back later. */
final class CallDeadline implements ClientInterceptor {

    /** Longer than the choice of a new leader takes with the times that etcd has by default. */
    static final long MILLIS = 1800;

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        return next.newCall(
                method,
                method.getType() == MethodDescriptor.MethodType.UNARY
                        ? options.withDeadlineAfter(MILLIS, TimeUnit.MILLISECONDS)
                        : options);
    }
}
