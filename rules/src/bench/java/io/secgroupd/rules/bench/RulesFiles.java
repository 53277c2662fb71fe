package io.secgroupd.rules.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

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

    static Path oneList(Path directory) throws IOException {
        var random = new Random(1);
        try (var out = new PrintWriter(Files.newBufferedWriter(directory.resolve("list.txt")))) {
            for (int i = 0; i < 1_000_000; i++) {
                int bits = random.nextInt();
                out.printf("%d.%d.%d.%d%n", bits >>> 24, bits >>> 16 & 0xff, bits >>> 8 & 0xff, bits & 0xff);
            }
        }
        return Files.writeString(directory.resolve("list.yaml"), """
                version: 1
                prefix_lists:
                  pl-x: { file: list.txt }
                security_groups:
                  sg-a: { inbound: [ { protocol: tcp, ports: 443, source: pl-x } ] }
                instances:
                  host: { addresses: [192.0.2.1], security_groups: [sg-a] }
                """);
    }
}
