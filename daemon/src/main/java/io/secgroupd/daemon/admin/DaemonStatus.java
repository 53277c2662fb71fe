package io.secgroupd.daemon.admin;

import io.secgroupd.daemon.answer.Answers.AnswerTotals;
import io.secgroupd.daemon.dataplane.DecisionTotals.DecisionLatency;
import io.secgroupd.daemon.refused.CacheStatus;
import io.secgroupd.daemon.shadow.ShadowReport;
import io.secgroupd.daemon.units.UnitCounts;
import io.secgroupd.rules.decide.Reason;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the daemon knows about itself at one moment.
 *
 * @param mode          {@code enforce}, {@code observe} or {@code monitor}
 * @param started       when this daemon started: every total counts from then
 * @param start         tells one start from another; it stays the same when the host's clock is set
 * @param at            the moment of this status
 * @param decisions     the total of every combination, including zeros
 * @param lastProblem   the last problem, whether or not it has been resolved since
 * @param dropped       packets that were lost on the way to their verdict, by cause
 * @param hooks         the tool that carries the netfilter skeleton, as it names itself
 * @param hooksRestored how many times the skeleton was restored after others had damaged it
 * @param kernel        the skeleton's counters in the kernel; empty when they cannot be read
 * @param flowLogLost   decisions that the flow log had no room for
 * @param answers       the answers to refused packets; empty when this host keeps silent
 * @param cache         what the kernel refuses by itself, because the policy in force has refused it before
 * @param units         what became of the questions for the units of flows; empty when none are told
 * @param shadow        the candidate that is judged beside the policy in force, if there is one
 */
public record DaemonStatus(
        String version,
        String mode,
        Instant started,
        String start,
        Instant at,
        PolicyStatus policy,
        List<DecisionCount> decisions,
        Optional<LogEntry> lastProblem,
        List<QueueStatus> queues,
        List<DropCount> dropped,
        DecisionLatency latency,
        String hooks,
        long hooksRestored,
        List<KernelCount> kernel,
        long flowLogLost,
        Optional<AnswerTotals> answers,
        CacheStatus cache,
        Optional<UnitCounts> units,
        Optional<ShadowReport> shadow) {

    public DaemonStatus {
        decisions = List.copyOf(decisions);
        queues = List.copyOf(queues);
        dropped = List.copyOf(dropped);
        kernel = List.copyOf(kernel);
    }

    /**
     * The policy in force.
     *
     * @param file     the rules file
     * @param hash     hex SHA-256 over the files
     * @param since    when it came into force
     * @param change   a sentence that describes what it changed; empty for the first
     * @param refusal  present while the policy in force is not that of the files on disk
     * @param failures the number of reloads refused since the start
     * @param trial    present while the policy in force is not that of the rules file, and waits to be confirmed
     * @param nextEnd  the next rule of this host's instances to expire; empty when none does
     */
    public record PolicyStatus(
            String file,
            long generation,
            String hash,
            Instant since,
            String change,
            List<InstanceStatus> instances,
            Optional<RefusalStatus> refusal,
            long failures,
            Optional<TrialStatus> trial,
            Optional<EndStatus> nextEnd) {

        public PolicyStatus {
            instances = List.copyOf(instances);
        }
    }

    /**
     * A policy that waits for confirmation.
     *
     * @param candidate a copy of the file
     * @param by        the person who began it; empty when unknown
     * @param before    the hash of the policy that comes back unless it is confirmed
     * @param fleet     whether it is a revision of a control server, which {@code secgroupd pull} confirms by itself
     */
    public record TrialStatus(String candidate, String hash, String by, Instant until, String before, boolean fleet) {}

    /**
     * A rule that will expire.
     *
     * @param at    {@code file:line} where it is written
     * @param terms in words, such as {@code tcp 22 from 203.0.113.7/32}
     */
    public record EndStatus(String group, String rule, String at, String terms, Instant expires) {}

    /**
     * An instance that this host carries.
     *
     * @param mode {@code enforce} or {@code observe}; it matters while the host itself enforces
     */
    public record InstanceStatus(String name, String mode, List<String> addresses, List<String> groups) {

        public InstanceStatus {
            addresses = List.copyOf(addresses);
            groups = List.copyOf(groups);
        }
    }

    /**
     * Files that were refused. The policy in force has been stale since then.
     *
     * @param why      the reason in a few words
     * @param problems the problems with their places
     */
    public record RefusalStatus(Instant since, String why, List<String> problems) {

        public RefusalStatus {
            problems = List.copyOf(problems);
        }
    }

    /**
     * Packets with one outcome.
     *
     * @param observed the number of these that passed in spite of the verdict, since the host or the instance only observes
     */
    public record DecisionCount(Direction direction, Verdict verdict, Reason reason, long packets, long observed) {}

    /**
     * A line of the daemon's log.
     *
     * @param text the line's text, which begins with the word for its event
     */
    public record LogEntry(Instant at, String text) {}

    /**
     * One of the kernel's queues.
     *
     * @param depth  the number of packets that wait for their verdict; empty when this process may not read it
     * @param length the largest number of packets that can wait
     */
    public record QueueStatus(int number, OptionalLong depth, long length) {}

    /**
     * The packets that one step of the skeleton took since it was put in place; the count survives a restart of the
     * daemon.
     *
     * @param step {@code queued}: first packets that met the queue; {@code invalid}: dropped, as they belong to no connection;
     *             {@code cut}: dropped, as their connection lost its rule
     */
    public record KernelCount(String hook, String step, long packets) {}

    /**
     * Packets that were lost on the way to their verdict.
     *
     * @param cause   {@code queue_full}: more would have waited than may; {@code socket_full}: they did not fit into the
     *                daemon's receive buffer; {@code gone}: judged, but the kernel had dropped them with their interface or
     *                hook; {@code unanswered}: the verdict could not be sent
     * @param packets the number of packets; empty when this process may not read it
     */
    public record DropCount(String cause, OptionalLong packets) {}
}
