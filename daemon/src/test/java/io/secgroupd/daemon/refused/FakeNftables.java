package io.secgroupd.daemon.refused;

import io.secgroupd.daemon.netlink.AttributeReader;
import io.secgroupd.daemon.netlink.Errno;
import io.secgroupd.daemon.netlink.FakeChannel;
import io.secgroupd.daemon.netlink.KernelBytes;
import io.secgroupd.daemon.netlink.MessageReader;
import io.secgroupd.daemon.netlink.NetlinkBuffer;
import io.secgroupd.daemon.netlink.NetlinkChannel;
import io.secgroupd.rules.net.Family;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The tables of a kernel as maps, behind netlink: transactions change them, and packets are counted by the sets that rules look at. */
public final class FakeNftables implements NetlinkChannel.ChannelOpener {

    private static final int BYTES_OF_A_PACKET = 40;

    private final Map<String, Map<RefusedKey, long[]>> sets = new HashMap<>();
    private final TreeSet<String> lookedAt = new TreeSet<>();
    private final List<FakeChannel> opened = new ArrayList<>();
    private final List<byte[]> chains = new ArrayList<>();
    private final List<String> done = new ArrayList<>();
    private @Nullable FakeChannel owner;
    private int refusal;

    /** Refuses every transaction from now on; 0 ends that. */
    public FakeNftables refuse(int errno) {
        refusal = errno;
        return this;
    }

    /** Lists this chain, beside those that it is not asked to make. */
    FakeNftables with(String type, int hook) {
        chains.add(KernelBytes.join(
                KernelBytes.attribute(Nftables.CHAIN_TYPE, (type + '\0').getBytes(StandardCharsets.US_ASCII)),
                KernelBytes.nested(Nftables.CHAIN_HOOK, KernelBytes.u32(Nftables.HOOK_NUMBER, hook))));
        return this;
    }

    /** What was done since this was asked last, such as {@code table}, {@code set ipv4-1} and {@code rule ipv4-1 early}. */
    synchronized List<String> done() {
        List<String> all = List.copyOf(done);
        done.clear();
        return all;
    }

    /** Has a packet with this key come in. Returns whether a rule drops it. */
    public synchronized boolean drops(RefusedKey key) {
        if (owner == null || owner.isClosed()) {
            return false;
        }
        for (String set : lookedAt) {
            long[] counter = sets.getOrDefault(set, Map.of()).get(key);
            if (counter != null) {
                counter[0]++;
                return true;
            }
        }
        return false;
    }

    /** Reports whether any rule looks at a set. */
    synchronized boolean compares() {
        return !lookedAt.isEmpty();
    }

    List<FakeChannel> opened() {
        return opened;
    }

    int sets() {
        return sets.size();
    }

    @Override
    public NetlinkChannel open(int family, int groups) {
        FakeChannel[] self = new FakeChannel[1];
        self[0] = new FakeChannel(request -> answer(self[0], request));
        opened.add(self[0]);
        return self[0];
    }

    private synchronized List<byte[]> answer(FakeChannel from, byte[] request) {
        NetlinkBuffer buffer = new NetlinkBuffer(request.length);
        buffer.network().put(0, request);
        MessageReader messages = new MessageReader(buffer);
        messages.reset(request.length);
        List<byte[]> answers = new ArrayList<>();
        List<Runnable> steps = new ArrayList<>();
        while (messages.next()) {
            int type = messages.type();
            AttributeReader attributes = new AttributeReader(buffer);
            messages.attributes(attributes);
            if (type == Nftables.GET_ELEMENT || type == Nftables.GET_CHAIN) {
                return list(type, messages.sequence(), attributes);
            }
            if (type == Nftables.BATCH_END) {
                owner = from;
                (refusal == 0 ? steps : List.<Runnable>of()).forEach(Runnable::run);
            } else if (type != Nftables.BATCH_BEGIN) {
                answers.add(KernelBytes.error(messages.sequence(), refusal));
                steps.add(step(type, values(attributes, buffer)));
            }
        }
        return answers;
    }

    private static Map<Integer, byte[]> values(AttributeReader attributes, NetlinkBuffer buffer) {
        Map<Integer, byte[]> values = new LinkedHashMap<>();
        while (attributes.next()) {
            byte[] value = new byte[attributes.length()];
            buffer.network().get(attributes.offset(), value);
            values.put(attributes.type(), value);
        }
        return values;
    }

