package io.secgroupd.controlplane.fleet.server;

import io.secgroupd.controlplane.fleet.feed.Manifest;
import io.secgroupd.controlplane.fleet.membership.RegisteredFile;
import io.secgroupd.controlplane.fleet.rollout.Rollout;
import io.secgroupd.controlplane.fleet.rollout.RolloutSettings;
import io.secgroupd.controlplane.store.Origin;
import io.secgroupd.controlplane.store.PolicyStore;
import io.secgroupd.controlplane.store.PutResult;
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
    private final EditionRecords editions;
    private final Signatures signatures;
    private final Clock clock;
    private long given;

    TakeBack(PolicyStore store, EditionRecords editions, Signatures signatures, Clock clock) {
        this.store = store;
        this.editions = editions;
        this.signatures = signatures;
        this.clock = clock;
    }

    /**
     * Takes a revision back that has failed. One that cannot be taken back stays where it is, and is told of once.
     *
     * @param proven whether the edition of it is known to do well, so that nobody who has joined need leave
     */
    void run(Rollout failed, boolean proven, Revision newest) {
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
            PolicyFiles files = kept(failed.returnsTo());
            long made = make(proven ? inEdition(failed, files) : files, newest, origin);
            LOG.warn("rollout.taken_back revision={} by={}", failed.serial(), made);
        } catch (IOException e) {
            given = failed.serial();
            LOG.error("rollout.kept revision={} cannot be taken back: {}", failed.serial(), e.getMessage());
        }
    }

    private PolicyFiles inEdition(Rollout failed, PolicyFiles files) {
        try {
            return editions.of(failed.edition()).in(failed.returnsTo(), files);
        } catch (IOException e) {
            LOG.warn(
                    "membership.lost revision={} is taken back without what hosts report: {}",
                    failed.serial(),
                    e.getMessage());
            return files; // who is there joins again; what harms must go
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
     * Makes a revision with an earlier content, as a person wishes it.
     *
     * @return its serial, or that of another revision which somebody has made meanwhile
     * @throws IOException with a sentence, when that content is not kept or nothing can be written
     */
    long to(long serial, Revision newest, Origin origin) throws IOException {
        // A person means the rules, and not who was there.
        return make(RegisteredFile.carried(newest.files(), kept(serial)), newest, origin);
    }

    private PolicyFiles kept(long serial) throws IOException {
        Optional<PolicyFiles> kept = serial == 0 ? Optional.empty() : store.files(serial);
        return kept.orElseThrow(() -> new IOException("There is no earlier revision that is kept to return to."));
    }

    private long make(PolicyFiles files, Revision newest, Origin origin) throws IOException {
        ReadResult read = PolicyReader.read(files);
        var atOnce = new RolloutSettings(RolloutSettings.parseSteps("100%"), List.of(), Duration.ZERO);
        var wish = new RolloutWish(newest.serial() + 1, read.hash(), Optional.of(atOnce));
        store.records().putAll(Map.of(RecordNames.WISH, wish.text()));
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
