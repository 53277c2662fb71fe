package io.secgroupd.rules.decide;

import static io.secgroupd.rules.testkit.PolicyBuilder.address;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.testkit.PolicyBuilder;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuleTableTest {

    @Test
    void everyProtocolNumberNeedsATable() {
        for (int count : new int[] {255, 257}) {
            List<ServiceTable> tables = Collections.nCopies(count, ServiceTable.EMPTY);
            assertThatIllegalArgumentException().isThrownBy(() -> new RuleTable(tables, List.of()));
        }
    }

    @Test
    void rangesThatSeveralRulesShareAreInMemoryOnce() {
        assertThat(ranges(new PolicyBuilder().group("sg-a"))).isZero();
        assertThat(ranges(new PolicyBuilder().in("sg-a", "tcp 1", "10.0.0.0/8")))
                .isEqualTo(1);
        assertThat(ranges(new PolicyBuilder()
                        .in("sg-a", "tcp 1", "10.0.0.0/8")
                        .in("sg-a", "tcp 2", "10.0.0.0/8")
                        .in("sg-a", "udp 1", "10.0.0.0/8")))
                .isEqualTo(1);
        assertThat(ranges(new PolicyBuilder()
                        .in("sg-a", "tcp 1", "10.0.0.0/8")
                        .in("sg-a", "udp 1", "192.0.2.1")
                        .in("sg-a", "udp 2", "192.0.2.3")))
                .isEqualTo(3);
    }

    private static long ranges(PolicyBuilder rules) {
        var compiled = CompiledPolicy.of(
                rules.instance("i", List.of("10.0.1.1"), "sg-a").build());
        return compiled.filterOf(compiled.instanceAt(address("10.0.1.1")).orElseThrow())
                .table(Direction.INGRESS)
                .ranges();
    }
}
