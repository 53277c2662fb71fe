package io.secgroupd.controlplane.console.traffic;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.secgroupd.controlplane.console.host.ConsoleHost;
import io.secgroupd.controlplane.console.host.ReplayOutcome;
import io.secgroupd.rules.file.PolicyFiles;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A daemon that writes what a test says, into the hands of whoever follows it. */
final class GivenHost implements ConsoleHost {

    static final String TIME = "2026-01-01T00:00:00.000Z";

    final List<Consumer<byte[]>> followers = new CopyOnWriteArrayList<>();
    final List<Runnable> lost = new CopyOnWriteArrayList<>();
    final AtomicInteger begun = new AtomicInteger();
    Optional<String> rules = Optional.empty();
    Optional<ReplayOutcome> outcome = Optional.empty();
    Duration replayed = Duration.ZERO;

    @Override
    public Optional<byte[]> rules() {
        return rules.map(text -> text.getBytes(UTF_8));
    }

    @Override
    public AutoCloseable follow(Consumer<byte[]> line, Runnable whenLost) {
        begun.incrementAndGet();
        followers.add(line);
        lost.add(whenLost);
        return () -> followers.remove(line);
    }

    @Override
    public ReplayOutcome replay(PolicyFiles before, PolicyFiles after, Duration time) throws IOException {
        replayed = time;
        return outcome.orElseThrow(() -> new IOException("No daemon runs."));
    }

    void write(String line) {
        followers.forEach(follower -> follower.accept(line.getBytes(UTF_8)));
    }

    /** A line as the daemon writes it. */
    static String line(String verdict, String direction, String instance, String source, String destination, int port) {
        return "{\"time\":\"" + TIME + "\",\"seq\":1,\"start\":\"ab\",\"host\":\"h\",\"verdict\":\"" + verdict
                + "\",\"reason\":\"rule\",\"direction\":\"" + direction + "\",\"instance\":\"" + instance
                + "\",\"group\":null,\"rule\":null,\"protocol\":\"tcp\",\"src\":\"" + source
                + "\",\"sport\":40000,\"dst\":\"" + destination + "\",\"dport\":" + port
                + ",\"icmp_type\":null,\"icmp_code\":null,\"tcp_flags\":2,\"in\":\"eth0\",\"generation\":1,\"packets\":1,"
                + "\"first\":\"" + TIME + "\",\"last\":\"" + TIME + "\"}";
    }

    static String accepted() {
        return line("ACCEPT", "ingress", "db", "10.0.0.1", "10.0.0.2", 3306);
    }
}
