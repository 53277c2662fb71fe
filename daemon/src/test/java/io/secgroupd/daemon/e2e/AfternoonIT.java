package io.secgroupd.daemon.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secgroupd.daemon.testkit.Attempt;
import io.secgroupd.daemon.testkit.FlowLine;
import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.Network;
import io.secgroupd.daemon.testkit.NetworkNamespace;
import io.secgroupd.daemon.testkit.RunningDaemon;
import io.secgroupd.daemon.testkit.Script;
import io.secgroupd.daemon.testkit.TcpClient;
import io.secgroupd.daemon.testkit.TcpService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page docs/afternoon.md, run word for word: its files are written, its commands print what it says, and hosts work on. */
@NetnsTest
class AfternoonIT {

    private static final Path PAGE = Path.of("../docs/afternoon.md");
    private static final String PLACE = "/etc/secgroupd";
    private static final Pattern BLOCK =
            Pattern.compile("```(yaml|console)\n(.*?)```|<!-- the hosts work -->", Pattern.DOTALL);
    private static final Duration SHORT = Duration.ofMillis(1500);

    /** The page spends hours on what the test waits for as long as the program asks at least. */
    private static final String TWO_HOURS = "--if-quiet 2h";

    private static final String FUNCTIONS =
            "secgroupd() { \"$SG\" \"$@\" --config \"$CONFIG\"; }; sudo() { \"$@\"; }; ";

    private static final String DATABASE = "10.0.2.10";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private final Network network = new Network();
    private final NetworkNamespace orders = network.addHost("orders", DATABASE, "2001:db8:2::10");
    private final TcpClient application = client("app1", "10.0.1.10");
    private final TcpClient otherApplication = client("app2", "10.0.1.11");
    private final TcpClient administrator = client("admin", "10.0.9.9");
    private final TcpClient stranger = client("stranger", "198.51.100.7");
    private long judged;
    private final List<RunningDaemon> daemon = new ArrayList<>();

    private TcpClient client(String name, String address) {
        return TcpClient.in(network.addHost(name, address, "2001:db8::" + address.replace('.', ':')));
    }

    @AfterEach
    void removeTheNetwork() {
        network.close();
    }

    @Test
    void thePageDoesWhatItSays() throws Exception {
        for (int port : new int[] {22, 23, 3306}) {
            TcpService.listenForMany(orders, port);
        }
        for (var block = BLOCK.matcher(Files.readString(PAGE)); block.find(); ) {
            if (block.group(1) == null) {
                work();
            } else if (block.group(1).equals("yaml")) {
                write(block.group(2));
            } else {
                run(block.group(2));
            }
        }

        stranger.assertShut(DATABASE, 23);
        application.assertOpen(DATABASE, 3306);
        administrator.assertOpen(DATABASE, 22);
        application.assertShut(DATABASE, 22);
    }

    /** The first line of a file is a comment with its place. */
    private void write(String file) throws IOException {
        String place = file.lines().findFirst().orElseThrow().substring("# ".length());
        Files.writeString(directory.resolve(place.substring(PLACE.length() + 1)), file);
    }

    /** What the hosts do in the hours between two steps. */
    private void work() throws IOException {
        if (daemon.isEmpty()) {
            daemon.add(RunningDaemon.start(orders, directory.resolve("rules.yaml"), directory));
        }
        for (int time = 0; time < 3; time++) {
            application.assertOpen(DATABASE, 3306);
            otherApplication.assertOpen(DATABASE, 3306);
        }
        administrator.assertOpen(DATABASE, 22);
        Attempt refusedInTheEnd = stranger.tryConnect(DATABASE, 23, SHORT);
        assertThat(refusedInTheEnd).isNotNull();
        judged += 8;
        await().until(() ->
                daemon.get(0).flows().stream().mapToLong(FlowLine::decisions).sum() >= judged);
    }

    /** Runs the commands of a block, each after a dollar sign; what follows is what they print, where … stands for anything. */
    private void run(String block) throws Exception {
        for (String part : block.substring(2).split("(?m)^\\$ ")) {
            int end = part.indexOf('\n');
            String expected = Pattern.compile("…")
                    .splitAsStream(part.substring(end + 1))
                    .map(Pattern::quote)
                    .collect(Collectors.joining(".*"));
            assertThat(printed(part.substring(0, end))).as(part).matches(Pattern.compile(expected));
        }
    }

    private String printed(String command) {
        boolean isAwaited = command.contains(TWO_HOURS);
        String line = FUNCTIONS + command.replace(TWO_HOURS, "--if-quiet 1s");
        Map<String, String> config =
                Map.of("CONFIG", directory.resolve(orders.name() + ".yaml").toString());
        Script done =
                await().until(() -> Script.run(directory, config, line), run -> !isAwaited || run.exitCode() == 0);
        return (done.out() + done.err()).replace(directory.toString(), PLACE);
    }
}
