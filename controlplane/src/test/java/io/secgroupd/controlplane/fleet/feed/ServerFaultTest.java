package io.secgroupd.controlplane.fleet.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ServerFaultTest {

    @Test
    void whatIsWrittenIsReadBack() throws IOException {
        var fault = new ServerFault("https://control1:9471", "named serial 3 after 5");

        assertThat(ServerFault.parse(fault.bytes())).isEqualTo(fault);
    }

    @Test
    void theWorstTextCanBeSent() throws IOException {
        for (String each : new String[] {"\"", "\u0001", "\n", "\ud83d", "\u20ac"}) {
            var fault = new ServerFault(each.repeat(2_000), each.repeat(2_000));
            assertThat(fault.bytes()).hasSizeLessThan(FeedLimits.REPORT);
            assertThat(ServerFault.parse(fault.bytes())).isEqualTo(fault);
        }
        assertThat(new ServerFault("a\nb", "c\u0000d")).isEqualTo(new ServerFault("a b", "c d"));
    }

    @Test
    void anotherFormIsRefused() {
        for (String other : new String[] {"", "{}", "{\"server\":\"a\"}", "{\"server\":\"a\",\"fault\":3}"}) {
            assertThatThrownBy(() -> ServerFault.parse(other.getBytes(UTF_8))).isInstanceOf(IOException.class);
        }
    }
}
