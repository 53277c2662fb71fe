package io.secgroupd.rules.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * The targets of a module, found by their names. The system property {@code secgroupd.fuzz} says how many inputs are made for
 * each from those that are kept, by default {@value #USUAL}.
 */
public final class FuzzTargets {

    private static final int USUAL = 2000;
    private static final Path SOURCES = Path.of("src/test/java");
    private static final Path KEPT = Path.of("src/test/resources/fuzz");
    private static final long SEED = 20_261_129;

    private FuzzTargets() {}

    /**
     * A test for each target.
     *
     * @param slow by the names of targets, by how much fewer inputs are made for them
     */
    public static Stream<DynamicTest> tests(Map<String, Integer> slow) throws IOException {
        List<Path> targets;
        try (Stream<Path> files = Files.walk(SOURCES)) {
            targets = files.filter(file -> file.toString().endsWith("Fuzz.java"))
                    .sorted()
                    .toList();
        }
        assertThat(targets).isNotEmpty();
        return targets.stream().map(file -> {
            String name =
                    SOURCES.relativize(file).toString().replace(".java", "").replace('/', '.');
            String simple = name.substring(name.lastIndexOf('.') + 1);
            int made = Integer.getInteger("secgroupd.fuzz", USUAL) / slow.getOrDefault(simple, 1);
            return DynamicTest.dynamicTest(simple, () -> run(target(name), kept(simple), made));
        });
    }

    private static MethodHandle target(String name) throws ReflectiveOperationException {
        return MethodHandles.publicLookup()
                .findStatic(Class.forName(name), "fuzzerTestOneInput", MethodType.methodType(void.class, byte[].class));
    }

    private static List<byte[]> kept(String target) throws IOException {
        List<byte[]> inputs = new ArrayList<>();
        try (Stream<Path> files = Files.walk(KEPT.resolve(target))) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                inputs.add(Files.readAllBytes(file));
            }
        }
        assertThat(inputs).as("inputs that are kept for " + target).isNotEmpty();
        return inputs;
    }

    private static void run(MethodHandle target, List<byte[]> kept, int made) {
        give(target, new byte[0]);
        kept.forEach(input -> give(target, input));
        var mutations = new Mutations(kept, SEED);
        for (int i = 0; i < made; i++) {
            give(target, mutations.next());
        }
    }

    private static void give(MethodHandle target, byte[] input) {
        try {
            target.invoke(input);
        } catch (Throwable thrown) {
            throw new AssertionError("the input " + HexFormat.of().formatHex(input), thrown);
        }
    }
}
