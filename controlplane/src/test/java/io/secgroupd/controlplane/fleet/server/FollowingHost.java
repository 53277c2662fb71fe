package io.secgroupd.controlplane.fleet.server;

import io.secgroupd.controlplane.fleet.feed.HostReport.Result;
import io.secgroupd.controlplane.fleet.feed.Pointer;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/** A host that follows on a thread of its own, and says of each revision what the test wants. */
final class FollowingHost implements AutoCloseable {

    private final FeedHost feed;
    private final Function<Pointer, Optional<String>> problem;
    private final Thread thread;
    private volatile long inForce;
    private volatile long edition;
    private volatile boolean ended;

    /** @param problem why a revision is refused; empty when it is taken */
    FollowingHost(FeedHost feed, Function<Pointer, Optional<String>> problem) {
        this.feed = feed;
        this.problem = problem;
        this.thread = new Thread(this::follow, feed.name());
        thread.start();
    }

    static FollowingHost taking(FeedHost feed) {
        return new FollowingHost(feed, pointer -> Optional.empty());
    }

    FeedHost feed() {
        return feed;
    }

    long inForce() {
        return inForce;
    }

    /** The edition of the revision in force. */
    long edition() {
        return edition;
    }

    private boolean isNew(Pointer pointer) {
        return pointer.serial() > inForce || (pointer.serial() == inForce && pointer.edition() > edition);
    }

    private void follow() {
        String tag = "none";
        while (!ended) {
            try {
                Pointer pointer = feed.pointerAfter(tag).get();
                if (!pointer.tag().equals(tag) && isNew(pointer)) {
                    Optional<String> no = problem.apply(pointer);
                    int status = feed.report(no.isPresent() ? Result.REFUSED : Result.IN_FORCE, pointer, no.orElse(""));
                    if (status == 200 && no.isEmpty()) {
                        edition = pointer.edition();
                        inForce = pointer.serial();
                    }
                }
                tag = pointer.tag();
            } catch (InterruptedException e) {
                return;
            } catch (Exception e) {
                // There is no revision yet, or the server ends; it is asked again.
                if (e instanceof CancellationException || e instanceof CompletionException) {
                    return;
                }
            }
        }
    }

    @Override
    public void close() {
        ended = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
