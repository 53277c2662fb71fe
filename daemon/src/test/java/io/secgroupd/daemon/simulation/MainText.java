package io.secgroupd.daemon.simulation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The rules file of a simulated host.
 *
 * @param number   tells texts apart, and is what the policy says of itself
 * @param includes whether the office stands in a file of its own
 * @param entries  the addresses of the office, unless it does
 * @param rules    who may open connections to the host
 * @param opens    whether the host may open connections
 * @param fault    what is wrong with it
 */
record MainText(int number, boolean includes, List<String> entries, List<InRule> rules, boolean opens, Fault fault) {

    MainText {
        entries = List.copyOf(entries);
        rules = List.copyOf(rules);
    }

    /** What an edit gets wrong. */
    enum Fault {
        NONE,
        UNKNOWN_WORD,
        CUT_OFF,
        EMPTY
    }

    /** A rule: this port from everywhere, or from the office alone; for ever, or until a time. */
    record InRule(int port, boolean fromOffice, Optional<Instant> ends) {

        boolean livesAt(Instant now) {
            return ends.isEmpty() || now.isBefore(ends.get());
        }

        private String text() {
            return "      - { protocol: tcp, ports: " + port + ", source: " + (fromOffice ? "pl-office" : "any")
                    + ends.map(end -> ", expires: \"" + end + "\"").orElse("") + " }\n";
        }
    }

    boolean isSound() {
        return fault == Fault.NONE;
    }

    String text() {
        var text = new StringBuilder("version: 1\n");
        text.append(includes ? "include: [office.yaml]\n" : OfficeText.list("m" + number, entries));
        text.append("security_groups:\n  sg-web:\n    description: m")
                .append(number)
                .append("\n    inbound:\n");
        rules.forEach(rule -> text.append(rule.text()));
        text.append(opens ? "" : "    outbound: []\n");
        text.append("instances:\n  web: { addresses: [10.0.0.1], security_groups: [sg-web] }\n");
        return switch (fault) {
            case NONE -> text.toString();
            case UNKNOWN_WORD -> text.toString().replace("protocol", "protocoll");
            case CUT_OFF -> text.substring(0, text.lastIndexOf("["));
            case EMPTY -> "";
        };
    }
}
