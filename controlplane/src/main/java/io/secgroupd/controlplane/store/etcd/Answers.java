package io.secgroupd.controlplane.store.etcd;

import io.grpc.Status;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for answers, and says in a sentence why there is none. */
final class Answers {

    private static final Set<Status.Code> PASSING =
            Set.of(Status.Code.UNAVAILABLE, Status.Code.DEADLINE_EXCEEDED, Status.Code.CANCELLED, Status.Code.UNKNOWN);

    /**
     * etcd's words for a login that has expired, or that another member has given. The client logs in anew for the calls that
     * follow, but a call that comes before it knows is answered so, too; nothing was done.
     */
    private static final String FORGOTTEN = "invalid auth token";

    private Answers() {}

    static <T> T await(CompletableFuture<T> call, Deadline deadline) throws IOException {
        try {
            return call.get(Math.max(1, deadline.restMillis()), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            call.cancel(true);
            throw new EtcdFailedException("etcd does not answer.", true, e);
        } catch (ExecutionException e) {
            throw failed(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("The wait for etcd was interrupted.");
        }
    }

    private static EtcdFailedException failed(Throwable cause) {
        Status status = Status.fromThrowable(cause);
        String said = status.getDescription() == null ? String.valueOf(cause.getMessage()) : status.getDescription();
        if (status.getCode() == Status.Code.UNAUTHENTICATED && said.contains(FORGOTTEN)) {
            return new EtcdFailedException("etcd has forgotten the login of this control server.", true, cause);
        }
        return switch (status.getCode()) {
            case DEADLINE_EXCEEDED -> new EtcdFailedException("etcd does not answer.", true, cause);
            case UNAVAILABLE ->
                new EtcdFailedException("etcd cannot be reached, or has no leader (" + said + ").", true, cause);
            case UNAUTHENTICATED, PERMISSION_DENIED, INVALID_ARGUMENT ->
                new EtcdFailedException("etcd refuses this control server (" + said + ").", false, cause);
            case RESOURCE_EXHAUSTED ->
                new EtcdFailedException(
                        "etcd has no room (" + said + "); free some, and then disarm its alarm.", false, cause);
            default ->
                new EtcdFailedException("etcd has failed (" + said + ").", PASSING.contains(status.getCode()), cause);
        };
    }
}
