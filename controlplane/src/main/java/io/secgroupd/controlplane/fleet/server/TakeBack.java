package io.secgroupd.controlplane.fleet.server;

import io.secgroupd.controlplane.fleet.feed.Manifest;
import io.secgroupd.controlplane.fleet.membership.RegisteredFile;
import io.secgroupd.controlplane.fleet.rollout.HostState;
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

/** Puts the content of an earlier revision into a new one, which all hosts get at once when it is known to do well. */
final class TakeBack {

    private static final Logger LOG = LoggerFactory.getLogger(TakeBack.class);

    /** By whom what has failed is taken back. */
    static final String BY_ITSELF = "fleet";

    /** The reason of a return begins so. */
    private static final String RETURN = "takes back revision ";

    private static final Pattern BEGINNING = Pattern.compile(RETURN + "([0-9]{1,18}): ");

    private static final RolloutSettings AT_ONCE =
            new RolloutSettings(RolloutSettings.parseSteps("100%"), List.of(), Duration.ZERO);

    private final PolicyStore store;
    private final EditionRecords editions;
    private final Signatures signatures;
    private final Clock clock;
    private long given;

    /** To which revision hosts return, and how. */
    private record Way(long serial, RolloutSettings settings) {}

    TakeBack(PolicyStore store, EditionRecords editions, Signatures signatures, Clock clock) {
        this.store = store;
        this.editions = editions;
        this.signatures = signatures;
        this.clock = clock;
    }

    /**
     * Takes a revision back that has failed. One that cannot be taken back stays where it is, and is told of once.
     *
     * @param hosts what is known of them
     */
    void run(Rollout failed, List<HostState> hosts, Revision newest) {
        if (given == failed.serial()) {
            return;
        }
        if (isReturn(newest.origin()) && failed.settings().count() == 1) {
            // Without an end, each would be taken back by another one that the hosts refuse for the same reason.
            keep(failed, "it takes back another one");
            return;
        }
        try {
            var origin = new Origin(BY_ITSELF, beginning(failed.serial()) + failed.why(), clock.instant());
            Way way = way(failed, isReturn(newest.origin()));
            PolicyFiles files = kept(way.serial());
            PolicyFiles known = isProven(failed, way.serial(), hosts) ? inEdition(failed, way.serial(), files) : files;
            long made = make(known, newest, origin, way.settings());
            if (made == failed.serial()) {
                keep(failed, "it says what was before");
            } else {
                LOG.warn("rollout.taken_back revision={} by={}", failed.serial(), made);
            }
        } catch (IOException e) {
            keep(failed, String.valueOf(e.getMessage()));
        }
    }

    private void keep(Rollout failed, String why) {
        given = failed.serial();
        LOG.error("rollout.kept revision={} cannot be taken back: {}", failed.serial(), why);
    }

    /**
     * What was overtaken before it was tried goes to all in the steps of the failed one, and so to those first that have that. Where
     * more have it already, or where it was such a return itself, all get at once what was before both.
     */
    private static Way way(Rollout failed, boolean isReturn) {
        boolean untried = failed.under().filter(Rollout::isUntried).isPresent();
        if (!isReturn && untried && failed.isUntried()) {
            return new Way(failed.returnsTo(), failed.settings());
        }
        return new Way(isReturn || untried ? failed.base() : failed.returnsTo(), AT_ONCE);
    }

    /** Whether a host is well with the edition of it, so that nobody who has joined need leave. */
    private static boolean isProven(Rollout failed, long serial, List<HostState> hosts) {
        return hosts.stream().anyMatch(host -> host.inForce() == serial && host.edition() == failed.editionNumber());
    }

    private PolicyFiles inEdition(Rollout failed, long serial, PolicyFiles files) {
        try {
            return editions.of(failed.edition()).in(serial, files);
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
        return make(RegisteredFile.carried(newest.files(), kept(serial)), newest, origin, AT_ONCE);
    }

    private PolicyFiles kept(long serial) throws IOException {
        Optional<PolicyFiles> kept = serial == 0 ? Optional.empty() : store.files(serial);
        return kept.orElseThrow(() -> new IOException("There is no earlier revision that is kept to return to."));
    }

    private long make(PolicyFiles files, Revision newest, Origin origin, RolloutSettings way) throws IOException {
        ReadResult read = PolicyReader.read(files);
        var wish = new RolloutWish(newest.serial() + 1, read.hash(), Optional.of(way));
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