    private Runnable step(int type, Map<Integer, byte[]> values) {
        return switch (type) {
            case Nftables.NEW_TABLE -> () -> done.add("table " + text(values.get(Nftables.TABLE_NAME)));
            case Nftables.NEW_CHAIN -> () -> done.add("chain " + text(values.get(Nftables.CHAIN_NAME)));
            case Nftables.DELETE_RULE -> lookedAt::clear;
            case Nftables.NEW_RULE -> () -> rule(values);
            case Nftables.NEW_SET ->
                () -> {
                    sets.put(text(values.get(Nftables.SET_NAME)), new LinkedHashMap<>());
                    done.add("set " + text(values.get(Nftables.SET_NAME)));
                };
            case Nftables.DELETE_SET ->
                () -> {
                    sets.remove(text(values.get(Nftables.SET_NAME)));
                    done.add("no set " + text(values.get(Nftables.SET_NAME)));
                };
            case Nftables.NEW_ELEMENT -> () -> elements(values);
            default -> throw new AssertionError("no message of ours: " + type);
        };
    }

    private void rule(Map<Integer, byte[]> values) {
        String expressions =
                new String(values.getOrDefault(Nftables.RULE_EXPRESSIONS, new byte[0]), StandardCharsets.ISO_8859_1);
        int at = expressions.indexOf("ipv");
        String set = expressions.substring(at, expressions.indexOf('\0', at));
        lookedAt.add(set);
        done.add("rule " + set + " " + text(values.get(Nftables.RULE_CHAIN)));
    }

    private void elements(Map<Integer, byte[]> values) {
        String set = text(values.get(Nftables.ELEMENTS_SET));
        byte[] list = values.getOrDefault(Nftables.ELEMENTS, new byte[0]);
        NetlinkBuffer buffer = new NetlinkBuffer(list.length);
        buffer.network().put(0, list);
        AttributeReader items = new AttributeReader(buffer);
        AttributeReader item = new AttributeReader(buffer);
        AttributeReader value = new AttributeReader(buffer);
        items.reset(0, list.length);
        while (items.next()) {
            items.nested(item);
            item.next();
            item.nested(value);
            value.next();
            sets.getOrDefault(set, Map.of()).put(RefusedKey.read(family(set), value), new long[1]);
            done.add("key " + set);
        }
    }

    private List<byte[]> list(int type, int sequence, AttributeReader attributes) {
        List<byte[]> answers = new ArrayList<>();
        if (type == Nftables.GET_CHAIN) {
            chains.forEach(chain -> answers.add(KernelBytes.netfilter(Nftables.NEW_CHAIN, 0, sequence, 1, chain)));
            answers.add(KernelBytes.done(sequence, 0));
            return answers;
        }
        attributes.next();
        attributes.next();
        String set = name(attributes);
        if (owner == null || owner.isClosed() || !sets.containsKey(set)) {
            return List.of(KernelBytes.error(sequence, Errno.ENOENT));
        }
        sets.getOrDefault(set, Map.of())
                .forEach((key, counter) -> answers.add(KernelBytes.netfilter(
                        Nftables.NEW_ELEMENT,
                        0,
                        sequence,
                        1,
                        KernelBytes.nested(Nftables.ELEMENTS, element(key, counter[0])))));
        answers.add(KernelBytes.done(sequence, 0));
        return answers;
    }

    private static byte[] element(RefusedKey key, long packets) {
        return KernelBytes.nested(
                Nftables.LIST_ITEM,
                KernelBytes.nested(Nftables.ELEMENT_KEY, KernelBytes.attribute(Nftables.DATA_VALUE, key.toBytes())),
                KernelBytes.nested(
                        Nftables.ELEMENT_EXPRESSION,
                        KernelBytes.attribute(
                                Nftables.EXPRESSION_NAME, "counter\0".getBytes(StandardCharsets.US_ASCII)),
                        KernelBytes.nested(
                                Nftables.EXPRESSION_DATA,
                                u64(Nftables.COUNTER_BYTES, packets * BYTES_OF_A_PACKET),
                                u64(Nftables.COUNTER_PACKETS, packets))));
    }

    private static byte[] u64(int type, long value) {
        return KernelBytes.attribute(type, ByteBuffer.allocate(8).putLong(value).array());
    }

    private static Family family(String set) {
        return set.startsWith("ipv4") ? Family.IPV4 : Family.IPV6;
    }

    private static String name(AttributeReader attribute) {
        byte[] value = new byte[attribute.length()];
        for (int i = 0; i < value.length; i++) {
            value[i] = (byte) attribute.u8(i);
        }
        return text(value);
    }

    private static String text(byte @Nullable [] value) {
        String text = new String(value == null ? new byte[1] : value, StandardCharsets.US_ASCII);
        return text.substring(0, text.indexOf('\0'));
    }
}
