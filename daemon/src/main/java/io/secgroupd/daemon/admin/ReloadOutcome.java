package io.secgroupd.daemon.admin;

import java.util.List;

/**
 * The result of reading the files anew.
 *
 * @param inForce    whether the policy in force is that of the files as they are now
 * @param generation of the policy in force afterwards
 * @param hash       of the policy in force afterwards
 * @param sentence   the result in words
 * @param problems   of the files, with their places; warnings too
 */
public record ReloadOutcome(boolean inForce, long generation, String hash, String sentence, List<String> problems) {

    public ReloadOutcome {
        problems = List.copyOf(problems);
    }
}
