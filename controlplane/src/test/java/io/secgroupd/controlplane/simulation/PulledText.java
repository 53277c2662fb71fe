package io.secgroupd.controlplane.simulation;

import io.secgroupd.controlplane.fleet.feed.Manifest;
import io.secgroupd.controlplane.fleet.feed.PieceCutter;
import io.secgroupd.controlplane.fleet.feed.Pointer;
import io.secgroupd.controlplane.store.common.Hashes;
import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.PolicyReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A revision of two files, which both say its number: half of one and half of another are a policy that nobody has made.
 *
 * @param policy  its hash
 * @param pointer names it
 * @param pieces  its manifest, and the pieces of its files, by their hash
 */
record PulledText(String policy, Pointer pointer, Map<String, byte[]> pieces) {

    static final String RULES = "rules.yaml";

    /** The files of the first revision, which the host was installed with. */
    static final SortedMap<String, String> INSTALLED = files(0);

    static PulledText of(int serial) {
        return of(serial, files(serial));
    }

    /** Another one that has the same serial, which no sound control server makes. */
    PulledText forged() {
        return of((int) pointer.serial(), files(-(int) pointer.serial()));
    }

    private static PulledText of(int serial, SortedMap<String, String> files) {
        Map<String, byte[]> named = new TreeMap<>();
        files.forEach((name, text) -> named.put(name, text.getBytes(StandardCharsets.UTF_8)));
        String policy = policy(files);
        Manifest manifest = Manifest.of(serial, policy, named);
        Map<String, byte[]> pieces = new HashMap<>();
        pieces.put(manifest.hash(), manifest.bytes());
        named.values().forEach(file -> PieceCutter.cut(file).forEach(piece -> pieces.put(Hashes.sha256(piece), piece)));
        var pointer = new Pointer(
                serial,
                0,
                manifest.hash(),
                Optional.empty(),
                serial + "." + manifest.hash().substring(0, 12));
        return new PulledText(policy, pointer, pieces);
    }

    private static SortedMap<String, String> files(int number) {
        var files = new TreeMap<String, String>();
        String part = "part-" + Math.floorMod(number, 2) + ".yaml";
        files.put(RULES, "version: 1\ninclude: [" + part + "]\n" + group("sg-a", "revision " + number));
        files.put(part, group("sg-b", "revision " + number));
        return files;
    }

    /** What an operator writes by hand. */
    static String byHand(int number) {
        return "version: 1\n" + group("sg-a", "by hand " + number);
    }

    private static String group(String name, String description) {
        return "security_groups: { " + name + ": { description: " + description + ", inbound: [] } }\n";
    }

    /** The hash of the policy that files are. */
    static String policy(Map<String, String> files) {
        Map<Path, byte[]> placed = new TreeMap<>();
        files.forEach((name, text) -> placed.put(Path.of("/etc", name), text.getBytes(StandardCharsets.UTF_8)));
        return PolicyReader.read(new PolicyFiles(Path.of("/etc", RULES), placed))
                .hash();
    }
}
