package io.secgroupd.daemon.doctor;

import io.secgroupd.daemon.doctor.ServiceUserCheck.ServiceUser;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the user of the service in the host's own files of users and groups. */
final class ServiceUsers {

    /** The name in the shipped unit. */
    private static final String USER = "secgroupd";

    private static final List<String> GROUPS_OF_THE_UNIT = List.of("adm");

    private ServiceUsers() {}

    /** Empty on a host without that user, where the program is started by hand. */
    static Optional<ServiceUser> read(Host host) {
        return host.read("etc/passwd")
                .flatMap(passwd -> passwd.lines()
                        .map(line -> line.split(":", -1))
                        .filter(fields -> fields.length > 3 && fields[0].equals(USER))
                        .findFirst())
                .map(fields -> new ServiceUser(USER, Integer.parseInt(fields[2]), groups(host, fields[3])));
    }

    private static Set<Integer> groups(Host host, String primary) {
        Set<Integer> groups = new HashSet<>(Set.of(Integer.parseInt(primary)));
        host.read("etc/group")
                .orElse("")
                .lines()
                .map(line -> line.split(":", -1))
                .forEach(fields -> {
                    boolean member = fields.length > 3
                            && (GROUPS_OF_THE_UNIT.contains(fields[0])
                                    || Arrays.asList(fields[3].split(",", -1)).contains(USER));
                    if (member) {
                        groups.add(Integer.parseInt(fields[2]));
                    }
                });
        return groups;
    }
}
