package io.secgroupd.daemon.admin;

import java.util.List;

/**
 * What came of reading the files anew.
 *
 * @param inForce    whether the files as they are now are what is in force
 * @param generation of the policy in force afterwards
 * @param hash       of the policy in force afterwards
 * @param sentence   says it in words
 * @param problems   of the files, with their places; warnings too
 */
public record ReloadOutcome(boolean inForce, long generation, String hash, String sentence, List<String> problems) {

    public ReloadOutcome {
        problems = List.copyOf(problems);
    }
}
