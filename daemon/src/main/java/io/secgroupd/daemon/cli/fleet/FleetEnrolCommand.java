package io.secgroupd.daemon.cli.fleet;

import io.secgroupd.controlplane.fleet.feed.HostToken;
import io.secgroupd.daemon.cli.common.ExitCode;
import io.secgroupd.daemon.cli.common.JsonOutput;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lets a host take part. */
@Command(
        name = "enrol",
        mixinStandardHelpOptions = true,
        description = {
            "Make a token for one host, and show it once: only a hash of it is kept.",
            "On the host it is the content of /etc/secgroupd/pull.token. An enrolled host gets another token, and its old one",
            "is worth nothing from then on."
        },
        footer = "  sudo secgroupd fleet enrol web1.example.org")
final class FleetEnrolCommand implements Callable<Integer> {

    @Mixin
    private final FleetStore store = new FleetStore();

    @Parameters(paramLabel = "HOST", description = "The name that the host will have in the fleet.")
    @SuppressWarnings("NullAway.Init") // set by picocli before anything else runs
    private String host;

    @Override
    public Integer call() {
        return store.with(desk -> {
            HostToken token = desk.enrol(host, FleetStore.operator());
            if (store.common.json()) {
                JsonOutput.print(store.common.out(), json -> {
                    json.writeStartObject();
                    json.writeStringField("host", token.host());
                    json.writeStringField("token", token.text());
                    json.writeEndObject();
                });
            } else {
                store.say(token.text());
            }
            return ExitCode.DONE;
        });
    }
}
