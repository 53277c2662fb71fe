package io.secgroupd.daemon.service;

import io.secgroupd.daemon.admin.DaemonStatus.KernelCount;
import java.util.List;

/** Reports on the netfilter skeleton of the running daemon. */
interface HooksReport {

    /** The report of a daemon that does not touch netfilter. */
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

    /** The tool that installed the skeleton, by its own name. */
    String version();

    /** How many times the skeleton had to be restored. */
    long restored();

    /** The kernel's counts; empty when they cannot be read. */
    List<KernelCount> counts();
}
