package io.secgroupd.daemon.faults;

import static org.awaitility.Awaitility.await;

import io.secgroupd.daemon.testkit.NetworkNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A disk of two megabytes that only those programs see which {@link #wrapper} starts. It goes with the host. */
final class SmallDisk {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final NetworkNamespace host;
    private final Path place;
    private final Process keeper;

    /** @param place the directory that is this disk, for those who see it */
    SmallDisk(NetworkNamespace host, Path place) throws IOException {
        this.host = host;
        this.place = Files.createDirectories(place);
        Path ready = place.resolve("ready");
        keeper = host.start(new ProcessBuilder(
                "sh", "-c", "mount -t tmpfs -o size=2m tmpfs " + place + " && : >" + ready + " && exec sleep 3600"));
        await("a disk in memory").atMost(PATIENCE).until(() -> Files.exists(seen(ready)));
    }

    /** The words before a command that is to see it. */
    List<String> wrapper() {
        return List.of("nsenter", "--mount", "--target", String.valueOf(keeper.pid()));
    }

    /** Where somebody who does not see it finds one of its files. */
    Path seen(Path file) {
        return Path.of("/proc/" + keeper.pid() + "/root" + file);
    }

    /** Takes all of its room. */
    void fill() {
        run("cat /dev/zero >filler 2>/dev/null; if echo x 2>/dev/null >probe; then exit 1; fi");
    }

    void free() {
        run("rm filler probe");
    }

    private void run(String script) {
        List<String> words = new ArrayList<>(wrapper());
        words.addAll(List.of("sh", "-c", "cd " + place + " && { " + script + "; }"));
        host.run(words.toArray(String[]::new));
    }
}
