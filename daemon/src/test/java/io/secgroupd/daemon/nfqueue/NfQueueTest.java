package io.secgroupd.daemon.nfqueue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.secgroupd.daemon.netlink.Errno;
import io.secgroupd.daemon.netlink.FakeChannel;
import io.secgroupd.daemon.netlink.KernelBytes;
import io.secgroupd.daemon.netlink.NetlinkException;
import io.secgroupd.rules.net.Verdict;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a queue is taken over, and what an operator is told when it cannot be had. */
class NfQueueTest {

    private static final QueueSettings CLOSED = new QueueSettings(4700, 1024, 512, 1 << 20, false);
    private static final QueueSettings OPEN = new QueueSettings(65535, 16, 65531, 1 << 20, true);

    @TempDir
    private Path proc;

    private final Map<String, Integer> refusals = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private final FakeChannel kernel = new FakeChannel(this::answer);

    @Test
    void bindsSetsItsFlagsAndItsLengthAndAsksForPacketsLast() throws IOException {
        NfQueue queue = open(CLOSED);

        assertThat(asked).containsExactly("4700 bind", "4700 flags 4/5", "4700 length 1024", "4700 copy 512");
        assertThat(queue.number()).isEqualTo(4700);
        assertThat(queue.isUntracked()).isFalse();
        assertThat(queue.messageBytes())
                .as("room for headers beside the packet")
                .isGreaterThan(512);
    }

    @Test
    void tellsTheKernelToLetPacketsThroughAFullQueue() throws IOException {
        open(OPEN);

        assertThat(asked).containsExactly("65535 bind", "65535 flags 5/5", "65535 length 16", "65535 copy 65531");
    }

