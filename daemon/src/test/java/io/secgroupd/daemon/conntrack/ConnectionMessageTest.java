package io.secgroupd.daemon.conntrack;

import static io.secgroupd.daemon.netlink.KernelBytes.attribute;
import static io.secgroupd.daemon.netlink.KernelBytes.nested;
import static io.secgroupd.daemon.netlink.KernelBytes.u16;
import static io.secgroupd.daemon.netlink.KernelBytes.u32;
import static io.secgroupd.daemon.netlink.KernelBytes.u8;
import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.netlink.KernelBytes;
import io.secgroupd.daemon.netlink.MessageReader;
import io.secgroupd.daemon.netlink.NetlinkBuffer;
import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.testkit.PolicyBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One entry of a listing, out of its bytes. */
class ConnectionMessageTest {

    private static final Connection SSH = Connection.tcp("192.0.2.9", 40000, "10.0.1.10", 22);

    private final NetlinkBuffer buffer = new NetlinkBuffer(4096);
    private final MessageReader messages = new MessageReader(buffer);
    private final ConnectionMessage entry = new ConnectionMessage(buffer);

    @Test
    void tellsBothEndsBeforeAndAfterATranslation() {
        Connection redirected = SSH.answeredBy("10.0.1.77", 2222);

        assertThat(read(redirected)).contains(redirected.live());
        assertThat(entry.answers()).contains(redirected.answered());
    }

    @Test
    void tellsTheMarkTheZoneAndThatItWasMetInTheMiddle() {
        LiveConnection read =
                read(SSH.marked(0xc000_0001).inZone(65535).pickedUp()).orElseThrow();

        assertThat(entry.mark()).isEqualTo(0xc000_0001);
        assertThat(entry.zone()).isEqualTo(65535);
        assertThat(read.midstream()).isTrue();
    }

    @Test
    void keepsNothingOfTheEntryBefore() {
        read(SSH.marked(7).inZone(3).pickedUp());

        assertThat(read(SSH).orElseThrow().midstream()).isFalse();
        assertThat(entry.mark() | entry.zone()).isZero();
    }

    @Test
    void readsTypeAndCodeOfIcmpInBothFamilies() {
        for (FlowTuple ping : List.of(icmp("192.0.2.9", "10.0.1.10", 1), icmp("2001:db8::9", "2001:db8:1::10", 58))) {
            assertThat(read(Connection.of(ping)).orElseThrow().opened()).isEqualTo(ping);
        }
    }

    private static FlowTuple icmp(String source, String destination, int protocol) {
        return new FlowTuple(PolicyBuilder.address(source), PolicyBuilder.address(destination), protocol, 0, 0, 13, 4);
    }

