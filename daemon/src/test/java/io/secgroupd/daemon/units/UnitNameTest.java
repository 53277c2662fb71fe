package io.secgroupd.daemon.units;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which unit a control group belongs to, and that nobody poses as another. */
class UnitNameTest {

    @ParameterizedTest
    @CsvSource({
        "system.slice/nginx.service, nginx.service",
        "system.slice/system-postgresql.slice/postgresql@15-main.service, postgresql@15-main.service",
        "init.scope, init.scope",
        "system.slice/docker-0123456789ab.scope, docker-0123456789ab.scope",
        "system.slice/ssh.socket, ssh.socket",
        "user.slice/user-1000.slice/session-3.scope, session-3.scope",
        "user.slice/user-1000.slice/user@1000.service/app.slice/syncthing.service, user@1000.service/syncthing.service",
        "user.slice/user-1000.slice/user@1000.service/init.scope, user@1000.service/init.scope",
        "user.slice/user-1000.slice, user-1000.slice",
        "kubepods/burstable/pod12, /kubepods/burstable/pod12",
        ".service, /.service"
    })
    void theUnitOfAPath(String path, String unit) {
        assertThat(UnitName.of(List.of(path.split("/")))).isEqualTo(unit);
    }

    @ParameterizedTest
    @CsvSource({
        "system.slice/web.service/nginx.service, web.service",
        "user.slice/user-1000.slice/user@1000.service/evil/nginx.service, user@1000.service",
        "user.slice/user-1000.slice/user@1000.service/nginx.service/sshd.service, user@1000.service/nginx.service",
        "docker/0123456789ab/system.slice/nginx.service, /docker/0123456789ab/system.slice/nginx.service"
    })
    void whatIsDelegatedCannotPoseAsAUnit(String path, String unit) {
        assertThat(UnitName.of(List.of(path.split("/")))).isEqualTo(unit);
    }

    @Test
    void theRootIsTheRoot() {
        assertThat(UnitName.of(List.of())).isEqualTo("/");
    }

    @Test
    void aNameThatWouldCommandATerminalDoesNot() {
        assertThat(UnitName.of(List.of("a\u001b[2J\u202e\u0085b.service"))).isEqualTo("a?[2J??b.service");
    }

    @Test
    void ofALongPathTheEndIsKept() {
        String name = UnitName.of(List.of("x".repeat(255), "y".repeat(255)));

        assertThat(name).hasSize(UnitName.LONGEST).isEqualTo("…" + "y".repeat(255));
    }
}
