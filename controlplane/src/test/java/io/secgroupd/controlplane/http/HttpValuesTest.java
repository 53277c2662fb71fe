package io.secgroupd.controlplane.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpValuesTest {

    private static final byte[] BODY = {1};

    @ParameterizedTest
    @CsvSource({"192.0.2.1", "0.0.0.0", "::", "2001:db8::1"})
    void otherAddressThanLoopbackNeedsTls(String address) {
        var listen = new InetSocketAddress(address, 9471);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HttpServerSettings(listen, Optional.empty(), List.of()))
                .withMessageContaining("needs TLS");
        var tls = Optional.of(new Tls(Path.of("c"), Path.of("k")));
        assertThat(new HttpServerSettings(listen, tls, List.of()).listen()).isEqualTo(listen);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a:80", "[::1]:80", "a/b", "http://a"})
    void hostsAreNamesWithoutPort(String host) {
        var listen = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HttpServerSettings(listen, Optional.empty(), List.of(host)))
                .withMessageContaining("is not the name of a host");
    }

    @Test
    void addressWithoutMeaningIsRefused() {
        var listen = InetSocketAddress.createUnresolved("no.such.name.invalid", 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HttpServerSettings(listen, Optional.empty(), List.of()));
    }

    @ParameterizedTest
    @CsvSource({"a b, c", "'', c", "Date, c", "content-LENGTH, 1", "a, \u0001", "a, ''"})
    void headerLineOfAReplyIsOneLine(String name, String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HttpReply(200, "text/xml", BODY, Map.of(name, value)));
    }

    @Test
    void valueOfAReplyBringsNoLineOfItsOwn() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HttpReply(200, "text/xml", BODY, Map.of("a", "b\r\nc: d")));
        assertThatIllegalArgumentException().isThrownBy(() -> new HttpReply(200, "text/xml\r\na: b", BODY, Map.of()));
    }

    @Test
    void replyHasABody() {
        assertThatIllegalArgumentException().isThrownBy(() -> new HttpReply(200, "text/xml", new byte[0]));
        assertThatIllegalArgumentException().isThrownBy(() -> new HttpReply(204, "text/xml", BODY));
        assertThatIllegalArgumentException().isThrownBy(() -> new HttpReply(100, "text/xml", BODY));
    }

    @Test
    void oneHostCannotTakeAllConnections() throws UnknownHostException {
        var slots = new ClientSlots(4, 2);
        InetAddress one = InetAddress.getByName("192.0.2.1");
        assertThat(slots.take(one)).isTrue();
        assertThat(slots.take(one)).isTrue();
        assertThat(slots.take(one)).isFalse();
        slots.free(one);
        assertThat(slots.take(one)).isTrue();
        InetAddress near = InetAddress.getLoopbackAddress();
        assertThat(slots.take(near)).isTrue();
        assertThat(slots.take(near)).isTrue();
        assertThat(slots.take(near)).isFalse();
    }
}
