package io.secgroupd.controlplane.fleet.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secgroupd.rules.net.IpAddress;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressReportTest {

    @Test
    void itsTextIsShortAndInOrder() throws IOException {
        var report = new AddressReport(List.of(
                IpAddress.ipv6(0x20010db800000000L, 7), IpAddress.ipv4(0x0a000007), IpAddress.ipv4(0x0a000007)));

        assertThat(new String(report.bytes(), UTF_8)).isEqualTo("{\"addresses\":[\"10.0.0.7\",\"2001:db8::7\"]}");
        assertThat(AddressReport.parse(report.bytes())).isEqualTo(report);
        assertThat(AddressReport.parse("{\"addresses\":[]}".getBytes(UTF_8)).addresses())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"addresses\":\"10.0.0.1\"}",
                "{\"addresses\":[7]}",
                "{\"addresses\":[\"10.0.0.0/8\"]}",
                "{\"addresses\":[\"web\"]}",
                "{\"addresses\":[\"127.0.0.1\"]}",
                "{\"addresses\":[\"169.254.0.1\"]}",
                "{\"addresses\":[\"fe80::1\"]}",
                "{\"addresses\":[\"224.0.0.1\"]}",
                "{\"addresses\":[\"0.0.0.0\"]}",
                "{\"addresses\":[\"::\"]}",
                "{\"addresses\":[]} {}",
                "{\"addresses\":[],\"more\":1}",
                "{\"addresses\":[\"10.0.0.1\"",
            })
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> AddressReport.parse(text.getBytes(UTF_8))).isInstanceOf(IOException.class);
    }

    @Test
    void noHostHasMoreThanAHundred() {
        List<IpAddress> many = IntStream.rangeClosed(0x0a000000, 0x0a000064)
                .mapToObj(IpAddress::ipv4)
                .toList();

        assertThatThrownBy(() -> new AddressReport(many)).isInstanceOf(IllegalArgumentException.class);
        assertThat(new AddressReport(many.subList(0, 100)).bytes().length).isLessThan(FeedLimits.REPORT);
    }
}
