package io.secgroupd.daemon.doctor;

import io.secgroupd.daemon.control.FileRights;
import java.nio.file.Path;
import java.util.List;

/** Whoever may write a file that the daemon obeys decides who gets into this host: told by the daemon's own rule. */
final class OwnerCheck {

    private OwnerCheck() {}

    /** About a file, what its links lead to, and the directories on both ways. */
    static List<Finding> findings(String topic, Path file) {
        return FileRights.objections(List.of(file)).stream()
                .map(objection -> finding(topic, objection))
                .toList();
    }

    private static Finding finding(String topic, FileRights.Objection objection) {
        String what = objection.file() + " " + objection.what();
        return objection.everybody()
                ? Finding.problem(topic, what, objection.mend())
                : Finding.warning(topic, what, objection.mend());
    }
}
