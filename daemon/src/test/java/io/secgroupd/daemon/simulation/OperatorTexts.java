package io.secgroupd.daemon.simulation;

import io.secgroupd.daemon.simulation.MainText.Fault;
import io.secgroupd.daemon.simulation.MainText.InRule;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** What operators write: mostly sound texts, some of which shut them out, and some with a fault. */
final class OperatorTexts {

    static final String OPERATOR = "198.51.100.7";
    private static final List<String> OFFICE = List.of(OPERATOR, "203.0.113.9");
    private static final int SSH = 22;
    private static final int[] PORTS = {443, 8000, 8001, 8002};

    private final SplittableRandom random;
    private int count;

    OperatorTexts(SplittableRandom random) {
        this.random = random;
    }

    /** Reports true once in so many times. */
    boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    MainText sound(Instant now) {
        return main(now, Fault.NONE);
    }

    /** One that nothing speaks against. */
    MainText last() {
        return new MainText(++count, false, OFFICE, List.of(new InRule(SSH, true, Optional.empty())), true, Fault.NONE);
    }

    MainText any(Instant now) {
        Fault[] all = Fault.values();
        return main(now, oneIn(4) ? all[random.nextInt(all.length)] : Fault.NONE);
    }

    private MainText main(Instant now, Fault fault) {
        var rules = new ArrayList<InRule>();
        if (!oneIn(6)) {
            rules.add(new InRule(SSH, !oneIn(4), Optional.empty()));
        }
        for (int port : PORTS) {
            if (oneIn(2)) {
                rules.add(new InRule(port, oneIn(3), oneIn(10) ? Optional.of(soon(now)) : Optional.empty()));
            }
        }
        return new MainText(++count, oneIn(3), entries(), rules, oneIn(2), rules.isEmpty() ? Fault.EMPTY : fault);
    }

    private Instant soon(Instant now) {
        return now.truncatedTo(ChronoUnit.SECONDS).plusSeconds(random.nextInt(-60, 3600));
    }

    OfficeText office() {
        return new OfficeText(++count, entries(), oneIn(6));
    }

    private List<String> entries() {
        return oneIn(6) ? List.of() : OFFICE.subList(0, 1 + random.nextInt(OFFICE.size()));
    }
}
