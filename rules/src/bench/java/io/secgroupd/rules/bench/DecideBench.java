package io.secgroupd.rules.bench;

import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.decide.Decision;
import io.secgroupd.rules.decide.PacketFilter;
import io.secgroupd.rules.model.HostInstance;
import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.net.Hook;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One decision about random and boundary flows. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DecideBench {

    @Param({"20 rules", "10000 rules x 100 prefixes"})
    public String policy = "";

    private PacketFilter filter;
    private FlowTuple[] flows;
    private int next;

    @Setup
    public void compile() {
        Workload.Case workload =
                policy.equals("20 rules") ? Workload.twentyRules() : Workload.rules(10_000, 100);
        Instance host = workload.policy().instances().get(Workload.HOST);
        filter = CompiledPolicy.of(workload.policy()).packetFilter(List.of(host), new HostInstance.Named(host), host.addresses());
        flows = workload.flows();
    }

    @Benchmark
    public Decision decide() {
        next = (next + 1) & (flows.length - 1);
        return filter.judge(Hook.INPUT, flows[next]);
    }
}