    /** Lengths that no kernel writes: half an address would be judged as another one. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void isNotJudgedByAnAddressThatIsCutOff(int bytes) {
        byte[] original = nested(
                Ctnetlink.TUPLE_ORIGINAL,
                nested(
                        Ctnetlink.TUPLE_IP,
                        attribute(Ctnetlink.SOURCE_4, new byte[bytes]),
                        u32(Ctnetlink.DESTINATION_4, 0x0a00010a)),
                nested(Ctnetlink.TUPLE_PROTOCOL, u8(Ctnetlink.NUMBER, 6), u16(Ctnetlink.DESTINATION_PORT, 22)));

        assertThat(read(original, nested(Ctnetlink.TUPLE_REPLY, Connection.tuple(SSH.answered()))))
                .isEmpty();
    }

    @Test
    void isNotJudgedWhenAnInnerAttributeLeadsOutsideTheTuple() {
        byte[] tuple = Connection.tuple(SSH.opened());
        tuple[4] = 60; // the length of the first address, in host order on every machine that we run on
        tuple[5] = 60;

        assertThat(read(nested(Ctnetlink.TUPLE_ORIGINAL, tuple), nested(Ctnetlink.TUPLE_REPLY, tuple)))
                .isEmpty();
    }

    @Test
    void isNotJudgedWhenItMixesAddressFamilies() {
        byte[] mixed = nested(
                Ctnetlink.TUPLE_IP,
                u32(Ctnetlink.SOURCE_4, 0xc0000209),
                attribute(Ctnetlink.DESTINATION_6, new byte[16]));
        byte[] answered = nested(Ctnetlink.TUPLE_REPLY, Connection.tuple(SSH.answered()));
        byte[] opened = nested(Ctnetlink.TUPLE_ORIGINAL, Connection.tuple(SSH.opened()));

        assertThat(read(nested(Ctnetlink.TUPLE_ORIGINAL, mixed), answered)).isEmpty();
        read(opened, nested(Ctnetlink.TUPLE_REPLY, mixed));
        assertThat(entry.answers()).isEmpty();
    }

    @Test
    void isNotJudgedWithoutTheDirectionThatAnswers() {
        assertThat(read(nested(Ctnetlink.TUPLE_ORIGINAL, Connection.tuple(SSH.opened()))))
                .isEmpty();
        assertThat(entry.answers()).isEmpty();
    }

    @Property
    void everyConnectionIsReadBackWhateverTheOrderAndWhateverStandsBetween(
            @ForAll boolean ipv6, @ForAll long ends, @ForAll int bits, @ForAll long seed) {
        var random = new Random(seed);
        var flow = new FlowTuple(
                address(ipv6, ends, random),
                address(ipv6, ~ends, random),
                List.of(6, 17, 132, 47).get(random.nextInt(4)),
                0,
                0,
                0,
                0);
        Connection connection = Connection.of(flow).marked(bits).inZone(bits >>> 16);
        List<byte[]> attributes = new ArrayList<>(List.of(
                nested(Ctnetlink.TUPLE_ORIGINAL, Connection.tuple(connection.opened())),
                nested(Ctnetlink.TUPLE_REPLY, Connection.tuple(connection.answered())),
                u32(Ctnetlink.MARK, connection.mark()),
                u16(Ctnetlink.ZONE, connection.zone())));
        for (int unknown = 30; unknown < 34; unknown++) {
            attributes.add(attribute(unknown, new byte[random.nextInt(9)]));
        }
        Collections.shuffle(attributes, random);

        assertThat(read(attributes.toArray(byte[][]::new)).orElseThrow().opened())
                .isEqualTo(flow);
        assertThat(entry.mark()).isEqualTo(bits);
        assertThat(entry.zone()).isEqualTo(bits >>> 16);
        assertThat(entry.tuple()).isEqualTo(connection.name());
    }

    private static IpAddress address(boolean ipv6, long bits, Random random) {
        return ipv6 ? IpAddress.ipv6(bits, random.nextLong()) : IpAddress.ipv4((int) bits);
    }

    @Property
    void noBytesMakeItThrow(@ForAll @Size(max = 40) byte[] inner, @ForAll byte[] outer, @ForAll @Size(3) int[] types) {
        read(
                nested(types[0] & 7, nested(types[1] & 3, attribute(types[2] & 15, inner))),
                nested(Ctnetlink.TUPLE_ORIGINAL, inner),
                nested(Ctnetlink.TUPLE_REPLY, outer),
                outer);

        entry.answers();
        assertThat(entry.tuple().length).isLessThanOrEqualTo(buffer.capacity());
    }

    /** Three bytes of a sound entry are changed, which reaches deeper than chance alone. */
    @Property
    void noChangedBytesMakeItThrow(@ForAll long seed, @ForAll boolean ipv6) {
        var random = new Random(seed);
        byte[] message = FakeConntrack.message(
                ipv6 ? Connection.udp("2001:db8::9", 1, "2001:db8:1::10", 53) : SSH.marked(-1), 1);
        for (int i = 0; i < 3; i++) {
            message[20 + random.nextInt(message.length - 20)] = (byte) random.nextInt(40);
        }

        readMessage(message);

        entry.answers();
        assertThat(entry.tuple().length).isLessThanOrEqualTo(message.length);
    }

    private Optional<LiveConnection> read(Connection connection) {
        return readMessage(FakeConntrack.message(connection, 1));
    }

    private Optional<LiveConnection> read(byte[]... attributes) {
        return readMessage(KernelBytes.netfilter(Ctnetlink.NEW, 0, 1, Ctnetlink.INET, attributes));
    }

    private Optional<LiveConnection> readMessage(byte[] message) {
        buffer.network().put(0, message);
        messages.reset(message.length);
        return messages.next() ? entry.read(messages) : Optional.empty();
    }
}
