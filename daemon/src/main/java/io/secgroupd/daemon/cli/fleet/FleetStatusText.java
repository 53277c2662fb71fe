package io.secgroupd.daemon.cli.fleet;

import io.secgroupd.controlplane.fleet.rollout.HostState;
import io.secgroupd.controlplane.fleet.rollout.Rollout;
import io.secgroupd.controlplane.fleet.server.FleetStatus;
import io.secgroupd.controlplane.fleet.server.ToldFault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The state of a fleet for people: the roll-out, then a line a host. */
final class FleetStatusText {

    private static final String LINE = "%-28s %8s  %-12s %-8s %s%n";

    private final FleetStatus status;

    private FleetStatusText(FleetStatus status) {
        this.status = status;
    }

    static String of(FleetStatus status, List<HostState> hosts) {
        var text = new FleetStatusText(status);
        var all = new StringBuilder(text.head());
        if (!hosts.isEmpty()) {
            all.append(LINE.formatted("host", "revision", "since", "seen", "").stripTrailing())
                    .append('\n');
            hosts.forEach(host -> all.append(text.line(host)));
        }
        return all.toString();
    }

    private String head() {
        long behind = status.hosts().stream().filter(status::isBehind).count();
        long connected = status.hosts().stream().filter(HostState::connected).count();
        String faults = status.faults().isEmpty()
                ? ""
                : ", %d have met a server that is not sound"
                        .formatted(status.faults().size());
        String hosts =
                "%d hosts, %d connected, %d behind%s%n".formatted(status.hosts().size(), connected, behind, faults);
        String rollout = status.rollout().map(this::rollout).orElse("nothing has been rolled out");
        long newest = status.newest().serial();
        long rolledOut = status.rollout().map(Rollout::serial).orElse(0L);
        String unsound = newest > rolledOut && rolledOut > 0
                ? "revision " + newest
                        + " is not rolled out: it has errors, or its tests fail, or it is a moment old, or"
                        + " it waits for a host that tries it first\n"
                : "";
        return rollout + "\n" + unsound + edition() + hosts;
    }

    private String rollout(Rollout rollout) {
        String step = rollout.settings().name(rollout.step());
        String since = ago(rollout.since());
        return "revision " + rollout.serial()
                + switch (rollout.stage()) {
                    case RUNNING ->
                        " is in step " + step + " since " + since + ", by " + rollout.author() + ": " + rollout.why();
                    case DONE -> " is everywhere since " + since + ", by " + rollout.author() + ": " + rollout.why();
                    case HALTED -> " is halted in step " + step + " since " + since + ": " + rollout.why();
                    case FAILED -> " has failed in step " + step + " " + since + " ago: " + rollout.why();
                };
    }

    private String edition() {
        long number = status.rollout().map(Rollout::editionNumber).orElse(0L);
        return number == 0
                ? ""
                : "edition " + number + ": hosts have it with the addresses that are registered since; a revision says"
                        + " them when all have this one\n";
    }

    private static String revision(HostState host) {
        return host.edition() == 0 ? Long.toString(host.inForce()) : host.inForce() + "." + host.edition();
    }

    private String line(HostState host) {
        String revision = host.inForce() == 0 ? "-" : revision(host);
        return LINE.formatted(host.host(), revision, ago(host.changed()), seen(host), words(host))
                        .stripTrailing()
                + "\n";
    }

    private String seen(HostState host) {
        return host.connected() ? "now" : ago(host.seen());
    }

    private String words(HostState host) {
        List<String> words = new ArrayList<>();
        if (status.isBehind(host)) {
            words.add("behind: " + status.serialFor(host) + " is its own.");
        }
        status.fault(host).ifPresent(told -> words.add(words(told)));
        if (host.refused() > 0) {
            words.add((host.takenBack() ? "took back " : "refused ") + host.refused() + ": " + host.problem());
        }
        return String.join(" ", words);
    }

    private String words(ToldFault told) {
        return told.fault().server() + " " + told.fault().fault() + ", " + ago(told.time()) + " ago.";
    }

    private String ago(Instant time) {
        if (time.equals(Instant.EPOCH)) {
            return "never";
        }
        Duration age = Duration.between(time, status.at());
        if (age.toMinutes() < 2) {
            return Math.max(0, age.toSeconds()) + " s";
        }
        return age.toHours() < 2 ? age.toMinutes() + " min" : age.toHours() + " h";
    }
}
