package io.secgroupd.controlplane.store;

/**
 * The newest revision as it is known before anybody has read what its files say.
 *
 * @param serial as of the revision
 * @param hash   of all contents, in hexadecimal
 */
public record Newest(long serial, String hash, Origin origin) {

    /** What is known of a revision that has been read. */
    static Newest of(Revision revision) {
        return new Newest(revision.serial(), revision.hash(), revision.origin());
    }
}
