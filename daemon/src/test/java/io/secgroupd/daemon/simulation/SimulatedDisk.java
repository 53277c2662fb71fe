package io.secgroupd.daemon.simulation;

import io.secgroupd.daemon.control.StateFiles;
import io.secgroupd.rules.testkit.KilledError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/**
 * The disk under the state directory. The process can be killed at any of its steps, which is then half done; the disk can be
 * full; and a power cut takes what was written and not forced.
 */
final class SimulatedDisk implements StateFiles {

    private static final int NEVER = -1;

    private final Set<Path> unforced = new TreeSet<>();
    private int stepsLeft = NEVER;
    private boolean dead;
    private boolean full;
    private Runnable atNextStep = () -> {};

    /** Lets the process be killed after so many steps; it has no effect on a disk then until {@link #restart}. */
    void killAfter(int steps) {
        stepsLeft = steps;
    }

    /** Lets something else happen on the machine just before the next step. */
    void atNextStep(Runnable meanwhile) {
        atNextStep = meanwhile;
    }

    /** Nothing else happens any more. */
    void alone() {
        atNextStep = () -> {};
    }

    void setFull(boolean now) {
        full = now;
    }

    boolean isFull() {
        return full;
    }

    /** Another process begins. */
    void restart() {
        dead = false;
        stepsLeft = NEVER;
    }

    /** What was not forced is empty afterwards, though its name is there. */
    void cutPower() {
        try {
            for (Path file : unforced) {
                if (Files.exists(file)) {
                    Files.write(file, new byte[0]);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        unforced.clear();
    }

    private void step() {
        Runnable meanwhile = atNextStep;
        atNextStep = () -> {};
        meanwhile.run();
        if (dead || stepsLeft == 0) {
            dead = true;
            throw new KilledError();
        }
        if (stepsLeft > 0) {
            stepsLeft--;
        }
    }

    private void needRoom() throws IOException {
        if (full) {
            throw new IOException("No space left on device");
        }
    }

    @Override
    public void makeDirectoryOf(Path file) throws IOException {
        step();
        if (!Files.isDirectory(file.resolveSibling("."))) {
            needRoom();
        }
        StateFiles.super.makeDirectoryOf(file);
    }

    @Override
    public void write(Path file, String content) throws IOException {
        put(file, content.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void copy(Path from, Path to) throws IOException {
        put(to, Files.readAllBytes(from));
    }

    /** Half of it is there when the process is killed meanwhile, or the disk has no room for the rest. */
    private void put(Path file, byte[] content) throws IOException {
        step();
        unforced.add(file);
        Files.write(file, Arrays.copyOf(content, content.length / 2));
        needRoom();
        step();
        Files.write(file, content);
    }

    @Override
    public void force(Path file) {
        step();
        unforced.remove(file);
    }

    @Override
    public void replace(Path fresh, Path file) throws IOException {
        step();
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        if (unforced.remove(fresh)) {
            unforced.add(file);
        }
    }

    @Override
    public void delete(Path file) throws IOException {
        step();
        Files.deleteIfExists(file);
        unforced.remove(file);
    }
}
