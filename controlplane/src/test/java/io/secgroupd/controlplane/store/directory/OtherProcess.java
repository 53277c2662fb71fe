package io.secgroupd.controlplane.store.directory;

import static io.secgroupd.controlplane.store.directory.PolicyFolder.put;

import io.secgroupd.controlplane.store.PutResult.Stored;
import io.secgroupd.controlplane.store.Revision;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;

/** Adds lines to a policy, as a second control server would. */
final class OtherProcess {

    private OtherProcess() {}

    /** Arguments: the control-plane file, the state directory, a name, the number of lines. */
    public static void main(String[] arguments) throws IOException {
        addLines(Path.of(arguments[0]), Path.of(arguments[1]), arguments[2], Integer.parseInt(arguments[3]));
    }

    static void addLines(Path rules, Path state, String name, int number) throws IOException {
        try (var store = new DirectoryStore(rules, state, Clock.systemUTC())) {
            int stored = 0;
            while (stored < number) {
                Revision base = store.current();
                String text = PolicyFolder.text(base, rules) + "# " + name + " " + stored + "\n";
                if (put(store, base, rules, text) instanceof Stored) {
                    stored++;
                }
            }
        }
    }

    static Process start(Path rules, Path state, String name, int number) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherProcess.class.getName(),
                        rules.toString(),
                        state.toString(),
                        name,
                        Integer.toString(number))
                .redirectErrorStream(true)
                .start();
    }
}
