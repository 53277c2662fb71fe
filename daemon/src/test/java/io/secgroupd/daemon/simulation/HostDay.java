package io.secgroupd.daemon.simulation;

import io.secgroupd.daemon.admin.HoldOutcome.HeldCandidate;
import io.secgroupd.rules.testkit.KilledError;
import io.secgroupd.rules.testkit.MemoryDirectory;
import io.secgroupd.rules.testkit.SimulatedClock;
import io.secgroupd.rules.testkit.SimulatedDay;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;

/** A day in the life of one host: edits, trials, packets, kills, full disks and set clocks, in an order drawn from a seed. */
final class HostDay implements SimulatedDay {

    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final int STEPS = 100;
    private static final int PACKETS = 4;
    private static final String OPERATOR = OperatorTexts.OPERATOR + "," + Life.HOST + ",22";

    private final SplittableRandom random;
    private final OperatorTexts texts;
    private final SentPackets packets;
    private final SimulatedClock clock = new SimulatedClock();
    private final LivingHost host;
    private boolean healing;

    HostDay(long seed) throws IOException {
        random = new SplittableRandom(seed);
        texts = new OperatorTexts(random.split());
        packets = new SentPackets(random.split());
        host = new LivingHost(MemoryDirectory.make(), clock);
        host.afterDeath(this::afterDeath);
    }

    @Override
    public Iterable<String> history() {
        return host.history();
    }

    @Override
    public long looks() {
        return host.looks();
    }

    @Override
    public Duration time() {
        return clock.time();
    }

    @Override
    public void close() {
        MemoryDirectory.remove(host.directory());
    }

    @Override
    public void run() throws IOException {
        host.write(texts.sound(clock.wall()));
        host.write(texts.office());
        host.start();
        for (int step = 0; step < STEPS; step++) {
            host.sleepUntil(clock.now() + pause());
            act();
            meetPackets();
        }
        heal();
    }

    /** Much happens at once, and then nothing for a while. */
    private long pause() {
        return texts.oneIn(3) ? random.nextLong(6 * DAY / STEPS) : random.nextLong(3000);
    }

    private void act() throws IOException {
        switch (random.nextInt(20)) {
            case 0, 1, 2, 3, 4 -> edit(texts.any(clock.wall()));
            case 5, 6 -> editOffice();
            case 7, 8, 9 -> apply();
            case 10, 11 -> confirm();
            case 12 -> rollBack();
            case 13 -> reload();
            case 14 -> killSoon();
            case 15 -> kill();
            case 16 -> stop();
            case 17 -> fillDisk(!host.disk.isFull());
            case 18 -> setClock();
            default -> editTwice();
        }
        host.start();
    }

    private void edit(MainText text) {
        boolean removes = texts.oneIn(12);
        host.note(removes ? "rules file removed" : "edit " + text);
        host.write(removes ? null : text);
        noticed();
    }

    private void editOffice() {
        OfficeText text = texts.office();
        boolean removes = texts.oneIn(10);
        host.note(removes ? "office file removed" : "edit " + text);
        host.write(removes ? null : text);
        noticed();
    }

    /** Between two edits of an editor, or of a hasty operator, the files may be read. */
    private void editTwice() {
        edit(texts.any(clock.wall()));
        clock.after(Duration.ofMillis(random.nextInt(1500)), () -> edit(texts.sound(clock.wall())));
    }

    /** A change is noticed once the files have come to rest. */
    private void noticed() {
        clock.after(
                Duration.ofMillis(200 + random.nextInt(1200)),
                () -> host.step(life -> {
                    if (life.daemon().look()) {
                        read(life);
                    }
                }));
    }

    /** Now and then somebody writes to the files again while they are read, or copied. */
    private void read(Life life) {
        Optional<Wording> files = host.expected.onDisk();
        if (!healing && texts.oneIn(12)) {
            host.disk.atNextStep(() -> edit(texts.any(clock.wall())));
        }
        reading(files, life::act);
        host.disk.alone();
        if (files.equals(host.expected.onDisk())) {
            host.expected.look(seen(life));
        } else {
            host.expected.lookWhileWritten(files, life.nameOfInForce());
        }
    }

    private void reading(Optional<Wording> files, Runnable action) {
        try {
            action.run();
        } catch (KilledError killed) {
            host.disk.alone();
            host.expected.killedWhileReading(files);
            throw killed;
        }
    }

