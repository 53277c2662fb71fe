package io.secgroupd.controlplane.console.traffic;

import io.secgroupd.controlplane.console.api.JsonObject;
import io.secgroupd.rules.file.PolicyFiles;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Makes the files that a draft would make. */
@FunctionalInterface
public interface DraftedFiles {

    /**
     * The files of the policy in force with the changes of a draft.
     *
     * @param base    the hash of the policy that the draft was begun with
     * @param changes as a page sends them
     * @return empty when the draft has errors, or its base is no longer in force
     */
    Optional<PolicyFiles> of(String base, List<JsonObject> changes) throws IOException;
}
