package io.secgroupd.rules.net;

import static org.assertj.core.api.Assertions.assertThat;

import inet.ipaddr.AddressStringException;
import inet.ipaddr.AddressStringParameters.RangeParameters;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import inet.ipaddr.IncompatibleAddressException;
import inet.ipaddr.ipv6.IPv6Address;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** The library is the judge: it reads and writes the same words, more slowly. */
class ColonHexTest {

    private static final IPAddressStringParameters STRICT = strict();

    @Property(tries = 20_000)
    void readsWhatTheLibraryReads(@ForAll("nearlyAddresses") String text) {
        assertThat(ColonHex.parse(text)).isEqualTo(byLibrary(text));
    }

    @Property(tries = 20_000)
    void writesWhatTheLibraryWrites(@ForAll("halves") long high, @ForAll("halves") long low) {
        IpAddress address = IpAddress.ipv6(high, low);
        assertThat(address).hasToString(new IPv6Address(address.toBytes()).toCanonicalString());
    }

    /** With runs of zeros of every length. */
    @Provide
    Arbitrary<Long> halves() {
        return Arbitraries.of(0L, 0L, 1L, 0xffffL, 0xabcL)
                .list()
                .ofSize(4)
                .map(groups -> groups.stream().reduce(0L, (bits, group) -> bits << 16 | group));
    }

    /** Groups, colons and quads in any number and order: about a third of them are addresses. */
    @Provide
    Arbitrary<String> nearlyAddresses() {
        Arbitrary<String> group = Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.of("0", "1", "ab", "FfF", "2001", "0000", "09ab")),
                Tuple.of(1, Arbitraries.of("", "00001", "g", "1.2.3.4", "1.2.3", "01.2.3.4", "%1")));
        Arbitrary<String> whole = group.list().ofMinSize(1).ofMaxSize(9).map(groups -> String.join(":", groups));
        Arbitrary<String> gapped = Combinators.combine(whole, whole).as((a, b) -> a + "::" + b);
        Arbitrary<String> ended = whole.map(text -> text + "::");
        Arbitrary<String> begun = whole.map(text -> "::" + text);
        return Arbitraries.oneOf(whole, gapped, ended, begun).filter(text -> text.indexOf(':') >= 0);
    }

    private static Optional<IpAddress> byLibrary(String text) {
        if (!text.chars().allMatch(c -> Character.digit(c, 16) >= 0 || c == ':' || c == '.')) {
            return Optional.empty(); // it skips blanks, and knows zones
        }
        if (text.matches(".*[0-9a-fA-F]{5}.*")) {
            return Optional.empty(); // it reads 00001 as 1
        }
        String tail = text.substring(text.lastIndexOf(':') + 1);
        if (tail.indexOf('.') >= 0 && DottedQuad.parse(tail).isEmpty()) {
            return Optional.empty(); // it reads 01 as 1
        }
        try {
            return Optional.of(IpAddress.ofBytes(
                    new IPAddressString(text, STRICT).toAddress().getBytes()));
        } catch (AddressStringException | IncompatibleAddressException e) {
            return Optional.empty();
        }
    }

    private static IPAddressStringParameters strict() {
        var parameters = new IPAddressStringParameters.Builder()
                .allowAll(false)
                .allowEmpty(false)
                .allowSingleSegment(false)
                .allowMask(false)
                .allowPrefix(false)
                .allowPrefixOnly(false)
                .allowWildcardedSeparator(false);
        parameters
                .getIPv6AddressParametersBuilder()
                .allowZone(false)
                .allowBase85(false)
                .allowBinary(false)
                .setRangeOptions(RangeParameters.NO_RANGE);
        return parameters.toParams();
    }
}
