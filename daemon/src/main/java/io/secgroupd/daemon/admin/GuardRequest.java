package io.secgroupd.daemon.admin;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A change that somebody is about to write to the rules files.
 *
 * @param rules  the file that includes all others
 * @param files  the new contents of those that change
 * @param before the hash of the policy that the files hold now
 * @param after  the hash of the policy that they will hold
 * @param client the connection of the one who asks, as {@code SOURCE,DESTINATION,PORT}, if it crosses the network
 */
public record GuardRequest(Path rules, Map<Path, byte[]> files, String before, String after, Optional<String> client) {

    public GuardRequest {
        files = Collections.unmodifiableMap(new TreeMap<>(files));
    }
}
