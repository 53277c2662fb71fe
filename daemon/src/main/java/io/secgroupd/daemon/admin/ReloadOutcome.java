package io.secgroupd.daemon.admin;

import java.util.List;

/**
 * The result of reading the files again.
 *
 * @param inForce    whether the policy in force is that of the files as they are now
 * @param generation the generation of the policy in force afterwards
 * @param hash       the hash of the policy in force afterwards
 * @param sentence   the result in words
 * @param problems   the problems of the files, with their places; includes warnings
 */
public record ReloadOutcome(boolean inForce, long generation, String hash, String sentence, List<String> problems) {

    public ReloadOutcome {
        problems = List.copyOf(problems);
    }
}
