package io.secgroupd.daemon.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** By these names an operator finds an error in errno(3). */
class ErrnoTest {

    @ParameterizedTest
    @CsvSource({
        "1, EPERM",
        "2, ENOENT",
        "4, EINTR",
        "11, EAGAIN",
        "12, ENOMEM",
        "16, EBUSY",
        "22, EINVAL",
        "93, EPROTONOSUPPORT",
        "95, EOPNOTSUPP",
        "98, EADDRINUSE",
        "105, ENOBUFS",
        "71, errno 71"
    })
    void anErrorOfTheKernelIsNamedAsItsManualNamesIt(int number, String name) {
        assertThat(new NetlinkException("asking", number))
                .hasMessage("asking failed: " + name)
                .extracting(NetlinkException::errno)
                .isEqualTo(number);
    }

    /** Verdicts for which there was no room are sent again; another fault ends the loop. */
    @ParameterizedTest
    @CsvSource({"105, true", "12, true", "111, false", "1, false"})
    void onlyALackOfRoomMayPass(int number, boolean passes) {
        assertThat(Errno.isLackOfRoom(number)).isEqualTo(passes);
    }
}
