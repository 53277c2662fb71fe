package io.secgroupd.daemon.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A network namespace of its own name, with loopback up and duplicate address detection off, so that addresses work at once.
 * Closing it ends the processes and services that were started in it and deletes it; what a test forgot goes when the JVM ends.
 */
public final class NetworkNamespace implements AutoCloseable {

    private static final AtomicInteger COUNTER = new AtomicInteger();
    private static final Set<NetworkNamespace> OPEN = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> List.copyOf(OPEN).forEach(NetworkNamespace::close)));
    }

    private final String name;
    private final List<Process> processes = new CopyOnWriteArrayList<>();
    private final List<Closeable> services = new CopyOnWriteArrayList<>();

    private NetworkNamespace(String name) {
        this.name = name;
    }

    /** Makes a namespace; the label tells a human what it is, the rest of the name keeps it apart from all others. */
    public static NetworkNamespace create(String label) {
        var namespace = new NetworkNamespace(
                "sgd-" + ProcessHandle.current().pid() + "-" + COUNTER.incrementAndGet() + "-" + label);
        Shell.run(List.of("ip", "netns", "add", namespace.name));
        OPEN.add(namespace);
        namespace.sysctl("net/ipv6/conf/all/accept_dad", "0");
        namespace.sysctl("net/ipv6/conf/default/accept_dad", "0");
        namespace.ip("link set lo up");
        return namespace;
    }

    /** Those of this JVM that are not closed. */
    static List<NetworkNamespace> allOpen() {
        return OPEN.stream()
                .sorted(Comparator.comparing(NetworkNamespace::name))
                .toList();
    }

    public String name() {
        return name;
    }

    /** Joins two namespaces by a cable whose ends are up, without addresses. */
    public void connect(NetworkNamespace other, String localInterface, String otherInterface) {
        Shell.ip("link add " + localInterface + " netns " + name + " type veth peer name " + otherInterface + " netns "
                + other.name + "\n");
        ip("link set " + localInterface + " up");
        other.ip("link set " + otherInterface + " up");
    }

    /** Gives an interface an address, such as {@code 10.0.1.1/24} or {@code 2001:db8::1/64}. */
    public void address(String networkInterface, String addressAndLength) {
        ip("addr add " + addressAndLength + " dev " + networkInterface
                + (addressAndLength.contains(":") ? " nodad" : ""));
    }

    /** Runs {@code ip} commands in this namespace, each without the leading {@code ip}. */
    public void ip(String... commands) {
        Shell.run(List.of("ip", "-n", name, "-batch", "-"), String.join("\n", commands) + "\n");
    }

    /** Sets a kernel parameter, such as {@code net/ipv4/ip_forward}. */
    public void sysctl(String key, String value) {
        call(() -> Files.writeString(Path.of("/proc/sys", key), value));
    }

    /** Runs a command here that must succeed, and returns what it printed on either stream. */
    public String run(String... command) {
        return Shell.run(inside(command));
    }

    /** Starts a command here; closing the namespace ends it. The builder decides about its streams and directory. */
    public Process start(ProcessBuilder builder) {
        try {
            Process process = builder.command(inside(builder.command().toArray(String[]::new)))
                    .start();
            processes.add(process);
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Runs code on a thread that is in this namespace. Sockets and processes that it makes belong here; the sockets may be
     * used by any thread afterwards.
     */
    public <T> T call(Callable<T> code) {
        FutureTask<T> task = new FutureTask<>(() -> {
            Setns.enter(name);
            return code.call();
        });
        Thread thread = new Thread(task, "in " + name);
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("in namespace " + name + ": " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while code ran in " + name, e);
        }
    }

    /** Closes a service together with the namespace: its sockets would keep the namespace alive. */
    void own(Closeable service) {
        services.add(service);
    }

    @Override
    public void close() {
        if (OPEN.remove(this)) {
            processes.forEach(NetworkNamespace::end);
            services.forEach(NetworkNamespace::end);
            Shell.run(List.of("ip", "netns", "delete", name));
        }
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().join();
    }

    private static void end(Closeable service) {
        try {
            service.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> inside(String... command) {
        List<String> words = new ArrayList<>(List.of("ip", "netns", "exec", name));
        words.addAll(List.of(command));
        return words;
    }
}
