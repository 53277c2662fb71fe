import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The control servers of scripts/bench fleet, as processes. */
final class FleetServers implements AutoCloseable {

    private final int number;
    private final Path work;
    private final String program;
    private final Map<Integer, Process> servers = new HashMap<>();

    /** @param number of the hosts, by which the logs are named */
    FleetServers(int number, Path work, String program) {
        this.number = number;
        this.work = work;
        this.program = program;
    }

    /** Starts one, and waits until it is ready. */
    void start(int port) throws Exception {
        var log = work.resolve(number + "-" + port + ".log").toFile();
        var builder = new ProcessBuilder(program, "serve", "--control", work.resolve(port + ".yaml").toString(),
                "--config", work.resolve("none.yaml").toString());
        builder.environment().put("STATE_DIRECTORY", work.resolve("state-" + port).toString());
        servers.put(port, builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log)).start());
        long before = lines(log, "serve.ready");
        while (lines(log, "serve.ready") == before || before == 0) {
            if (!servers.get(port).isAlive()) {
                throw new IOException("a control server has ended: " + Files.readString(log.toPath()));
            }
            Thread.sleep(50);
            if (before == 0 && lines(log, "serve.ready") > 0) {
                break;
            }
        }
    }

    private static long lines(File log, String word) throws IOException {
        if (!log.exists()) {
            return 0;
        }
        return Files.readString(log.toPath()).lines().filter(line -> line.contains(word)).count();
    }

    /** Ends one as a crash does. */
    void kill(int port) throws InterruptedException {
        servers.get(port).destroyForcibly().waitFor();
    }

    /** What all have resident, in KiB. */
    long memory() throws IOException {
        long kb = 0;
        for (Process server : servers.values()) {
            kb += Files.readAllLines(Path.of("/proc/" + server.pid() + "/status")).stream()
                    .filter(line -> line.startsWith("VmRSS"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .sum();
        }
        return kb;
    }

    /** What they have had of the processor, in hundredths of a second. */
    long ticks() throws IOException {
        long ticks = 0;
        for (Process server : servers.values()) {
            String[] words = Files.readString(Path.of("/proc/" + server.pid() + "/stat")).replaceAll(".*\\) ", "").split(" ");
            ticks += Long.parseLong(words[11]) + Long.parseLong(words[12]);
        }
        return ticks;
    }

    /** Of all processes here, this one too: port 12379 in hexadecimal, as the remote end, established. */
    static long etcdConnections() throws IOException {
        long all = 0;
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            all += Files.readAllLines(Path.of(table)).stream()
                    .map(line -> line.strip().split("\\s+"))
                    .filter(words -> words[2].endsWith(":305B") && words[3].equals("01"))
                    .count();
        }
        return all;
    }

    @Override
    public void close() throws InterruptedException {
        for (Process server : servers.values()) {
            server.destroy();
            server.waitFor();
        }
    }
}
