package io.secgroupd.controlplane.store;

import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.ReadResult;

/**
 * One state of the policy.
 *
 * @param serial counts up from 1 and never goes back
 * @param files  all files of it
 * @param read   what they say: a policy, or why there is none
 */
public record Revision(long serial, PolicyFiles files, ReadResult read, Origin origin) {

    /** The hash of all contents, in hexadecimal. */
    public String hash() {
        return read.hash();
    }
}