    @Test
    void sendsVerdictsUntilThereIsNoRoom() throws IOException {
        NfQueue queue = open(CLOSED);
        VerdictBuffer verdicts = new VerdictBuffer(4700, 2);
        verdicts.append(1, Verdict.ACCEPT);
        verdicts.append(2, Verdict.REJECT);

        assertThat(queue.write(verdicts)).isTrue();
        assertThat(asked).last().isEqualTo("4700 verdicts of 64 bytes");
        kernel.fill();
        assertThat(queue.write(verdicts)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {Errno.EPERM, Errno.EBUSY})
    void namesTheProcessThatHasTheQueue(int errno) throws IOException {
        refusals.put("bind", errno);
        write("thread-self/net/netfilter/nfnetlink_queue", " 4700  31337     0 2   512     0     0        0  1\n");
        write("thread-self/net/netlink", "0 12 31337 00000000 0 0 0 2 0 4711\n");
        write("1234/comm", "suricata\n");
        Files.createDirectories(proc.resolve("1234/fd"));
        Files.createSymbolicLink(proc.resolve("1234/fd/9"), Path.of("socket:[4711]"));

        assertThatExceptionOfType(QueueException.Owned.class)
                .isThrownBy(() -> open(CLOSED))
                .withMessageStartingWith("queue 4700 is owned by process 1234 (suricata): stop it");
        assertThat(asked).containsExactly("4700 bind", "4700 may I");
    }

    @Test
    void saysWhatIsMissingWhenItMayNotEvenAsk() {
        refusals.putAll(Map.of("bind", Errno.EPERM, "may I", Errno.EPERM));

        assertThatExceptionOfType(QueueException.NotPermitted.class)
                .isThrownBy(() -> open(CLOSED))
                .withMessage("no permission to open queue 4700: run as root or with CAP_NET_ADMIN");
    }

    @ParameterizedTest
    @CsvSource({"bind, 22", "bind, 95", "flags, 95", "flags, 22"})
    void saysThatTheKernelLacksNfqueue(String step, int errno) {
        refusals.put(step, errno);

        assertThatExceptionOfType(QueueException.NotSupported.class)
                .isThrownBy(() -> open(CLOSED))
                .withMessageContaining("load the module nfnetlink_queue");
    }

    @Test
    void saysThatTheKernelLacksNetfilter() {
        assertThatExceptionOfType(QueueException.NotSupported.class)
                .isThrownBy(() -> NfQueue.open(
                        CLOSED,
                        (family, groups) -> {
                            throw new NetlinkException("socket of a netlink socket", Errno.EPROTONOSUPPORT);
                        },
                        new QueueOwner(proc)))
                .withMessageStartingWith("this kernel has no netfilter netlink");
    }

    @ParameterizedTest
    @CsvSource({
        "bind, 12, binding queue 4700 failed: ENOMEM",
        "length, 12, setting the length of queue 4700 failed: ENOMEM"
    })
    void saysWhichStepWasRefused(String step, int errno, String message) {
        refusals.put(step, errno);

        assertThatIOException().isThrownBy(() -> open(CLOSED)).withMessage(message);
        assertThat(kernel.isClosed()).as("the queue is given up").isTrue();
        assertThat(asked).last().isEqualTo(step.equals("bind") ? "4700 bind" : "4700 length 1024");
    }

    @Test
    void doesNotTakeALateAnswerForItsOwn() {
        kernel.tell(KernelBytes.acknowledgement(77));

        assertThatExceptionOfType(QueueException.class)
                .isThrownBy(() -> open(CLOSED))
                .withMessage("binding queue 4700 was not answered by the kernel");
        assertThat(kernel.isClosed()).isTrue();
    }

    /** Its number is chosen by nobody, so it may be that of the request. */
    @Test
    void doesNotTakeAPacketForTheAnswer() {
        kernel.tell(KernelBytes.netfilter(NfnetlinkQueue.PACKET, 0, 1, 2));

        assertThatExceptionOfType(QueueException.class)
                .isThrownBy(() -> open(CLOSED))
                .withMessage("binding queue 4700 was not answered by the kernel");
    }

    @Test
    void saysThatTheKernelHasNoRoomForARequest() {
        kernel.fill();

        assertThatIOException().isThrownBy(() -> open(CLOSED)).withMessage("binding queue 4700 failed: ENOBUFS");
    }

    private NfQueue open(QueueSettings settings) throws IOException {
        return NfQueue.open(settings, (family, groups) -> kernel, new QueueOwner(proc));
    }

    /** As nfnetlink_queue: acknowledges what asks for it, and refuses what it is told to. */
    private List<byte[]> answer(byte[] request) {
        ByteBuffer host = ByteBuffer.wrap(request).order(ByteOrder.nativeOrder());
        int queue = ByteBuffer.wrap(request).getShort(18) & 0xffff;
        String words = host.getShort(4) == NfnetlinkQueue.VERDICT
                ? "verdicts of " + request.length + " bytes"
                : words(ByteBuffer.wrap(request), host.getShort(22));
        asked.add(queue + " " + words);
        int errno = refusals.entrySet().stream()
                .filter(refusal -> words.startsWith(refusal.getKey()))
                .mapToInt(Map.Entry::getValue)
                .sum();
        boolean acknowledges = (host.getShort(6) & 4) != 0;
        return errno != 0 || acknowledges ? List.of(KernelBytes.error(host.getInt(8), errno)) : List.of();
    }

    private static String words(ByteBuffer request, int attribute) {
        return switch (attribute) {
            case NfnetlinkQueue.COMMAND -> request.get(24) == NfnetlinkQueue.COMMAND_BIND ? "bind" : "may I";
            case NfnetlinkQueue.FLAGS -> "flags " + request.getInt(24) + "/" + request.getInt(32);
            case NfnetlinkQueue.MAX_LENGTH -> "length " + request.getInt(24);
            case NfnetlinkQueue.PARAMETERS -> "copy " + request.getInt(24);
            default -> throw new IllegalArgumentException("attribute " + attribute);
        };
    }

    private void write(String file, String text) throws IOException {
        Path path = proc.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
