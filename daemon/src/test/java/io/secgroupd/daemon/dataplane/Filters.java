package io.secgroupd.daemon.dataplane;

import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.decide.CarriedInstance;
import io.secgroupd.rules.decide.HostAnswer;
import io.secgroupd.rules.decide.InstanceFilter;
import io.secgroupd.rules.decide.PacketFilter;
import io.secgroupd.rules.decide.RuleTable;
import io.secgroupd.rules.decide.SelectorTables;
import io.secgroupd.rules.decide.ServiceTable;
import io.secgroupd.rules.model.HostInstance;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.net.AddressSet;
import io.secgroupd.rules.testkit.PolicyBuilder;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;

/** Policies that the tests of the packet path enforce. */
final class Filters {

    private static final List<String> GROUPS = List.of("sg-app", "sg-db");

    private Filters() {}

    /** What the host of app-1 enforces: HTTPS in from anywhere, MySQL out to the database. */
    static PacketFilter app() {
        return carrying(
                new PolicyBuilder()
                        .in("sg-app", "tcp 443", "any")
                        .out("sg-app", "tcp 3306", "sg-db")
                        .group("sg-db")
                        .instance("app-1", List.of("10.0.1.10", "2001:db8:1::10"), "sg-app")
                        .instance("db-1", List.of("10.0.2.10"), "sg-db")
                        .build(),
                "app-1");
    }

    /** A host of app-1, which observes, and db-1, which enforces; both let in HTTPS and send nothing. */
    static PacketFilter observingAppAndDatabase() {
        Policy policy = new PolicyBuilder()
                .in("sg-a", "tcp 443", "any")
                .instance("app-1", List.of("10.0.1.10"), "sg-a")
                .instance("db-1", List.of("10.0.2.10"), "sg-a")
                .observing("app-1")
                .build();
        return carryingAll(policy);
    }

    /** A host of app-1, which observes and lets nothing in, and db-1, which enforces and may ask anybody. */
    static PacketFilter observingAppAskedByDatabase() {
        Policy policy = new PolicyBuilder()
                .group("sg-app")
                .out("sg-db", "all", "any")
                .instance("app-1", List.of("10.0.1.10"), "sg-app")
                .instance("db-1", List.of("10.0.2.10"), "sg-db")
                .observing("app-1")
                .build();
        return carryingAll(policy);
    }

    private static PacketFilter carryingAll(Policy policy) {
        return CompiledPolicy.of(policy)
                .packetFilter(policy.instances().values(), HostInstance.Nobody.REFUSE, List.of());
    }

    /** Whatever is sent to app-1 may come in, and nothing may go out. */
    static PacketFilter everythingIn() {
        return carrying(
                new PolicyBuilder()
                        .in("sg-app", "all", "any")
                        .instance("app-1", List.of("10.0.1.10"), "sg-app")
                        .build(),
                "app-1");
    }

    static PacketFilter nothingAllowed() {
        return carrying(
                new PolicyBuilder()
                        .group("sg-app")
                        .instance("app-1", List.of("10.0.1.10", "2001:db8:1::10"), "sg-app")
                        .build(),
                "app-1");
    }

    /** What the host of two of three instances enforces, by rules of which nobody knows which they are. */
    static PacketFilter random(Random random) {
        var policy = new PolicyBuilder();
        for (String group : GROUPS) {
            policy.group(group);
            for (int i = random.nextInt(4); i > 0; i--) {
                policy.in(group, service(random), peer(random));
            }
            for (int i = random.nextInt(4); i > 0; i--) {
                policy.out(group, service(random), peer(random));
            }
        }
        Policy built = policy.instance("app-1", List.of("10.0.1.10"), GROUPS.get(0))
                .instance("db-1", List.of("10.0.2.10"), GROUPS.get(1))
                .instance("far-1", List.of("10.0.3.10"), GROUPS.get(0), GROUPS.get(1))
                .build();
        var carried = Stream.of("app-1", "db-1")
                .map(name -> Objects.requireNonNull(built.instances().get(name)))
                .toList();
        return CompiledPolicy.of(built).packetFilter(carried, HostInstance.Nobody.REFUSE, List.of());
    }

    private static String service(Random random) {
        int port = 1 + random.nextInt(8);
        return switch (random.nextInt(4)) {
            case 0 -> "all";
            case 1 -> "udp " + port;
            default -> "tcp " + port + "-" + (port + random.nextInt(4));
        };
    }

    private static String peer(Random random) {
        return random.nextBoolean() ? "any" : GROUPS.get(random.nextInt(GROUPS.size()));
    }

    /** A filter as no compiler makes it: a peer is in a slot for which there is no table. */
    static PacketFilter faulty(String address) {
        var layer = new ServiceTable.Layer(AddressSet.ALL.ranges(), new SelectorTables.Builder().build());
        var table = new RuleTable(Collections.nCopies(256, new ServiceTable(List.of(layer))), List.of());
        var instance = new InstanceFilter("faulty", List.of("sg-a"), false, table, table);
        var carried = new CarriedInstance(instance, List.of(PolicyBuilder.address(address)));
        return new PacketFilter(HostAnswer.REFUSE, List.of(carried), List.of());
    }

    private static PacketFilter carrying(Policy policy, String instance) {
        var carried = List.of(Objects.requireNonNull(policy.instances().get(instance)));
        return CompiledPolicy.of(policy).packetFilter(carried, HostInstance.Nobody.REFUSE, List.of());
    }
}
