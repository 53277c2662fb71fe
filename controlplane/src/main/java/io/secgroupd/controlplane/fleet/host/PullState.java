package io.secgroupd.controlplane.fleet.host;

import io.secgroupd.controlplane.store.common.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is remembered over a restart: which revision is followed, and which one was refused. */
final class PullState {

    private static final Logger LOG = LoggerFactory.getLogger(PullState.class);

    private final Path followed;
    private final Path refused;
    private Optional<Refused> lastRefused = Optional.empty();

    PullState(Path directory) {
        this.followed = directory.resolve("followed");
        this.refused = directory.resolve("refused");
    }

    /**
     * The revision that was put in force last.
     *
     * @throws IOException with a sentence when that cannot be read; without it an older revision could be taken for a new one
     */
    Optional<Followed> followed() throws IOException {
        return read(followed, Followed::parse);
    }

    /** The revision that was refused last. */
    Optional<Refused> refused() throws IOException {
        return lastRefused.isPresent() ? lastRefused : read(refused, Refused::parse);
    }

    private interface TextReader<T> {
        T read(String text) throws IOException;
    }

    private static <T> Optional<T> read(Path file, TextReader<T> reader) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(reader.read(Files.readString(file)));
        } catch (IOException e) {
            throw new IOException(
                    file + " cannot be read (" + e.getMessage() + "). When it is damaged, remove it: then the"
                            + " revision that the control server names is taken, whatever its serial.",
                    e);
        }
    }

    void follow(Followed revision) throws IOException {
        write(followed, Json.line(revision.json()));
        Files.deleteIfExists(refused);
        lastRefused = Optional.empty();
    }

    /** Where the disk is full, it is known at least until the next start: a revision is not to be tried again and again. */
    void refuse(Refused revision) {
        lastRefused = Optional.of(revision);
        try {
            write(refused, revision.text());
        } catch (IOException e) {
            LOG.warn("pull.unsaved: a restart tries serial {} once more, as {}", revision.serial(), e.toString());
        }
    }

    private static void write(Path file, String text) throws IOException {
        WholeFiles.write(file, (text + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
