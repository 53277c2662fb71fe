package io.secgroupd.rules.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTextTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1,                       10.0.0.1/32",
        "0.0.0.0/0,                      0.0.0.0/0",
        "255.255.255.255/32,             255.255.255.255/32",
        "10.0.0.0/8,                     10.0.0.0/8",
        "10.0.0.5-10.0.0.9,              10.0.0.5-10.0.0.9",
        "10.0.0.0-10.0.0.255,            10.0.0.0/24",
        "10.0.0.1-10.0.0.1,              10.0.0.1/32",
        "::,                             ::/128",
        "::/0,                           ::/0",
        "::/1,                           ::/1",
        "2001:DB8:0:0:0:0:0:1,           2001:db8::1/128",
        "2001:db8::/32,                  2001:db8::/32",
        "2001:db8::1-2001:db8::9,        2001:db8::1-2001:db8::9",
        "64:ff9b::192.0.2.33,            64:ff9b::c000:221/128",
        "2001:db8:0:1::/64,              2001:db8:0:1::/64",
        "ffff:ffff::/128,                ffff:ffff::/128",
    })
    void readsAddressesPrefixesAndRanges(String text, String canonical) throws AddressSyntaxException {
        AddressText.Block block = AddressText.parse(text);
        assertThat(block.range()).hasToString(canonical);
        assertThat(block.hostBits()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.5/24, 203.0.113.0/24",
        "10.0.0.1/0,     0.0.0.0/0",
        "10.0.0.1/31,    10.0.0.0/31",
        "2001:db8::1/32, 2001:db8::/32",
        "::1/127,        ::/127",
        "ffff::/0,       ::/0",
    })
    void saysWhenHostBitsAreSet(String text, String canonical) throws AddressSyntaxException {
        AddressText.Block block = AddressText.parse(text);
        assertThat(block.range()).hasToString(canonical);
        assertThat(block.hostBits()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "1",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.",
                ".1.2.3",
                "1..2.3",
                "010.0.0.1",
                "0x0a.0.0.1",
                "10.0.0.256",
                "10.0.0.-1",
                "10.0.0.*",
                "10.0.0.1 ",
                " 10.0.0.1",
                "10.0.0.1\n",
                "+10.0.0.1",
                "١٠.0.0.1",
                "localhost",
                "db.example.com",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/08",
                "10.0.0.0/+8",
                "10.0.0.0/-1",
                "10.0.0.0/8/8",
                "10.0.0.0/255.0.0.0",
                "/8",
                "10.0.0.0/8-10.1.0.0/16",
                "10.0.0.9-10.0.0.1",
                "10.0.0.1-",
                "-10.0.0.1",
                "10.0.0.1-2",
                "10.0.0.1-2001:db8::1",
                "10.0.0.1-10.0.0.2-10.0.0.3",
                ":",
                ":::",
                "1::2::3",
                "2001:db8",
                "12345::",
                "1:2:3:4:5:6:7:8:9",
                "::g",
                "::1%eth0",
                "::1%",
                "[::1]",
                "::1/129",
                "::1/0128",
                "::ffff:10.0.0.1",
                "::ffff:a00:1",
                "::ffff:0:0/96",
                "::010.0.0.1",
                "2001:db8::*",
                "1080:0:0:0:8:800:200c:417a/ffff::",
                "4)+k&C#VzJ4br>0wv%Yp",
            })
    void refusesEverythingElse(String text) {
        assertThatThrownBy(() -> AddressText.parse(text)).isInstanceOf(AddressSyntaxException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/8", "10.0.0.1/32", "10.0.0.1-10.0.0.2", "::/0", "any"})
    void oneAddressIsNoBlock(String text) {
        assertThatThrownBy(() -> AddressText.parseAddress(text)).isInstanceOf(AddressSyntaxException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.9-10.0.0.1,  '\"10.0.0.9-10.0.0.1\" is reversed; write \"10.0.0.1-10.0.0.9\"'",
        "::ffff:10.0.0.1,    '\"::ffff:10.0.0.1\" is an IPv4-mapped IPv6 address; write 10.0.0.1 for the IPv4 address'",
        "10.0.0.0/33,        '\"10.0.0.0/33\" is not an IPv4 prefix; write one such as 10.0.0.0/8, length 0-32'",
        "203.0.113.0/888888888888824, '\"203.0.113.0/888888888888824\" is not an IPv4 prefix; write one such as 10.0.0.0/8, length 0-32'",
        "10.0.0.0/255.0.0.0, '\"10.0.0.0/255.0.0.0\" is not an IPv4 prefix; write 10.0.0.0/8, with the length of the mask'",
        "2001:db8::/ffff::,  '\"2001:db8::/ffff::\" is not an IPv6 prefix; write 2001:db8::/16, with the length of the mask'",
        "10.0.0.5-9,         '\"10.0.0.5-9\" is not a range; write 10.0.0.5-10.0.0.9, both ends in full'",
        "db.example,         '\"db.example\" is not an address, and names are not looked up; write one such as 10.0.0.1'",
    })
    void saysWhatToWriteInstead(String text, String message) {
        assertThatThrownBy(() -> AddressText.parse(text)).hasMessage(message);
    }

    @Property
    void whatIsWrittenIsReadBack(@ForAll int v4, @ForAll long high, @ForAll long low) throws AddressSyntaxException {
        for (IpAddress address : new IpAddress[] {IpAddress.ipv4(v4), IpAddress.ipv6(high, low)}) {
            assertThat(AddressText.parseAddress(address.toString())).isEqualTo(address);
        }
    }

    @Property
    void noTextIsWorseThanRefused(@ForAll String text) {
        isTakenOrRefused(text);
    }

    @Property
    void norIsOneThatLooksLikeAnAddress(
            @ForAll
                    @Chars({'0', '1', '2', '5', '8', 'a', 'f', '.', ':', '/', '-', '*', '%', ' '})
                    @StringLength(max = 40)
                    String text) {
        isTakenOrRefused(text);
    }

    @Property
    void norIsOneWithALongLength(@ForAll @LongRange(min = 0) long length) {
        isTakenOrRefused("10.0.0.0/" + length);
    }

    private static void isTakenOrRefused(String text) {
        try {
            assertThat(AddressText.parse(text).range()).isNotNull();
        } catch (AddressSyntaxException e) {
            assertThat(e.getMessage()).doesNotContain("\n", "\u001b");
        }
    }
}
