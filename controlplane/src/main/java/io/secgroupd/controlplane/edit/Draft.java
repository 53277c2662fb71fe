package io.secgroupd.controlplane.edit;

import io.secgroupd.controlplane.edit.change.IntendedChange;
import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.ReadResult;
import io.secgroupd.rules.pipeline.Checked;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** New contents of files that have been read, while it is not known yet whether they say what is wanted. */
public final class Draft {

    private final PolicyFiles before;
    private final List<IntendedChange> changes;
    private final Map<Path, byte[]> changed;
    private final ReadResult read;
    private final Checked checked;

    Draft(
            PolicyFiles before,
            List<IntendedChange> changes,
            Map<Path, byte[]> changed,
            ReadResult read,
            Checked checked) {
        this.before = before;
        this.changes = List.copyOf(changes);
        this.changed = changed;
        this.read = read;
        this.checked = checked;
    }

    /** Reports whether it was made from these files for these changes. */
    boolean isFor(PolicyFiles files, List<IntendedChange> asked) {
        return changes.equals(asked) && before.holdsSame(files);
    }

    Map<Path, byte[]> changed() {
        return changed;
    }

    ReadResult read() {
        return read;
    }

    Checked checked() {
        return checked;
    }
}
