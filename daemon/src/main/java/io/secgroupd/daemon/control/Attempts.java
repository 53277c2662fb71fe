package io.secgroupd.daemon.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers across crashes which files were being read. Files during whose reading the process ended twice are not read a
 * third time until they change or an operator asks for it. A single end may have been a power cut, which is no fault of the
 * files.
 */
public final class Attempts {

    private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

    private static final int ALLOWED = 2;

    private final Path marker;
    private final LastGood lastGood;
    private final StateFiles files;

    /** @param state the daemon's state directory */
    public Attempts(Path state, LastGood lastGood) {
        this(state, lastGood, StateFiles.ON_DISK);
    }

    /** @param files change the files of the state directory */
    public Attempts(Path state, LastGood lastGood, StateFiles files) {
        this.marker = state.resolve("attempt");
        this.lastGood = lastGood;
        this.files = files;
    }

    /** The reason why the files in their current state should not be read; empty when they may be. */
    public Optional<String> objection(Path rules) {
        int ended = ended(fingerprint(rules));
        return ended < ALLOWED
                ? Optional.empty()
                : Optional.of("the process ended " + ended + " times while it read the files as they are now; change "
                        + rules + ", or run secgroupd reload to try again");
    }

    /** Notes that the files are about to be read. They are read even if the note cannot be stored. */
    void begin(Path rules) {
        String fingerprint = fingerprint(rules);
        int attempt = ended(fingerprint) + 1;
        try {
            files.makeDirectoryOf(marker);
            files.write(marker, attempt + "\n" + fingerprint + "\n");
            files.force(marker); // the machine itself may crash next
        } catch (IOException e) {
            LOG.warn("policy.attempt_unsaved {}: if the files end the daemon, it will read them again", e.toString());
        }
    }

    /**
     * Forgets the attempts, because the files are in force, were refused, or are to be read again at an operator's request.
     */
    public void end() {
        try {
            files.delete(marker);
        } catch (IOException e) {
            LOG.warn("policy.attempt_unsaved {}", e.toString());
        }
    }

    /** How many times the process ended while it read these files. */
    private int ended(String fingerprint) {
        try {
            List<String> lines = Files.readAllLines(marker);
            return lines.size() == 2 && lines.get(1).equals(fingerprint) ? Integer.parseInt(lines.get(0)) : 0;
        } catch (IOException | NumberFormatException none) {
            return 0;
        }
    }

    /**
     * Identifies the files by their state, since reading their content is what may end the process; includes the files that
     * were last in force.
     */
    private String fingerprint(Path rules) {
        List<Path> read = new ArrayList<>(lastGood.originals(rules));
        read.add(rules);
        return new TreeMap<>(FileFingerprint.of(read).states()).toString().replace('\n', ' ');
    }
}
