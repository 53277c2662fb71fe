package io.secgroupd.daemon.doctor;

import io.secgroupd.daemon.control.FileRights;
import java.nio.file.Path;
import java.util.List;

/**
 * Anyone who may write a file that the daemon obeys decides who gets into this host. This check uses the daemon's own
 * rule.
 */
final class OwnerCheck {

    private OwnerCheck() {}

    /** Findings about a file, the target of its links, and the directories on the way to both. */
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
