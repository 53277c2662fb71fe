package io.secgroupd.controlplane.keys;

import io.secgroupd.controlplane.aws.sigv4.AccessKey;
import io.secgroupd.controlplane.aws.sigv4.AccessKeys;
import io.secgroupd.controlplane.aws.sigv4.Right;
import io.secgroupd.rules.text.Location;
import io.secgroupd.rules.text.Problem;
import io.secgroupd.rules.text.Problem.Severity;
import io.secgroupd.rules.yaml.FileInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of access keys, followed while it changes. The keys in it are secrets in the clear, because a signature of AWS can only
 * be checked with the secret itself; so a file that others could have read is refused.
 */
public final class KeyFile {

    private static final Logger LOG = LoggerFactory.getLogger(KeyFile.class);

    /** In bytes; some thousands of keys. */
    private static final long MAX_BYTES = 1 << 20;

    /** Ten ticks of the kernel's clock: a change that is older than this would have another time than the next one. */
    private static final long TICKS_MILLIS = 100;

    private final Path file;
    private AccessKeys keys;
    private Safety.@Nullable KeyFileState seen;
    private boolean settled;
    private List<Problem> problems = List.of();

    private KeyFile(Path file, AccessKeys keys) {
        this.file = file;
        this.keys = keys;
    }

    /**
     * Opens a file for the first time.
     *
     * @throws IOException with a sentence for the operator for each problem
     */
    public static KeyFile open(Path file) throws IOException {
        return new KeyFile(file, new AccessKeys(read(file).orThrow()));
    }

    /** Reads a file as it is now. */
    public static KeyRead read(Path file) {
        try {
            Optional<String> fault = Safety.fault(file);
            return fault.isPresent()
                    ? fault(file, fault.get())
                    : KeyReader.read(file.toString(), bytes(file)).read();
        } catch (IOException e) {
            return fault(file, "the keys cannot be read (" + e + "); let keys add make the file");
        }
    }

    private static KeyRead fault(Path file, String message) {
        return new KeyRead(
                List.of(), List.of(new Problem(Severity.ERROR, new Location(file.toString(), 1, 1), "", message)));
    }

    static byte[] bytes(Path file) throws IOException {
        try (InputStream in = FileInput.open(file, MAX_BYTES)) {
            return in.readAllBytes();
        }
    }

    /**
     * Makes a key and adds it to a file, which is made when there is none.
     *
     * @throws IOException with a sentence for the operator; the file is as it was then
     */
    public static AccessKey add(Path file, String name, Right right, SecureRandom random) throws IOException {
        return KeyAdder.add(file, name, right, random);
    }

    /**
     * The keys that are in force: those of the file as it is now, or, when it cannot be used as it is now, those of the last
     * time that it could.
     */
    public synchronized AccessKeys current() {
        Optional<Safety.KeyFileState> now = state();
        if (!settled || !now.equals(Optional.ofNullable(seen))) {
            settled = now.isPresent() && now.get().changed() < System.currentTimeMillis() - TICKS_MILLIS;
            seen = now.orElse(null);
            look();
        }
        return keys;
    }

    private Optional<Safety.KeyFileState> state() {
        try {
            return Optional.of(Safety.KeyFileState.of(file));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private void look() {
        KeyRead read = read(file);
        if (read.problems().isEmpty()) {
            keys = new AccessKeys(read.keys());
        } else if (!read.problems().equals(problems)) {
            LOG.error("keys.refused: the keys before stay in force, as {}", read.problems());
        }
        problems = read.problems();
    }

    /** Why the file as it is now is not what is in force; none when it is. */
    public synchronized List<Problem> problems() {
        return problems;
    }
}
