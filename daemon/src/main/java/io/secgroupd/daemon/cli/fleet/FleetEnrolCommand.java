package io.secgroupd.daemon.cli.fleet;

import com.fasterxml.jackson.core.JsonGenerator;
import io.secgroupd.controlplane.fleet.feed.HostToken;
import io.secgroupd.daemon.cli.common.ExitCode;
import io.secgroupd.daemon.cli.common.JsonOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lets a host take part. */
@Command(
        name = "enrol",
        mixinStandardHelpOptions = true,
        description = {
            "Make a token for a host, and show it once: only a hash of it is kept.",
            "On the host it is the content of /etc/secgroupd/pull.token. An enrolled host gets another token, and its old one",
            "is worth nothing from then on. With --instance the host may report the addresses of an instance that says",
            "addresses: registered; all of them go to the first of these instances that does."
        },
        footer = {
            "  sudo secgroupd fleet enrol web1.example.org",
            "  sudo secgroupd fleet enrol web1.example.org --instance web-1"
        })
final class FleetEnrolCommand implements Callable<Integer> {

    @Mixin
    private final FleetStore store = new FleetStore();

    @Parameters(
            arity = "1..*",
            paramLabel = "HOST",
            description =
                    "The name that the host will have in the fleet. For several hosts, each line is a name and its token.")
    private List<String> hosts = List.of();

    @Option(
            names = "--instance",
            split = ",",
            paramLabel = "NAME",
            description = "Whose addresses the host may report. Left out, an enrolled host keeps what it has.")
    private List<String> instances = List.of();

    @Override
    public Integer call() {
        if (hosts.size() > 1 && !instances.isEmpty()) {
            throw store.common.misuse("an instance has the addresses of one host: enrol these hosts one by one");
        }
        return store.with(desk -> {
            var tokens = new ArrayList<HostToken>();
            for (String host : hosts) {
                tokens.add(desk.enrol(host, instances, FleetStore.operator()));
            }
            if (store.common.json()) {
                JsonOutput.print(store.common.out(), json -> write(tokens, json));
            } else {
                tokens.forEach(
                        token -> store.say(tokens.size() == 1 ? token.text() : token.host() + " " + token.text()));
            }
            return ExitCode.DONE;
        });
    }

    private static void write(List<HostToken> tokens, JsonGenerator json) throws IOException {
        json.writeStartArray();
        for (HostToken token : tokens) {
            json.writeStartObject();
            json.writeStringField("host", token.host());
            json.writeStringField("token", token.text());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
