package io.secgroupd.controlplane.publish;

import io.secgroupd.controlplane.edit.EditResult.EditRefused;
import io.secgroupd.controlplane.store.Revision;

/** What comes of a change. */
public sealed interface Published {

    /** The change is in force. When the files said the same before, the revision is the one that was there. */
    record InForce(Revision revision) implements Published {}

    /** The change would come into force; nothing was written, because only that was asked. */
    record Possible() implements Published {}

    /** Somebody else has changed the files in the meantime, and nothing was written. The change can be planned again. */
    record OutOfDate() implements Published {}

    /** The editor refuses, and nothing was written. */
    record NotEdited(EditRefused why) implements Published {}

    /** The daemon refuses, and the files are as they were. */
    record NotTaken(String why) implements Published {}
}
