package io.secgroupd.controlplane.aws.ec2;

import io.secgroupd.controlplane.aws.AwsError;
import io.secgroupd.controlplane.aws.AwsRefusal;
import io.secgroupd.controlplane.aws.query.Parameters;
import java.util.List;
import java.util.OptionalInt;

/** What AWS demands of the name and the size of a prefix list. Names need not be unique. */
final class PrefixListNames {

    private static final int LONGEST = 255;

    /** As many as a list of the rules file can have. */
    private static final int LARGEST = 1_000_000;

    /** The lists of AWS itself are called so. */
    private static final List<String> RESERVED = List.of("com.amazonaws.", "com.amazon.", "com.aws.");

    private PrefixListNames() {}

    /** Refuses a name that a list must not have. */
    static void require(Parameters request, String name) {
        if (name.isEmpty() || name.codePointCount(0, name.length()) > LONGEST) {
            throw request.invalid("PrefixListName", name, "It must have 1 to " + LONGEST + " characters.");
        }
        if (RESERVED.stream().anyMatch(name::startsWith)) {
            throw request.invalid("PrefixListName", name, "It must not begin with " + String.join(" or ", RESERVED));
        }
        PrintableText.requirePrintable("prefix list name", name);
    }

    /** How many entries a list may have, when the request says so. */
    static OptionalInt maxEntries(Parameters request) {
        OptionalInt most = request.integer("MaxEntries");
        most.ifPresent(number -> {
            if (number < 1 || number > LARGEST) {
                throw request.invalid("MaxEntries", Integer.toString(number), "It must be from 1 to " + LARGEST + ".");
            }
        });
        return most;
    }

    /** Refuses more entries than a list may have. */
    static void requireRoom(long entries, int most) {
        if (entries > most) {
            throw new AwsRefusal(AwsError.of(
                    "PrefixListMaxEntriesExceeded",
                    "The prefix list would have " + entries + " entries, and its maximum is " + most + "."));
        }
    }
}
