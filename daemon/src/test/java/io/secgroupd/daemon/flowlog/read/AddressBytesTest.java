package io.secgroupd.daemon.flowlog.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.rules.net.AddressSyntaxException;
import io.secgroupd.rules.net.AddressText;
import io.secgroupd.rules.net.IpAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Addresses out of bytes are those that the reader of rules reads: a filter must not show another host's lines. */
class AddressBytesTest {

    @Property(tries = 1000)
    void anyTextIsTheAddressThatRulesTakeItFor(@ForAll("texts") @Size(max = 8) List<String> texts) {
        var addresses = new AddressBytes();
        for (String text : texts) {
            byte[] bytes = ("<" + text + ">").getBytes(StandardCharsets.UTF_8);

            assertThat(addresses.parse(bytes, 1, bytes.length - 1)).as(text).isEqualTo(expected(text));
        }
    }

    @Provide
    Arbitrary<List<String>> texts() {
        Arbitrary<String> numbers = Arbitraries.oneOf(
                Arbitraries.integers().between(0, 300).map(String::valueOf),
                Arbitraries.of("", "01", "007", "0x1", "1e1", "+1", "256", "1234", " 1"));
        Arbitrary<String> quads = numbers.list().ofMinSize(1).ofMaxSize(5).map(parts -> String.join(".", parts));
        return Arbitraries.oneOf(quads, Arbitraries.of("::", "2001:db8::1", "fe80::1", "::ffff:10.0.0.1", "-", ""))
                .list();
    }

    private static @Nullable IpAddress expected(String text) {
        try {
            return AddressText.parseAddress(text);
        } catch (AddressSyntaxException e) {
            return null;
        }
    }
}
