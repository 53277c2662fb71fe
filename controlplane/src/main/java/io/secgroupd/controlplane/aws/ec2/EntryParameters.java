package io.secgroupd.controlplane.aws.ec2;

import io.secgroupd.controlplane.aws.AwsError;
import io.secgroupd.controlplane.aws.AwsRefusal;
import io.secgroupd.controlplane.aws.query.Parameters;
import io.secgroupd.rules.model.ListEntry;
import io.secgroupd.rules.net.AddressRange;
import io.secgroupd.rules.net.Family;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** Reads entries of a prefix list that a client sends. */
final class EntryParameters {

    /** AWS takes as many in one request. */
    private static final int MOST = 100;

    private static final int LONGEST = 255;

    private EntryParameters() {}

    /**
     * The entries of a parameter such as {@code AddEntry}.
     *
     * @param family that all of them must have; none when the list leaves it open
     */
    static List<ListEntry> read(Parameters request, String name, Optional<Family> family) {
        List<Parameters> written = request.list(name);
        if (written.size() > MOST) {
            throw new AwsRefusal(AwsError.invalid(
                    "A request can have at most " + MOST + " of " + name + ", and not " + written.size() + "."));
        }
        var entries = new ArrayList<ListEntry>();
        var seen = new LinkedHashSet<AddressRange>();
        for (Parameters one : written) {
            String cidr = one.required("Cidr");
            AddressRange range = Cidr.read(cidr, family.orElse(familyOf(cidr)));
            if (!seen.add(range)) {
                throw new AwsRefusal(
                        AwsError.invalid("The CIDR " + range + " is specified more than once in " + name + "."));
            }
            entries.add(new ListEntry(range, description(one)));
        }
        return List.copyOf(entries);
    }

    private static String description(Parameters entry) {
        String description = entry.text("Description").orElse("");
        if (description.codePointCount(0, description.length()) > LONGEST) {
            throw entry.invalid("Description", description, "It must have at most " + LONGEST + " characters.");
        }
        PrintableText.requirePrintable("description of an entry", description);
        return description;
    }

    private static Family familyOf(String cidr) {
        return cidr.contains(":") ? Family.IPV6 : Family.IPV4;
    }
}
