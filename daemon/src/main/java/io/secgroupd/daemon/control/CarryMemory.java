package io.secgroupd.daemon.control;

import io.secgroupd.rules.net.AddressSyntaxException;
import io.secgroupd.rules.net.AddressText;
import io.secgroupd.rules.net.IpAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers over restarts which instances this host is. The file has lines {@code host NAME}, {@code address ADDRESS} (an
 * address that the host's own instance lists) and {@code carried NAME}. A missing or damaged file counts as a host that was
 * never any instance.
 */
public final class CarryMemory {

    private static final Logger LOG = LoggerFactory.getLogger(CarryMemory.class);

    private final Optional<Path> file;
    private final StateFiles files;
    private volatile Remembered remembered;

    private CarryMemory(Optional<Path> file, StateFiles files, Remembered remembered) {
        this.file = file;
        this.files = files;
        this.remembered = remembered;
    }

    /**
     * Keeps the memory in the state directory.
     *
     * @param state the directory of the daemon's state; made when something is stored
     */
    public static CarryMemory in(Path state) {
        return in(state, StateFiles.ON_DISK);
    }

    /**
     * Keeps the memory in the state directory.
     *
     * @param files change the files of that directory
     */
    public static CarryMemory in(Path state, StateFiles files) {
        Path file = state.resolve("carried");
        return new CarryMemory(Optional.of(file), files, read(file));
    }

    /** Reads the memory in the state directory, and never writes it. */
    public static CarryMemory copyOf(Path state) {
        return new CarryMemory(Optional.empty(), StateFiles.ON_DISK, read(state.resolve("carried")));
    }

    /** Keeps the memory in this process only. */
    public static CarryMemory empty() {
        return new CarryMemory(Optional.empty(), StateFiles.ON_DISK, Remembered.NOTHING);
    }

    Remembered remembered() {
        return remembered;
    }

    /** A failure is only logged: without the file everything works until the next start. */
    synchronized void remember(Remembered now) {
        if (now.equals(remembered)) {
            return;
        }
        remembered = now;
        file.ifPresent(path -> {
            try {
                store(path, now);
            } catch (IOException e) {
                LOG.warn("carry.unsaved {}: after a restart the host's own instance is chosen anew", e.toString());
            }
        });
    }

    private void store(Path path, Remembered now) throws IOException {
        var text = new StringBuilder();
        now.hostInstance().ifPresent(name -> text.append("host ").append(name).append('\n'));
        new TreeSet<>(now.hostAddresses())
                .forEach(address -> text.append("address ").append(address).append('\n'));
        new TreeSet<>(now.carried())
                .forEach(name -> text.append("carried ").append(name).append('\n'));
        Path fresh = path.resolveSibling("carried.new");
        files.makeDirectoryOf(fresh);
        files.write(fresh, text.toString());
        files.replace(fresh, path);
    }

    private static Remembered read(Path file) {
        Optional<String> host = Optional.empty();
        Set<IpAddress> addresses = new HashSet<>();
        Set<String> carried = new HashSet<>();
        try {
            for (String line : Files.readAllLines(file)) {
                String[] words = line.split(" ", 2);
                String word = words.length == 2 ? words[1] : "";
                switch (words[0]) {
                    case "host" -> host = Optional.of(word);
                    case "address" -> addresses.add(AddressText.parseAddress(word));
                    case "carried" -> carried.add(word);
                    default -> {
                        return Remembered.NOTHING;
                    }
                }
            }
        } catch (IOException | AddressSyntaxException e) {
            return Remembered.NOTHING;
        }
        return new Remembered(host, addresses, carried);
    }
}
