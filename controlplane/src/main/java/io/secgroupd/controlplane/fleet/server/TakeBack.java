package io.secgroupd.controlplane.fleet.server;

import io.secgroupd.controlplane.fleet.feed.Manifest;
import io.secgroupd.controlplane.fleet.membership.RegisteredFile;
import io.secgroupd.controlplane.fleet.rollout.Rollout;
import io.secgroupd.controlplane.fleet.rollout.RolloutSettings;
import io.secgroupd.controlplane.store.Origin;
import io.secgroupd.controlplane.store.PolicyStore;
import io.secgroupd.controlplane.store.PutResult;
import io.secgroupd.controlplane.store.RecordStore;
import io.secgroupd.controlplane.store.Revision;
import io.secgroupd.controlplane.store.common.RelativeFiles;
import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.PolicyReader;
import io.secgroupd.rules.file.ReadResult;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the content of an earlier revision into a new one, which all hosts get at once: they have had it before. */
final class TakeBack {

    private static final Logger LOG = LoggerFactory.getLogger(TakeBack.class);

    /** By whom what has failed is taken back. */
    static final String BY_ITSELF = "fleet";

    /** The reason of a return begins so. */
    private static final String RETURN = "takes back revision ";

    private static final Pattern BEGINNING = Pattern.compile(RETURN + "([0-9]{1,18}): ");

    private final PolicyStore store;
    private final RecordStore records;
    private final Signatures signatures;
    private final Clock clock;
    private long given;

    TakeBack(PolicyStore store, RecordStore records, Signatures signatures, Clock clock) {
        this.store = store;
        this.records = records;
        this.signatures = signatures;
        this.clock = clock;
    }

    /** Takes a revision back that has failed. One that cannot be taken back stays where it is, and is told of once. */
    void run(Rollout failed, Revision newest) {
        if (given == failed.serial()) {
            return;
        }
        if (isReturn(newest.origin())) {
            // Without an end, each would be taken back by another one that the hosts refuse for the same reason.
            given = failed.serial();
            LOG.error("rollout.kept revision={} cannot be taken back: it takes back another one", failed.serial());
            return;
        }
        try {
            var origin = new Origin(BY_ITSELF, beginning(failed.serial()) + failed.why(), clock.instant());
            long made = to(failed.returnsTo(), newest, origin);
            LOG.warn("rollout.taken_back revision={} by={}", failed.serial(), made);
        } catch (IOException e) {
            given = failed.serial();
            LOG.error("rollout.kept revision={} cannot be taken back: {}", failed.serial(), e.getMessage());
        }
    }

    private static String beginning(long serial) {
        return RETURN + serial + ": ";
    }

    private static boolean isReturn(Origin origin) {
        return origin.author().equals(BY_ITSELF) && origin.reason().startsWith(RETURN);
    }

    /** The serial of the revision that was taken back, when this is a roll-out that does so. */
    static OptionalLong takenBack(Rollout rollout) {
        Matcher beginning = BEGINNING.matcher(rollout.why());
        return rollout.author().equals(BY_ITSELF) && beginning.lookingAt()
                ? OptionalLong.of(Long.parseLong(beginning.group(1)))
                : OptionalLong.empty();
    }

    /** Why a revision was taken back, when this is the roll-out that does so. */
    static Optional<String> reason(Rollout rollout, long serial) {
        return rollout.author().equals(BY_ITSELF) && rollout.why().startsWith(beginning(serial))
                ? Optional.of(rollout.why().substring(beginning(serial).length()))
                : Optional.empty();
    }

    /**
     * Makes a revision with an earlier content.
     *
     * @return its serial, or that of another revision which somebody has made meanwhile
     * @throws IOException with a sentence, when that content is not kept or nothing can be written
     */
    long to(long serial, Revision newest, Origin origin) throws IOException {
        Optional<PolicyFiles> kept = serial == 0 ? Optional.empty() : store.files(serial);
        PolicyFiles files =
                kept.orElseThrow(() -> new IOException("There is no earlier revision that is kept to return to."));
        if (!origin.author().equals(BY_ITSELF)) {
            files = RegisteredFile.carried(newest.files(), files); // a person means the rules, and not who was there
        }
        ReadResult read = PolicyReader.read(files);
        var atOnce = new RolloutSettings(RolloutSettings.parseSteps("100%"), List.of(), Duration.ZERO);
        var wish = new RolloutWish(newest.serial() + 1, read.hash(), Optional.of(atOnce));
        records.putAll(Map.of(RecordNames.WISH, wish.text()));
        sign(newest.serial() + 1, read.hash(), files);
        PutResult put = store.replace(newest, files, read, origin);
        return put instanceof PutResult.Stored stored
                ? stored.revision().serial()
                : ((PutResult.Superseded) put).newest().serial();
    }

    private void sign(long serial, String hash, PolicyFiles files) throws IOException {
        try {
            Manifest manifest = Manifest.of(serial, hash, RelativeFiles.of(files));
            signatures.signOwn(manifest.hash(), manifest.bytes());
        } catch (IllegalArgumentException e) {
            throw new IOException("This cannot be handed out to hosts: " + e.getMessage() + ".", e);
        }
    }
}
