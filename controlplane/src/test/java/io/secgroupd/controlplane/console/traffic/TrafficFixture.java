package io.secgroupd.controlplane.console.traffic;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.secgroupd.controlplane.console.api.ApiCall;
import io.secgroupd.controlplane.console.api.ApiReply;
import io.secgroupd.controlplane.console.api.ConsoleUser;
import io.secgroupd.controlplane.console.api.JsonObject;
import io.secgroupd.controlplane.store.PolicyStore;
import io.secgroupd.controlplane.store.directory.DirectoryStore;
import io.secgroupd.controlplane.testkit.HandClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A policy in real files, a daemon that writes what a test says, and a page that asks. */
abstract class TrafficFixture {

    static final String RULES = """
            version: 1
            prefix_lists:
              pl-office: {entries: [{cidr: 203.0.113.0/24}]}
              pl-unused: {entries: [{cidr: 198.51.100.0/24}]}
            security_groups:
              sg-app: {inbound: [{protocol: tcp, ports: 443, source: pl-office}]}
              sg-all: {inbound: [{protocol: icmp, source: 192.0.0.0/8}]}
              sg-db: {inbound: [{protocol: tcp, ports: 3306, source: sg-app}, {protocol: tcp, ports: 22, source: 192.0.2.0/24}]}
              sg-bare: {inbound: [], outbound: []}
            instances:
              app: {addresses: [10.0.0.1], security_groups: [sg-app, sg-all]}
              db: {addresses: [10.0.0.2], security_groups: [sg-db]}
              none: {addresses: [10.0.0.3], security_groups: []}
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @SuppressWarnings("NullAway.Init")
    Path rules;

    @SuppressWarnings("NullAway.Init")
    PolicyStore store;

    final GivenHost host = new GivenHost();
    final HandClock clock = new HandClock();

    @BeforeEach
    void writeRules() throws IOException {
        rules = Files.writeString(directory.resolve("rules.yaml"), RULES);
        store = new DirectoryStore(rules, directory.resolve("state"), Clock.systemUTC());
    }

    @AfterEach
    void closeStore() throws IOException {
        store.close();
    }

    static ApiCall get(String... query) {
        return call(query.length == 0 ? Map.of() : Map.of(query[0], query[1]), JsonObject.EMPTY);
    }

    static ApiCall post(String body) {
        return call(Map.of(), JsonObject.parse(body.getBytes(UTF_8)));
    }

    private static ApiCall call(Map<String, String> query, JsonObject body) {
        return new ApiCall(new ConsoleUser("ann", true), query, body, Optional.empty());
    }

    static String text(ApiReply reply) {
        return new String(reply.json(), UTF_8);
    }

    static JsonObject object(ApiReply reply) {
        return JsonObject.parse(reply.json());
    }
}
