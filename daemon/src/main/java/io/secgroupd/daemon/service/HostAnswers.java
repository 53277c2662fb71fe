package io.secgroupd.daemon.service;

import io.secgroupd.daemon.answer.Answers;
import io.secgroupd.daemon.answer.OwnAddresses;
import io.secgroupd.daemon.control.LocalAddresses;
import io.secgroupd.daemon.hooks.SkeletonSettings;
import io.secgroupd.daemon.netlink.Netlink;
import io.secgroupd.daemon.netlink.NetlinkMonitor;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The answers of this host to refused packets, which know its addresses as they come and go. */
final class HostAnswers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HostAnswers.class);

    /** RTMGRP_IPV4_IFADDR and RTMGRP_IPV6_IFADDR of linux/rtnetlink.h. */
    private static final int GROUPS = 0x10 | 0x100;

    private final Answers answers;
    private final NetlinkMonitor monitor;

    private HostAnswers(Answers answers) throws IOException {
        this.answers = answers;
        this.monitor = NetlinkMonitor.start("answer-addresses", Netlink.NETLINK_ROUTE, GROUPS, listener());
        look();
    }

    /** @throws StartException when this process may not send answers */
    static HostAnswers open() {
        try {
            Answers opened = Answers.open(SkeletonSettings.ANSWER_MARK);
            try {
                return new HostAnswers(opened);
            } catch (IOException e) {
                opened.close();
                throw e;
            }
        } catch (IOException e) {
            throw new StartException(
                    "refuse: answer, but answers cannot be sent: " + e.getMessage() + "; nothing was installed", e);
        }
    }

    private NetlinkMonitor.Listener listener() {
        return new NetlinkMonitor.Listener() {
            @Override
            public void changed() {
                look();
            }

            @Override
            public void failed(Exception fault) {
                keepSilent(fault);
            }
        };
    }

    private void look() {
        try {
            answers.hostHas(OwnAddresses.of(LocalAddresses.current()));
        } catch (IllegalStateException unknown) {
            keepSilent(unknown);
        }
    }

    /** An answer from an address that the host may have no longer would be a lie. */
    private void keepSilent(Exception fault) {
        answers.hostHas(OwnAddresses.NONE);
        LOG.warn("answers.silent: {}; refused packets get no answer until the daemon starts anew", fault.toString());
    }

    Answers answers() {
        return answers;
    }

    @Override
    public void close() {
        monitor.close();
        answers.close();
    }
}
