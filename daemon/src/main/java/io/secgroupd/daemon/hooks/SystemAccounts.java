package io.secgroupd.daemon.hooks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The numbers of root and the system accounts, which are below 1000, where ordinary users begin. In a user namespace, such
 * as that of a rootless container, the kernel refuses a rule with an unmapped number, so only the mapped ones are named.
 */
final class SystemAccounts {

    private static final int LAST = 999;

    /** The range as rules of both backends write it, such as {@code 0-999}. */
    static final String RANGE = range(map());

    private SystemAccounts() {}

    /**
     * Returns the range; a single number is written alone, as the tools list it.
     *
     * @param map the lines of {@code /proc/self/uid_map}, see user_namespaces(7): first inside, first outside, count
     */
    static String range(List<String> map) {
        return map.stream()
                .map(line -> line.strip().split("\\s+"))
                .filter(words -> words.length == 3 && words[0].equals("0"))
                .map(words -> Math.min(LAST, Long.parseLong(words[2]) - 1))
                .findFirst()
                .map(last -> last == 0 ? "0" : "0-" + last)
                .orElse("0-" + LAST);
    }

    private static List<String> map() {
        try {
            return Files.readAllLines(Path.of("/proc/self/uid_map"));
        } catch (IOException unknown) {
            return List.of();
        }
    }
}
