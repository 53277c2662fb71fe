package io.secgroupd.rules.analyze;

import io.secgroupd.rules.net.AddressSet;
import java.util.List;

/**
 * What changes for addresses of one instance.
 *
 * @param instance  its new name, or its old one when it is gone
 * @param addresses those of its addresses for which this changes
 * @param changes   may be empty for an address that comes or goes
 */
public record InstanceChange(String instance, Kind kind, AddressSet addresses, List<Change> changes) {

    /** What happens to the addresses. */
    public enum Kind {
        /** They belonged to no instance, so nothing judged them; everything that they allow counts as newly allowed. */
        ADDED("added"),
        /** They belong to no instance any more; everything that they allowed counts as newly rejected. */
        REMOVED("removed"),
        CHANGED("changed");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    public InstanceChange {
        changes = List.copyOf(changes);
    }
}
