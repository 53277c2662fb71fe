package io.secgroupd.controlplane.fleet.host;

import java.io.IOException;

/** Whether a control server can be reached under the rules that are in force now. */
@FunctionalInterface
interface Reach {

    /**
     * Looks for one.
     *
     * @throws IOException when it is not found out, as the program ends
     */
    boolean isReached() throws IOException;
}
