package io.secgroupd.daemon.conntrack;

import static io.secgroupd.daemon.netlink.KernelBytes.attribute;
import static io.secgroupd.daemon.netlink.KernelBytes.join;
import static io.secgroupd.daemon.netlink.KernelBytes.nested;
import static io.secgroupd.daemon.netlink.KernelBytes.u16;
import static io.secgroupd.daemon.netlink.KernelBytes.u32;
import static io.secgroupd.daemon.netlink.KernelBytes.u8;

import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.testkit.PolicyBuilder;

/** A connection as the kernel keeps it, and the attributes by which it tells of it. */
record Connection(FlowTuple opened, FlowTuple answered, int mark, int zone, boolean midstream) {

    static final int TCP = 6;
    static final int UDP = 17;

    /** Attributes that we do not ask about stand among those that we do: CTA_STATUS, CTA_TIMEOUT, CTA_ID. */
    private static final int STATUS = 3;

    private static final int TIMEOUT = 7;
    private static final int ID = 12;

    static Connection tcp(String source, int sourcePort, String destination, int port) {
        return ofPorts(TCP, source, sourcePort, destination, port);
    }

    static Connection udp(String source, int sourcePort, String destination, int port) {
        return ofPorts(UDP, source, sourcePort, destination, port);
    }

    static Connection of(FlowTuple opened) {
        return new Connection(opened, reversed(opened), 0, 0, false);
    }

    private static Connection ofPorts(int protocol, String source, int sourcePort, String destination, int port) {
        return of(new FlowTuple(
                PolicyBuilder.address(source), PolicyBuilder.address(destination), protocol, sourcePort, port, 0, 0));
    }

    private static FlowTuple reversed(FlowTuple flow) {
        return new FlowTuple(
                flow.destination(),
                flow.source(),
                flow.protocol(),
                flow.destinationPort(),
                flow.sourcePort(),
                flow.icmpType(),
                flow.icmpCode());
    }

    /** As after a translation of the destination. */
    Connection answeredBy(String address, int port) {
        return new Connection(
                opened,
                new FlowTuple(
                        PolicyBuilder.address(address),
                        answered.destination(),
                        opened.protocol(),
                        port,
                        answered.destinationPort(),
                        0,
                        0),
                mark,
                zone,
                midstream);
    }

    Connection marked(int bits) {
        return new Connection(opened, answered, bits, zone, midstream);
    }

    Connection inZone(int number) {
        return new Connection(opened, answered, mark, number, midstream);
    }

    /** The kernel met it when it was already running. */
    Connection pickedUp() {
        return new Connection(opened, answered, mark, zone, true);
    }

    /** As it is to be read. */
    LiveConnection live() {
        var answerer = new FlowTuple(
                opened.source(),
                answered.source(),
                opened.protocol(),
                opened.sourcePort(),
                answered.sourcePort(),
                opened.icmpType(),
                opened.icmpCode());
        return new LiveConnection(opened, answerer, midstream);
    }

    Family family() {
        return opened.family();
    }

    /** In the order in which the kernel writes them. */
    byte[] attributes() {
        return join(
                nested(Ctnetlink.TUPLE_ORIGINAL, tuple(opened)),
                nested(Ctnetlink.TUPLE_REPLY, tuple(answered)),
                zone == 0 ? new byte[0] : u16(Ctnetlink.ZONE, zone),
                u32(STATUS, 0x18e),
                u32(TIMEOUT, 431_999),
                nested(
                        Ctnetlink.PROTOCOL_INFO,
                        nested(Ctnetlink.TCP, u8(1, 3), attribute(Ctnetlink.TCP_FLAGS_ORIGINAL, flags(), (byte) 0xff))),
                u32(Ctnetlink.MARK, mark),
                u32(ID, 0x7b1d));
    }

    private byte flags() {
        return (byte) (0x23 | (midstream ? Ctnetlink.TCP_BE_LIBERAL : 0));
    }

    /** What names it to the kernel. */
    byte[] name() {
        return tuple(opened);
    }

    static byte[] tuple(FlowTuple flow) {
        return join(addresses(flow.source(), flow.destination()), protocol(flow));
    }

    static byte[] addresses(IpAddress source, IpAddress destination) {
        boolean ipv4 = source.family() == Family.IPV4;
        return nested(
                Ctnetlink.TUPLE_IP,
                attribute(ipv4 ? Ctnetlink.SOURCE_4 : Ctnetlink.SOURCE_6, source.toBytes()),
                attribute(ipv4 ? Ctnetlink.DESTINATION_4 : Ctnetlink.DESTINATION_6, destination.toBytes()));
    }

    private static byte[] protocol(FlowTuple flow) {
        byte[] number = u8(Ctnetlink.NUMBER, flow.protocol());
        return switch (flow.protocol()) {
            case 1 -> icmp(number, flow, Ctnetlink.ICMP_TYPE, Ctnetlink.ICMP_CODE);
            case 58 -> icmp(number, flow, Ctnetlink.ICMPV6_TYPE, Ctnetlink.ICMPV6_CODE);
            case TCP, UDP, 132 ->
                nested(
                        Ctnetlink.TUPLE_PROTOCOL,
                        number,
                        u16(Ctnetlink.SOURCE_PORT, flow.sourcePort()),
                        u16(Ctnetlink.DESTINATION_PORT, flow.destinationPort()));
            default -> nested(Ctnetlink.TUPLE_PROTOCOL, number);
        };
    }

    private static byte[] icmp(byte[] number, FlowTuple flow, int type, int code) {
        return nested(Ctnetlink.TUPLE_PROTOCOL, number, u8(type, flow.icmpType()), u8(code, flow.icmpCode()));
    }
}
