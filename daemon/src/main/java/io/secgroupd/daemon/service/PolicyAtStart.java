package io.secgroupd.daemon.service;

import io.secgroupd.daemon.control.Attempts;
import io.secgroupd.daemon.control.FileObstacle;
import io.secgroupd.daemon.control.HostPolicy;
import io.secgroupd.daemon.control.LastGood;
import io.secgroupd.daemon.control.NotCarriedException;
import io.secgroupd.daemon.control.PolicyLoader;
import io.secgroupd.daemon.control.RefusedPolicyException;
import io.secgroupd.rules.text.Plural;
import io.secgroupd.rules.text.Problem;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the policy that a daemon starts with: that of the rules file or, when the file gives none, the copy of the policy
 * that was last in force. A host whose file was damaged while it was down thus comes up with its old protection.
 */
final class PolicyAtStart {

    private static final Logger LOG = LoggerFactory.getLogger(PolicyAtStart.class);
    private static final String NOTHING_INSTALLED = "; nothing was installed";

    private final PolicyLoader loader;
    private final LastGood lastGood;
    private final Attempts attempts;

    PolicyAtStart(PolicyLoader loader, LastGood lastGood, Attempts attempts) {
        this.loader = loader;
        this.lastGood = lastGood;
        this.attempts = attempts;
    }

    /**
     * Loads the policy.
     *
     * @param err receives the problems of the rules file when there is nothing to start with
     * @throws StartException when there is nothing to start with
     */
    HostPolicy load(Path rules, PrintWriter err) {
        Optional<String> obstacle = FileObstacle.ofRules(rules);
        if (obstacle.isPresent()) {
            return copyOf(rules, obstacle.get()).orElseThrow(() -> new StartException(obstacle.get()));
        }
        try {
            if (lastGood.of(rules).isEmpty()) {
                attempts.end(); // there is nothing else to start with
            }
            return read(rules);
        } catch (RefusedPolicyException e) {
            String errors =
                    Plural.of(e.problems().stream().filter(Problem::isError).count(), "error");
            return copyOf(rules, "it has " + errors + first(e)).orElseThrow(() -> {
                e.problems().forEach(err::println);
                return StartException.ofPolicy(rules + " has " + errors + NOTHING_INSTALLED, e);
            });
        } catch (NotCarriedException e) {
            throw new StartException(e.getMessage() + NOTHING_INSTALLED, e);
        }
    }

    /** At a start, the copy is the policy that was in force before. */
    private HostPolicy read(Path rules) throws RefusedPolicyException, NotCarriedException {
        HostPolicy loaded = loader.load();
        if (loaded.mayHaveEmptiedLists()) {
            Optional<HostPolicy> before = copy(rules);
            if (before.isPresent()) {
                loaded.requireNoneEmptied(before.get());
            }
        }
        return loaded;
    }

    private static String first(RefusedPolicyException refused) {
        return refused.problems().stream()
                .filter(Problem::isError)
                .findFirst()
                .map(problem -> " (" + problem + ")")
                .orElse("");
    }

    private Optional<HostPolicy> copyOf(Path rules, String why) {
        Optional<HostPolicy> loaded = copy(rules);
        loaded.ifPresent(policy -> LOG.error(
                "policy.last_good file={} hash={}: {}; the copy of what was last in force is in force until the file is corrected",
                rules,
                policy.shortHash(),
                why));
        return loaded;
    }

    private Optional<HostPolicy> copy(Path rules) {
        Optional<LastGood.Copy> copy = lastGood.of(rules);
        if (copy.isEmpty()) {
            return Optional.empty();
        }
        try {
            HostPolicy loaded = loader.of(copy.get().rules()).load();
            if (!loaded.hash().equals(copy.get().hash())) {
                LOG.error(
                        "policy.last_good_damaged path={}: it is not what was in force",
                        copy.get().rules());
                return Optional.empty();
            }
            return Optional.of(loaded);
        } catch (RefusedPolicyException | NotCarriedException e) {
            LOG.error("policy.last_good_damaged path={}: {}", copy.get().rules(), e.getMessage());
            return Optional.empty();
        }
    }
}
