package io.secgroupd.daemon.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SystemAccountsTest {

    @Test
    void onAHostAllOfThemAreNamed() {
        assertThat(SystemAccounts.range(List.of("         0          0 4294967295")))
                .isEqualTo("0-999");
        assertThat(SystemAccounts.range(List.of())).isEqualTo("0-999");
    }

    @Test
    void inAUserNamespaceThoseThatAreMapped() {
        assertThat(SystemAccounts.range(List.of("         0     100000          1")))
                .isEqualTo("0");
        assertThat(SystemAccounts.range(List.of("0 100000 500", "1000 1000 1"))).isEqualTo("0-499");
    }
}
