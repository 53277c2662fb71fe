package io.secgroupd.rules.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.Function;

/** Large control-plane files, as generators write them. */
final class RulesFiles {

    private RulesFiles() {}

    static Path manyGroups(Path directory) throws IOException {
        Path file = directory.resolve("groups.yaml");
        try (var out = new PrintWriter(Files.newBufferedWriter(file))) {
            out.println("version: 1\nsecurity_groups:");
            for (int group = 0; group < 1_000; group++) {
                out.printf("  sg-%d:%n    name: group %d%n    inbound:%n", group, group);
                for (int rule = 0; rule < 20; rule++) {
                    String source = rule % 2 == 0
                            ? "sg-" + (group + rule) % 1_000
                            : "10." + rule + "." + group % 256 + ".0/24";
                    out.printf("      - { protocol: tcp, ports: %d, source: %s }%n", 1024 + group + rule, source);
                }
            }
            out.println("instances:");
            for (int i = 0; i < 10_000; i++) {
                out.printf(
                        "  i-%d: { addresses: [172.16.%d.%d], security_groups: [sg-%d, sg-%d] }%n",
                        i, i / 256, i % 256, i % 1_000, (i + 1) % 1_000);
            }
        }
        return file;
    }

    /** A policy with one list file of a million lines. */
    static Path oneList(Path directory, String name, Function<Random, String> line) throws IOException {
        var random = new Random(1);
        try (var out = new PrintWriter(Files.newBufferedWriter(directory.resolve(name + ".txt")))) {
            for (int i = 0; i < 1_000_000; i++) {
                out.println(line.apply(random));
            }
        }
        return Files.writeString(directory.resolve(name + ".yaml"), """
                version: 1
                prefix_lists:
                  pl-x: { file: %s.txt }
                security_groups:
                  sg-a: { inbound: [ { protocol: tcp, ports: 443, source: pl-x } ] }
                instances:
                  host: { addresses: [192.0.2.1], security_groups: [sg-a] }
                """.formatted(name));
    }

    static String ipv4(Random random) {
        int bits = random.nextInt();
        return (bits >>> 24) + "." + (bits >>> 16 & 0xff) + "." + (bits >>> 8 & 0xff) + "." + (bits & 0xff);
    }

    static String ipv6(Random random) {
        return "2a%02x:%x:%x::/48".formatted(random.nextInt(256), random.nextInt(1 << 16), random.nextInt(1 << 16));
    }

    static String badLine(Random random) {
        return random.nextInt(1 << 16) + ".example.com";
    }
}
