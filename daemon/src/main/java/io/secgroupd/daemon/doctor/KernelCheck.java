package io.secgroupd.daemon.doctor;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is known to be wrong with a kernel's queue of packets. */
final class KernelCheck {

    private static final String TOPIC = "kernel";
    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+).*", Pattern.DOTALL);

    private KernelCheck() {}

    /** @param release such as {@code 6.1.0-18-amd64} */
    static Finding finding(String release) {
        Matcher version = VERSION.matcher(release);
        if (!version.matches()) {
            return Finding.note(TOPIC, "Linux \"" + release + "\": a version that cannot be compared");
        }
        int major = Integer.parseInt(version.group(1));
        int minor = Integer.parseInt(version.group(2));
        if (major < 6 || (major == 6 && minor < 12)) {
            return Finding.note(
                    TOPIC,
                    "Linux " + release + ": before 6.12, of two datagrams that open one flow while both wait for an"
                            + " answer, one may be lost: a resolver that asks for A and AAAA at once waits and asks again",
                    "a newer kernel, or \"options single-request\" in /etc/resolv.conf");
        }
        return Finding.ok(
                TOPIC, "Linux " + release + "; merged UDP is taken whole, so CVE-2026-45859 loses nothing here");
    }
}
