package io.secgroupd.rules.net;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A block that is read from bytes is the one that the strict reader of texts finds. */
class PlainBlockTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1",
                "0.0.0.0/0",
                "255.255.255.255/32",
                "10.0.0.0/8",
                "::",
                "::/0",
                "::/1",
                "8000::/1",
                "2001:DB8:0:0:0:0:0:1",
                "2001:db8::/32",
                "2001:db8:0:1::/64",
                "2001:db8:0:1:8000::/65",
                "1::8",
                "1:2:3:4:5:6:7::",
                "::2:3:4:5:6:7:8",
                "ffff:ffff::/128",
            })
    void readsAddressesAndPrefixes(String text) throws AddressSyntaxException {
        assertThat(read(text)).contains(AddressSet.of(AddressText.parse(text).range()));
    }

    /** Ranges, quads within IPv6, blanks and comments are valid as well. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " 10.0.0.1",
                "10.0.0.1 ",
                "10.0.0.1#x",
                "10.0.0.1-10.0.0.2",
                "64:ff9b::192.0.2.33",
                "10.0.0.1/8",
                "2001:db8::1/32",
                "1::/0",
                "10.0.0",
                "10.0.0.256",
                "010.0.0.1",
                "10.0.0.0/08",
                "10.0.0.0/33",
                "10.0.0.0/",
                "::/129",
                "::ffff:a00:1",
                ":",
                ":::",
                ":::1",
                "1:::2",
                "1::2::3",
                "1:",
                ":1",
                "1:2:3:4:5:6:7:8:",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:8::",
                "12345::",
                "::12345",
                "::1%eth0",
                "2001:db8::\u00e4",
            })
    void leavesEverythingElse(String text) {
        assertThat(read(text)).isEmpty();
    }

    @Test
    void aLineWithoutItsEndIsLeft() {
        byte[] bytes = "10.0.0.1".getBytes(UTF_8);
        assertThat(new PlainBlock().read(bytes, 0, bytes.length)).isEqualTo(PlainBlock.NOT_PLAIN);
    }

    @Property(tries = 20_000)
    void findsWhatTheReaderOfTextsFinds(@ForAll("nearlyBlocks") String text) throws AddressSyntaxException {
        Optional<AddressSet> read = read(text);
        if (read.isPresent()) {
            AddressText.Block block = AddressText.parse(text);
            assertThat(read).contains(AddressSet.of(block.range()));
            assertThat(block.hostBits()).isFalse();
        }
    }

    @Property
    void everyPrefixIsRead(
            @ForAll long high, @ForAll long low, @ForAll @IntRange(max = 128) int length, @ForAll boolean ipv4) {
        IpAddress address = ipv4 ? IpAddress.ipv4((int) low) : IpAddress.ipv6(high, low);
        Prefix prefix = Prefix.containing(address, ipv4 ? length / 4 : length);
        assertThat(read(prefix.toString())).contains(AddressSet.of(prefix.range()));
    }

    /** Groups, numbers and marks in any order; about a third of them are blocks. */
    @Provide
    Arbitrary<String> nearlyBlocks() {
        Arbitrary<String> group = Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.of("0", "1", "ab", "FfF", "2001", "0000", "09ab")),
                Tuple.of(1, Arbitraries.of("", "00001", "g", "1.2.3.4", "%1", ":")));
        Arbitrary<String> groups = group.list().ofMinSize(1).ofMaxSize(9).map(all -> String.join(":", all));
        Arbitrary<String> gapped = Combinators.combine(groups, groups).as((a, b) -> a + "::" + b);
        Arbitrary<String> quad = Arbitraries.of("0", "1", "10", "255", "256", "01", "")
                .list()
                .ofMinSize(3)
                .ofMaxSize(5)
                .map(all -> String.join(".", all));
        Arbitrary<String> address = Arbitraries.oneOf(
                groups, gapped, groups.map(text -> text + "::"), groups.map(text -> "::" + text), quad);
        Arbitrary<String> end =
                Arbitraries.of("", "", "/0", "/8", "/32", "/33", "/64", "/128", "/129", "/08", "/", "-", " ");
        return Combinators.combine(address, end).as(String::concat);
    }

    /** The line between two others. */
    private static Optional<AddressSet> read(String line) {
        byte[] bytes = ("9\n" + line + "\n9").getBytes(UTF_8);
        var block = new PlainBlock();
        int end = block.read(bytes, 2, bytes.length);
        if (end == PlainBlock.NOT_PLAIN) {
            return Optional.empty();
        }
        assertThat(end).isEqualTo(bytes.length - 2);
        var set = new AddressSet.Builder();
        block.addTo(set);
        return Optional.of(set.build());
    }
}
