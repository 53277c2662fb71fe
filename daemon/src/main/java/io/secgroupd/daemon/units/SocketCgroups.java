package io.secgroupd.daemon.units;

import io.secgroupd.daemon.netlink.AttributeReader;
import io.secgroupd.daemon.netlink.MessageReader;
import io.secgroupd.daemon.netlink.Netlink;
import io.secgroupd.daemon.netlink.NetlinkBuffer;
import io.secgroupd.daemon.netlink.NetlinkChannel;
import io.secgroupd.daemon.netlink.NetlinkException;
import io.secgroupd.daemon.netlink.SocketQuestion;
import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.Flow;
import java.io.IOException;
import java.util.Arrays;

/**
 * Asks the kernel for the control groups in which sockets of this host were made (sock_diag(7), which needs no privilege). Several
 * questions go in one system call. It never waits and allocates nothing. For one thread.
 */
public final class SocketCgroups implements AutoCloseable {

    /** There is no such socket. */
    public static final long NOBODY = 0;
    /** The kernel did not tell: it gave no answer, or the socket is on its way out. */
    public static final long UNTOLD = -1;
    /** There were too many questions for this one. */
    public static final long NOT_ASKED = -2;

    /** The greatest number of questions at once. */
    public static final int MOST = 64;

    private static final int ANSWER_BYTES = 4096;

    /** struct inet_diag_msg: family 1, state 1, and 70 more bytes; attributes follow. */
    private static final int STATE = Netlink.MESSAGE_HEADER + 1;

    private static final int ATTRIBUTES = Netlink.MESSAGE_HEADER + 72;
    private static final int LISTEN = 10;
    /** INET_DIAG_CGROUP_ID, from Linux 5.7 on. */
    private static final int CGROUP_ID = 21;

    private final NetlinkChannel kernel;
    private final NetlinkBuffer questions = new NetlinkBuffer(MOST * SocketQuestion.BYTES);
    private final SocketQuestion question = new SocketQuestion(questions);
    private final NetlinkBuffer answer = new NetlinkBuffer(ANSWER_BYTES);
    private final MessageReader messages = new MessageReader(answer);
    private final AttributeReader attributes = new AttributeReader(answer);
    private final long[] cgroups = new long[MOST];
    private final boolean[] listening = new boolean[MOST];
    private int first = 1;
    private int count;
    private int sent;
    private int unread;

    private SocketCgroups(NetlinkChannel kernel) {
        this.kernel = kernel;
    }

    /**
     * Opens a conversation, and makes the kernel load what it needs for the answers.
     *
     * @throws IOException when the kernel does not list sockets; asking it would cost a search for a module each time
     */
    public static SocketCgroups open(NetlinkChannel.ChannelOpener opener) throws IOException {
        var opened = new SocketCgroups(opener.open(Netlink.NETLINK_SOCK_DIAG, 0));
        try {
            opened.requireListing(SocketQuestion.TCP);
            opened.requireListing(SocketQuestion.UDP);
            return opened;
        } catch (IOException unlisted) {
            opened.close();
            throw unlisted;
        }
    }

    private void requireListing(int protocol) throws IOException {
        question.beginEmptyListing(0, first, protocol);
        String what = "listing the sockets of protocol " + protocol;
        if (!kernel.write(questions, SocketQuestion.BYTES)) {
            throw new IOException(what + " found no room in the kernel");
        }
        boolean answered = false;
        int length;
        while ((length = kernel.read(answer)) > 0) {
            messages.reset(length);
            while (messages.next()) {
                if (messages.errno() != 0 && (messages.type() == Netlink.ERROR || messages.type() == Netlink.DONE)) {
                    throw new NetlinkException(what, messages.errno());
                }
                answered = true;
            }
        }
        if (!answered) {
            throw new IOException(what + " was not answered");
        }
    }

    /** Asks for the socket whose local end is the flow's source. Returns the question's number. */
    public int askSource(Flow flow) {
        begin(flow, 0, false)
                .local(flow.sourceHigh(), flow.sourceLow(), flow.sourcePort())
                .remote(flow.destinationHigh(), flow.destinationLow(), flow.destinationPort());
        return count++;
    }

    /** Asks for the socket that serves everybody at the flow's destination. Returns the question's number. */
    int askListener(Flow flow, int interfaceIndex) {
        begin(flow, interfaceIndex, true).local(flow.destinationHigh(), flow.destinationLow(), flow.destinationPort());
        return count++;
    }

    private SocketQuestion begin(Flow flow, int interfaceIndex, boolean listener) {
        cgroups[count] = UNTOLD;
        listening[count] = listener;
        boolean ipv4 = flow.family() == Family.IPV4;
        return question.begin(count * SocketQuestion.BYTES, first + count, flow.protocol(), ipv4, interfaceIndex);
    }

    /** Sends the questions and reads the answers. What the kernel does not answer stays {@link #UNTOLD}. */
    void ask() {
        send();
        receive();
    }

    /**
     * Sends the questions. The kernel has found the sockets when this returns, so that they may end then. Answers that were not
     * received before are given up.
     */
    public void send() {
        try {
            unread = kernel.write(questions, count * SocketQuestion.BYTES) ? count : 0;
        } catch (IOException unanswered) {
            unread = 0;
        }
        sent = first;
        first += count;
        count = 0;
    }

    /** Reads the answers. What the kernel does not answer stays {@link #UNTOLD}. */
    public void receive() {
        try {
            readAnswers();
        } catch (IOException unanswered) {
            Arrays.fill(cgroups, 0, unread, UNTOLD);
        }
        unread = 0;
    }

    /** There is one datagram for each answer. Older answers, left by a fault, are skipped. */
    private void readAnswers() throws IOException {
        int left = unread;
        int length;
        while (left > 0 && (length = kernel.read(answer)) > 0) {
            messages.reset(length);
            if (messages.next()) {
                int asked = messages.sequence() - sent;
                if (asked >= 0 && asked < unread) {
                    cgroups[asked] = told(asked, length);
                    left--;
                }
            }
        }
    }

    /** In place of a connection that has ended, the kernel finds the listener at the same port. */
    private long told(int asked, int length) {
        if (messages.type() == Netlink.ERROR) {
            return NOBODY;
        }
        if (messages.type() != SocketQuestion.SOCK_DIAG_BY_FAMILY || length < ATTRIBUTES) {
            return UNTOLD;
        }
        if (answer.network().get(STATE) == LISTEN && !listening[asked]) {
            return NOBODY;
        }
        attributes.reset(ATTRIBUTES, length);
        while (attributes.next()) {
            if (attributes.type() == CGROUP_ID && attributes.length() == Long.BYTES) {
                return answer.host().getLong(attributes.offset());
            }
        }
        return UNTOLD;
    }

    /** The answer to a question of the last {@link #ask}: the id of the control group, {@link #NOBODY} or {@link #UNTOLD}. */
    public long cgroup(int number) {
        return cgroups[number];
    }

    @Override
    public void close() throws IOException {
        kernel.close();
    }
}
