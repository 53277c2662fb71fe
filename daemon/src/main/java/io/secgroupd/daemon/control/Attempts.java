package io.secgroupd.daemon.control;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers over the end of the process that files were being read. Files that ended it twice before they were in force are
 * not read a third time until they change, or an operator asks for it; once alone may have been a power cut, which is no
 * fault of the file.
 */
public final class Attempts {

    private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

    private static final int ALLOWED = 2;

    private final Path marker;
    private final LastGood lastGood;

    /** @param state the daemon's directory */
    public Attempts(Path state, LastGood lastGood) {
        this.marker = state.resolve("attempt");
        this.lastGood = lastGood;
    }

    /** Why the files as they are now should not be read; empty when they may be. */
    public Optional<String> objection(Path rules) {
        int ended = ended(fingerprint(rules));
        return ended < ALLOWED
                ? Optional.empty()
                : Optional.of("the process ended " + ended + " times while it read the files as they are now; change "
                        + rules + ", or run secgroupd reload to try again");
    }

    /** Notes that the files are about to be read. Where that cannot be stored, they are read all the same. */
    void begin(Path rules) {
        String fingerprint = fingerprint(rules);
        int attempt = ended(fingerprint) + 1;
        try {
            Files.createDirectories(Objects.requireNonNull(marker.getParent(), "a file of the state directory"));
            Files.writeString(marker, attempt + "\n" + fingerprint + "\n", StandardCharsets.UTF_8);
            try (FileChannel channel = FileChannel.open(marker, StandardOpenOption.READ)) {
                channel.force(true); // the machine may be what ends next
            }
        } catch (IOException e) {
            LOG.warn("policy.attempt_unsaved {}: if the files end the daemon, it will read them again", e.toString());
        }
    }

    /** Forgets them: they are in force, they were refused, or an operator wants them tried again. */
    public void end() {
        try {
            Files.deleteIfExists(marker);
        } catch (IOException e) {
            LOG.warn("policy.attempt_unsaved {}", e.toString());
        }
    }

    /** Times that the process ended over these files. */
    private int ended(String fingerprint) {
        try {
            List<String> lines = Files.readAllLines(marker);
            return lines.size() == 2 && lines.get(1).equals(fingerprint) ? Integer.parseInt(lines.get(0)) : 0;
        } catch (IOException | NumberFormatException none) {
            return 0;
        }
    }

    /** The state, not the content, of the file and of those that were last in force with it: to read is what is in doubt. */
    private String fingerprint(Path rules) {
        List<Path> files = new ArrayList<>(lastGood.originals(rules));
        files.add(rules);
        return new TreeMap<>(FileFingerprint.of(files).states()).toString().replace('\n', ' ');
    }
}
