package io.secgroupd.controlplane.fleet.host;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Whether a control server can be reached under the rules that are in force now. Only a new connection shows that: one that was
 * there before is not judged again.
 */
final class Proof implements Reach {

    private static final Duration BETWEEN = Duration.ofMillis(500);

    private final PullSettings settings;
    private final PullTimes times;
    private final HttpClients clients;
    private final Stop stop;

    Proof(PullSettings settings, PullTimes times, HttpClients clients, Stop stop) {
        this.settings = settings;
        this.times = times;
        this.clients = clients;
        this.stop = stop;
    }

    /**
     * Asks one server after the other, until one answers or the time is over.
     *
     * @throws IOException when the program ends before that is known
     */
    @Override
    public boolean isReached() throws IOException {
        long deadline = System.nanoTime() + times.proof().toNanos();
        var feed = new FeedClient(settings, times, clients.fresh());
        while (!stop.isStopped()) {
            Duration rest = Duration.ofNanos(deadline - System.nanoTime());
            if (rest.isNegative() || rest.isZero()) {
                return false;
            }
            if (answers(feed, rest)) {
                return true;
            }
            feed.turnToNext();
            stop.pause(BETWEEN.compareTo(rest) < 0 ? BETWEEN : rest);
        }
        throw new IOException("The program ends.");
    }

    /** One that cannot be reached may take all of the time, so that none gets more than its share of it. */
    private boolean answers(FeedClient feed, Duration rest) {
        Duration share = times.proof().dividedBy(Math.max(2, settings.servers().size()));
        try {
            var call = feed.pointer(Optional.empty());
            boolean answered =
                    call.await(share.compareTo(rest) < 0 ? share : rest).isPresent();
            call.cancel();
            return answered;
        } catch (FeedFailedException e) {
            return true; // it has answered, whatever it said
        } catch (IOException e) {
            return false;
        }
    }
}
