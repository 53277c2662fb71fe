package io.secgroupd.daemon.refused;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.netlink.AttributeReader;
import io.secgroupd.daemon.netlink.KernelBytes;
import io.secgroupd.daemon.netlink.NetlinkBuffer;
import io.secgroupd.rules.net.Family;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class RefusedKeyTest {

    private static final RefusedKey V4 = Refused.key("198.51.100.7", 22);
    private static final RefusedKey V6 = Refused.key("2001:db8:ffff::7", 65_535);

    @Test
    void aKeyOfIpv4IsLaidOutAsNftLaysItOut() {
        assertThat(HexFormat.of().formatHex(V4.toBytes())).isEqualTo("c6336407" + "0a00010a" + "06000000" + "00160000");
    }

    @Test
    void aKeyOfIpv6IsLaidOutAsNftLaysItOut() {
        assertThat(HexFormat.of().formatHex(V6.toBytes()))
                .isEqualTo("20010db8ffff00000000000000000007" + "20010db8000100000000000000000010" + "06000000"
                        + "ffff0000");
    }

    @Test
    void whatTheKernelListsIsTheKeyThatItWasGiven() {
        assertThat(read(Family.IPV4, V4.toBytes())).isEqualTo(V4).hasSameHashCodeAs(V4);
        assertThat(read(Family.IPV6, V6.toBytes())).isEqualTo(V6).hasSameHashCodeAs(V6);
    }

    @Test
    void theSamePacketFromAnotherSourcePortHasTheSameKeyAndToAnotherPortAnother() {
        assertThat(V4.sourcePort()).isZero();
        assertThat(Refused.key("198.51.100.7", 23)).isNotEqualTo(V4);
    }

    private static RefusedKey read(Family family, byte[] bytes) {
        byte[] attribute = KernelBytes.attribute(Nftables.DATA_VALUE, bytes);
        NetlinkBuffer buffer = new NetlinkBuffer(attribute.length);
        buffer.network().put(0, attribute);
        AttributeReader reader = new AttributeReader(buffer);
        reader.reset(0, attribute.length);
        assertThat(reader.next()).isTrue();
        return RefusedKey.read(family, reader);
    }
}
