package io.secgroupd.daemon.service;

import io.secgroupd.daemon.admin.DaemonStatus.KernelCount;
import java.util.List;

/** What there is to know of the netfilter skeleton of the running daemon. */
interface HooksReport {

    /** Of a daemon that touches no netfilter. */
    HooksReport NONE = new HooksReport() {
        @Override
        public String version() {
            return "none in mode monitor";
        }

        @Override
        public long restored() {
            return 0;
        }

        @Override
        public List<KernelCount> counts() {
            return List.of();
        }
    };

    /** The tool that carries it, as it names itself. */
    String version();

    /** How many times it had to be restored. */
    long restored();

    /** What the kernel counted; empty when that cannot be read. */
    List<KernelCount> counts();
}
