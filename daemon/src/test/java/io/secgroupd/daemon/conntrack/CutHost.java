package io.secgroupd.daemon.conntrack;

import io.secgroupd.daemon.terms.JudgedHooks;
import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.decide.PacketFilter;
import io.secgroupd.rules.model.HostInstance;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.testkit.PolicyBuilder;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** A host that lets SSH in and nothing else, what is connected to it, and how it cuts. */
final class CutHost {

    static final String HOST = "10.0.1.10";
    static final String HOST_6 = "2001:db8:1::10";

    static final int CUT = 0x4000_0000;
    static final PacketFilter SSH_ALONE = hostLetsIn("tcp 22");
    static final PacketFilter NOTHING = hostLetsIn();

    static final Connection SSH = Connection.tcp("192.0.2.1", 40001, HOST, 22);
    static final Connection HTTPS = Connection.tcp("192.0.2.2", 40002, HOST, 443);
    static final Connection HTTPS_6 = Connection.tcp("2001:db8::9", 40003, HOST_6, 443);
    static final Connection TUNNEL = Connection.udp("192.0.2.4", 51820, HOST, 51820);

    private CutHost() {}

    static LiveConnections live(FakeConntrack kernel, int mark) {
        var addresses = Set.of(PolicyBuilder.address(HOST), PolicyBuilder.address(HOST_6));
        return new LiveConnections(kernel, mark, JudgedHooks.HOST, () -> addresses);
    }

    /** Lets these services in from anywhere, and nothing out. */
    static PacketFilter hostLetsIn(String... services) {
        PolicyBuilder rules = new PolicyBuilder().group("sg-app");
        for (String service : services) {
            rules.in("sg-app", service, "any");
        }
        Policy policy = rules.instance("app-1", List.of(HOST, HOST_6), "sg-app").build();
        var carried = List.of(Objects.requireNonNull(policy.instances().get("app-1")));
        return CompiledPolicy.of(policy).packetFilter(carried, HostInstance.Nobody.REFUSE, List.of());
    }
}
