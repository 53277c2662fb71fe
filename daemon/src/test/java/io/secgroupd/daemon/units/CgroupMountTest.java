package io.secgroupd.daemon.units;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Where control groups are mounted, as /proc/self/mountinfo says it. */
class CgroupMountTest {

    private static final String DISK = "22 1 254:0 / / rw,relatime - ext4 /dev/vda rw\n";
    private static final String FIRST_VERSION = "30 29 0:27 / /sys/fs/cgroup/pids rw - cgroup cgroup rw,pids\n";

    @Test
    void alone() {
        assertThat(CgroupMount.in(DISK + "29 22 0:26 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw\n"))
                .contains(Path.of("/sys/fs/cgroup"));
    }

    @Test
    void besideTheFirstVersion() {
        assertThat(CgroupMount.in(
                        FIRST_VERSION + "39 29 0:36 / /sys/fs/cgroup/unified rw shared:4 - cgroup2 cgroup2 rw\n"))
                .contains(Path.of("/sys/fs/cgroup/unified"));
    }

    @Test
    void theWholeIsPreferredToAPart() {
        String part = "40 29 0:36 /system.slice /srv/part rw - cgroup2 none rw\n";

        assertThat(CgroupMount.in(part)).contains(Path.of("/srv/part"));
        assertThat(CgroupMount.in(part + "41 29 0:36 / /srv/whole rw - cgroup2 none rw\n"))
                .contains(Path.of("/srv/whole"));
    }

    @Test
    void aBlankInItsNameIsWrittenInOctal() {
        assertThat(CgroupMount.in("40 29 0:36 / /srv/a\\040b\\134$1 rw - cgroup2 none rw\n"))
                .contains(Path.of("/srv/a b\\$1"));
    }

    @Test
    void nowhere() {
        assertThat(CgroupMount.in(DISK + FIRST_VERSION + "damaged - cgroup2 \n"))
                .isEmpty();
    }
}
