package io.secgroupd.daemon.simulation;

import io.secgroupd.daemon.service.StartException;
import io.secgroupd.rules.testkit.KilledError;
import io.secgroupd.rules.testkit.RecentHistory;
import io.secgroupd.rules.testkit.SimulatedClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A host: its files, its daemon, and what must be in force, which is compared after every step. */
final class LivingHost {

    final SimulatedClock clock;
    final SimulatedDisk disk = new SimulatedDisk();
    final Promised expected = new Promised();
    private final Path directory;
    private final RecentHistory history;
    private Optional<Life> life = Optional.empty();
    private Runnable afterDeath = () -> {};
    private int lives;
    private long writes;
    private long looks;
    private @Nullable Wording named;
    private String name = "";

    /** @param directory for its files */
    LivingHost(Path directory, SimulatedClock clock) {
        this.directory = directory;
        this.clock = clock;
        history = new RecentHistory(clock);
    }

    Path directory() {
        return directory;
    }

    /** How often was looked whether what is in force is what must be. */
    long looks() {
        return looks;
    }

    /** Has something done whenever the daemon is dead. */
    void afterDeath(Runnable next) {
        afterDeath = next;
    }

    void note(String what) {
        history.note(what);
    }

    /** The last of what happened, for whoever must understand a failure. */
    Iterable<String> history() {
        return history;
    }

    Optional<Life> life() {
        return life;
    }

    /** Writes the rules file, or removes it, in one step. */
    void write(@Nullable MainText text) {
        put("rules.yaml", text == null ? null : text.text());
        expected.wrote(text);
    }

    /** Writes the included file, or removes it, in one step. */
    void write(@Nullable OfficeText text) {
        put("office.yaml", text == null ? null : text.text());
        expected.wrote(text);
    }

    private void put(String name, @Nullable String text) {
        Path file = directory.resolve(name);
        try {
            if (text == null) {
                Files.deleteIfExists(file);
                return;
            }
            Path fresh = Files.write(directory.resolve("new"), text.getBytes(StandardCharsets.UTF_8));
            Files.setLastModifiedTime(fresh, FileTime.fromMillis(++writes * 1000)); // no two writes look the same
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the daemon, if it is down. */
    void start() {
        if (life.isPresent()) {
            return;
        }
        expected.mark();
        try {
            start(new Life(directory, ++lives, clock, disk));
        } catch (StartException down) {
            require(expected.afterStart().contains(Optional.empty()), "it did not start: " + down.getMessage());
            note("does not start");
        } catch (KilledError killed) {
            killed();
        }
    }

    private void start(Life begun) {
        life = Optional.of(begun);
        String name = begun.nameOfInForce();
        Optional<Wording> seen = expected.afterStart().stream()
                .flatMap(Optional::stream)
                .filter(version -> version.name().equals(name))
                .findFirst();
        require(seen.isPresent(), "it started with " + name + " instead of one of " + expected.afterStart());
        note("starts with " + name);
        expected.started(seen);
        begun.daemon().ready();
        begun.act();
        checkInForce();
    }

    /** Does something with the daemon, if it runs: the expectation first, since the daemon may be killed meanwhile. */
    void step(Consumer<Life> action) {
        if (life.isEmpty()) {
            return;
        }
        expected.mark();
        try {
            action.accept(life.get());
            life.get().act();
            checkInForce();
        } catch (KilledError killed) {
            killed();
        }
    }

    private void killed() {
        note("is killed in the midst of writing");
        expected.killed();
        die();
    }

    private void die() {
        life.ifPresent(Life::kill);
        life = Optional.empty();
        disk.restart();
        afterDeath.run();
    }

    void kill() {
        expected.stopped();
        die();
    }

    void stop() throws IOException {
        if (life.isPresent()) {
            String wrong = life.get().stop();
            require(wrong.isEmpty(), wrong);
            kill();
        }
    }

    /** The time goes on, and what is due is done. */
    void sleepUntil(long end) {
        boolean more = true;
        while (more) {
            expected.mark();
            try {
                more = clock.runUntil(end);
                expected.at(clock.now());
                life.ifPresent(Life::act);
                checkInForce();
            } catch (KilledError killed) {
                expected.at(clock.now());
                killed();
            }
        }
    }

    private void checkInForce() {
        looks++;
        String name = life.map(Life::nameOfInForce).orElse("");
        String must = expected.inForce().map(this::nameOf).orElse("");
        if (!name.equals(must)) {
            throw new AssertionError("in force is " + name + " instead of " + must);
        }
    }

    /** A day has thirty thousand looks, and most of them at what was seen before. */
    @SuppressWarnings("ReferenceEquality")
    private String nameOf(Wording wording) {
        if (wording != named) {
            named = wording;
            name = wording.name();
        }
        return name;
    }

    void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
