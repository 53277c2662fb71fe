package io.secgroupd.controlplane.fleet.host;

import io.secgroupd.controlplane.fleet.feed.AddressReport;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the control server which addresses this host has: at the start, when they change, and after every failure. */
final class AddressReporter implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(AddressReporter.class);

    private final FeedClient feed;
    private final OwnAddresses.Source addresses;
    private final Duration every;
    private final Backoff backoff;
    private final Stop stop;
    private final Told told = new Told();

    private Optional<Known> known = Optional.empty();
    private volatile @Nullable FeedCall<byte[]> waiting;

    /**
     * What a control server has been told.
     *
     * @param turn counts how often another server was turned to, since one may have been away and lost it
     */
    private record Known(AddressReport report, int turn) {}

    /** @param every how often the addresses are looked at */
    AddressReporter(FeedClient feed, OwnAddresses.Source addresses, Duration every, Backoff backoff, Stop stop) {
        this.feed = feed;
        this.addresses = addresses;
        this.every = every;
        this.backoff = backoff;
        this.stop = stop;
    }

    @Override
    public void run() {
        while (!stop.isStopped()) {
            stop.pause(look());
        }
    }

    /** Ends the wait for an answer. */
    void wake() {
        FeedCall<byte[]> call = waiting;
        if (call != null) {
            call.cancel();
        }
    }

    /** Looks at the addresses, and tells of a change; returns after which time to look again. */
    private Duration look() {
        try {
            var now = new Known(addresses.read(), feed.turns());
            if (!known.equals(Optional.of(now))) {
                tell(now);
                known = Optional.of(now);
            }
            told.well();
            backoff.reset();
            return every;
        } catch (IOException e) {
            return failed(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("pull.defect: a fault of the program; this goes on after a while", e);
            return failed(e.toString());
        }
    }

    private Duration failed(String why) {
        if (!stop.isStopped()) {
            told.failed("The addresses of this host were not reported: " + why);
        }
        return backoff.next();
    }

    private void tell(Known now) throws IOException {
        try {
            FeedCall<byte[]> call = feed.addresses(now.report());
            waiting = call;
            if (stop.isStopped()) {
                call.cancel(); // the end came just before it could be seen
            }
            var unused = call.get();
            LOG.info("pull.addresses {}", now.report().addresses());
        } catch (FeedFailedException e) {
            if (!e.isFinal()) {
                throw e;
            }
            LOG.warn("pull.addresses_refused: the control server does not take all addresses: {}", e.getMessage());
        }
    }
}
