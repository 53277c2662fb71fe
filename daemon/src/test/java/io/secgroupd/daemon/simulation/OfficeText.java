package io.secgroupd.daemon.simulation;

import java.util.List;

/**
 * The included file of a simulated host, which says where its office is.
 *
 * @param number  tells texts apart, and is what the policy says of itself
 * @param entries the addresses of the office
 * @param broken  whether it has an error
 */
record OfficeText(int number, List<String> entries, boolean broken) {

    OfficeText {
        entries = List.copyOf(entries);
    }

    static String list(String name, List<String> entries) {
        return "prefix_lists:\n  pl-office: { description: " + name + ", entries: " + entries + " }\n";
    }

    String text() {
        String text = list("o" + number, entries);
        return broken ? text.replace("entries", "entires") : text;
    }
}
