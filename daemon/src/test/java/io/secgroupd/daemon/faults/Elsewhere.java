package io.secgroupd.daemon.faults;

import java.util.List;

/** Faults that are not done here, and why. */
final class Elsewhere {

    private Elsewhere() {}

    static List<ElsewhereRow> rows() {
        return List.of(
                new ElsewhereRow(
                        5,
                        "thread-dies",
                        "a thread of the daemon dies by an exception",
                        "nothing from outside can throw in a thread of a running program; PacketLoopTest does it inside, and the"
                                + " program ends with it, as in row 1"),
                new ElsewhereRow(
                        23,
                        "clock-jumps",
                        "the clock jumps by a day, and the host sleeps",
                        "the clock of the day is the whole machine's, and a time namespace has none of its own;"
                                + " SteadyTimeTest, ExpiryTest and TrialTest set it in the program"),
                new ElsewhereRow(
                        39,
                        "conntrack-full",
                        "the kernel's table of connections is full",
                        "its limit is the whole machine's: the kernel lets no network namespace write one of its own"),
                new ElsewhereRow(
                        43,
                        "verdict-fails",
                        "the kernel does not take a verdict",
                        "no sound kernel refuses one on demand; PacketLoopTest has a socket that does"));
    }
}