    private Optional<Wording> seen(Life life) {
        return host.expected.onDisk().filter(version -> version.name().equals(life.nameOfInForce()));
    }

    private void apply() {
        MainText text = texts.any(clock.wall());
        Duration time = Duration.ofMillis(1000 + random.nextInt(300_000));
        boolean forced = texts.oneIn(4);
        host.note("apply " + text + " for " + time + (forced ? " by force" : ""));
        host.step(life -> {
            boolean fits = host.expected.takes(text)
                    && (forced || host.expected.admits(text, OperatorTexts.OPERATOR, 22, clock.wall()));
            if (fits) {
                host.expected.tries(text, clock.now() + time.toMillis());
            }
            boolean taken = life.daemon()
                    .apply(text.text(), time, forced ? Optional.empty() : Optional.of(OPERATOR))
                    .inForce();
            host.require(taken == fits, "the candidate was " + (taken ? "taken" : "refused"));
        });
    }

    private void confirm() {
        host.step(life -> {
            Optional<HeldCandidate> held = life.daemon().hold().held();
            host.require(
                    held.isPresent() == host.expected.candidate().isPresent(),
                    "hold finds " + held + " instead of " + host.expected.candidate());
            held.ifPresent(candidate -> {
                host.expected.holds(clock.now() + 30_000);
                Wording version = host.expected.candidate().orElseThrow();
                host.note("confirm " + version.name());
                host.require(candidate.content().equals(version.main().text()), "another text is held");
                writeHeld(version, candidate.hash());
            });
        });
    }

    /** As {@code secgroupd confirm} does, which takes its time and may be killed in between. */
    private void writeHeld(Wording version, String hash) {
        clock.after(Duration.ofMillis(random.nextInt(40_000)), () -> {
            host.note("writes " + version.name());
            host.write(version.main());
            noticed();
            if (!texts.oneIn(5)) {
                clock.after(Duration.ofMillis(random.nextInt(3000)), () -> finish(version, hash));
            }
        });
    }

    private void finish(Wording version, String hash) {
        host.step(life -> {
            host.note("confirmation of " + version.name());
            host.expected.confirms(version);
            life.daemon().confirm(hash);
        });
    }

    private void rollBack() {
        host.step(life -> {
            host.note("rollback");
            host.expected.rollBack();
            life.daemon().rollBack();
        });
    }

    private void reload() {
        host.step(life -> {
            host.note("reload");
            reading(host.expected.onDisk(), life.daemon()::reload);
            host.expected.look(host.expected.onDisk());
        });
    }

    private void killSoon() {
        int steps = random.nextInt(12);
        host.note("will be killed after " + steps + " steps of writing");
        host.disk.killAfter(steps);
    }

    private void kill() {
        host.note("kill -9");
        host.kill();
    }

    /** What has ended a process may have ended the machine, and may end the next process too. */
    private void afterDeath() {
        if (texts.oneIn(2)) {
            host.note("power cut");
            host.disk.cutPower();
        }
        if (texts.oneIn(4)) {
            killSoon();
        }
    }

    private void stop() throws IOException {
        host.note("stop");
        host.stop();
    }

    private void fillDisk(boolean full) throws IOException {
        host.note(full ? "the disk is full" : "the disk has room");
        host.disk.setFull(full);
        host.expected.diskIsFull(full);
        if (host.life().isPresent()) {
            host.life().get().fillLog(full);
        }
    }

    private void setClock() {
        long millis = random.nextLong(-7_200_000, 7_200_000);
        host.note("clock set by " + Duration.ofMillis(millis));
        clock.setWall(millis);
    }

    private void meetPackets() {
        host.life().ifPresent(life -> {
            for (int i = 0; i < PACKETS; i++) {
                String wrong = packets.send(life, host.expected.inForce().orElseThrow(), clock);
                host.require(wrong.isEmpty(), wrong);
            }
            life.writeLog();
        });
    }

    /** Once nobody disturbs any more, the host has what its operator wrote. */
    private void heal() throws IOException {
        healing = true;
        fillDisk(false);
        host.afterDeath(() -> {});
        host.start();
        rollBack();
        host.sleepUntil(clock.now() + 120_000);
        host.start();
        MainText last = texts.last();
        host.note("edit " + last);
        host.write(last);
        noticed();
        host.sleepUntil(clock.now() + 10_000);
        host.start();
        host.require(
                host.expected.inForce().map(Wording::main).equals(Optional.of(last)), "the last edit is not in force");
        meetPackets();
        host.stop();
    }
}
