package io.secgroupd.daemon.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reports known faults of a kernel's packet queues. */
final class KernelCheck {

    private static final String TOPIC = "kernel";
    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)(?:\\.(\\d+))?.*", Pattern.DOTALL);

    private KernelCheck() {}

    /**
     * Distributions fix kernels without changing these numbers, so the finding says where to ask.
     *
     * @param release the kernel release, such as {@code 6.1.0-18-amd64}
     * @param queues  the number of queues that the daemon reads
     */
    static List<Finding> findings(String release, int queues) {
        Matcher version = VERSION.matcher(release);
        if (!version.matches()) {
            return List.of(Finding.note(TOPIC, "Linux \"" + release + "\": a version that cannot be compared"));
        }
        int major = Integer.parseInt(version.group(1));
        int minor = Integer.parseInt(version.group(2));
        int patch = version.group(3) == null ? 0 : Integer.parseInt(version.group(3));
        var findings = new ArrayList<Finding>();
        if (hasHashOfVerdicts(major, minor, patch)) {
            findings.add(hashOfVerdicts(release, queues));
        }
        findings.add(waiting(release, major, minor));
        return findings;
    }

    /**
     * Reports whether the kernel may have the fault, which e19079adcd26 (6.18.14, 6.19.4) introduced and 936206e3f6ff,
     * in a later 6.18.2x, fixed. In each series, the first kernel that certainly has the fix and all later ones count
     * as sound.
     */
    private static boolean hasHashOfVerdicts(int major, int minor, int patch) {
        return major == 6 && ((minor == 18 && patch >= 14 && patch < 30) || (minor == 19 && patch >= 4));
    }

    private static Finding hashOfVerdicts(String release, int queues) {
        String what =
                "Linux " + release + ": kernels between 6.18.14 or 6.19.4 and the middle of 6.18.2x look up waiting"
                        + " packets in a table that is used after it is freed when several queues are read at once";
        String next = "ask your distribution whether this kernel has the change 936206e3f6ff; until then"
                + " queue: { count: 1 } in daemon.yaml";
        return queues > 1
                ? Finding.warning(TOPIC, what, next)
                : Finding.note(TOPIC, what + "; one queue is read here", next);
    }

    private static Finding waiting(String release, int major, int minor) {
        if (major < 6 || (major == 6 && minor < 12)) {
            return Finding.note(
                    TOPIC,
                    "Linux " + release + ": before 6.12, of two datagrams that open one flow while both wait for an"
                            + " answer, one may be lost: a resolver that asks for A and AAAA at once waits and asks again",
                    "a newer kernel, or \"options single-request\" in /etc/resolv.conf");
        }
        return Finding.ok(
                TOPIC,
                "Linux " + release
                        + "; merged UDP is taken whole, so CVE-2026-45859 loses nothing here; by CVE-2026-43060 a"
                        + " rule that asks for the state of connections drops what waits when another program removes it");
    }
}
