package io.secgroupd.rules.written;

import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.decide.PacketFilter;
import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.PolicyReader;
import io.secgroupd.rules.file.ReadResult;
import io.secgroupd.rules.model.HostInstance;
import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.net.IpAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** The same text for the program and for the second judge, at the same instant. */
public final class BothReaders {

    private static final Instant NOW = Instant.parse("2026-11-30T00:00:00Z");
    private static final Path FILE = Path.of("rules.yaml");

    private BothReaders() {}

    /** As the program reads and compiles it. */
    public static CompiledPolicy compiled(String text) {
        ReadResult read = PolicyReader.read(new PolicyFiles(FILE, Map.of(FILE, text.getBytes(StandardCharsets.UTF_8))));
        return CompiledPolicy.of(read.policy()
                .orElseThrow(() -> new IllegalArgumentException(read.errors() + "\n" + text))
                .at(NOW));
    }

    /** As the second judge reads it. */
    public static WrittenPolicy written(String text) {
        return WrittenPolicyReader.read(text, NOW);
    }

    /**
     * A host that carries some instances, and has some addresses that none of them lists.
     *
     * @param all     the names of all instances
     * @param strange addresses that it may have
     */
    public static WrittenHost host(Random random, WrittenPolicy policy, List<String> all, List<IpAddress> strange) {
        var names = new ArrayList<>(all);
        Collections.shuffle(names, random);
        List<String> carried = List.copyOf(names.subList(0, 1 + random.nextInt(names.size())));
        String answers = List.of(WrittenHost.REFUSE, WrittenHost.OPEN, carried.get(0), carried.get(0))
                .get(random.nextInt(4));
        Set<IpAddress> here =
                strange.stream().filter(address -> random.nextInt(2) == 0).collect(Collectors.toUnmodifiableSet());
        return new WrittenHost(policy, carried, answers, here);
    }

    /** The filter of the program for the same host. */
    public static PacketFilter filter(CompiledPolicy compiled, WrittenHost host) {
        List<Instance> carried =
                host.carried().stream().map(name -> instance(compiled, name)).toList();
        HostInstance answers = switch (host.answers()) {
            case WrittenHost.REFUSE -> HostInstance.Nobody.REFUSE;
            case WrittenHost.OPEN -> HostInstance.Nobody.OPEN;
            default -> new HostInstance.Named(instance(compiled, host.answers()));
        };
        return compiled.packetFilter(carried, answers, host.here());
    }

    private static Instance instance(CompiledPolicy compiled, String name) {
        return Objects.requireNonNull(compiled.policy().instances().get(name));
    }
}
