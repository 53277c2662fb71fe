package io.secgroupd.daemon.service;

import io.secgroupd.daemon.control.ControlPlane;
import io.secgroupd.daemon.control.HostPolicy;
import io.secgroupd.daemon.control.NotCarriedException;
import io.secgroupd.daemon.control.RefusedPolicyException;
import io.secgroupd.daemon.shadow.ShadowEnd;
import io.secgroupd.daemon.shadow.ShadowReport;
import io.secgroupd.rules.file.PolicyFiles;
import java.io.IOException;
import java.util.Optional;

/** Goes on, at a start of the daemon, with the candidate that was judged beside the policy in force before. */
record ShadowRestart(ShadowedPolicy shadowed, ControlPlane control, RunningPolicy running) {

    /** Goes on with it, if there is one. It ends when that is impossible. */
    void resume() {
        try {
            Optional<ShadowReport> before = shadowed.keeper().ofEarlierStart();
            if (before.isPresent()) {
                resume(before.get());
            }
        } catch (RefusedPolicyException e) {
            shadowed.end(
                    ShadowEnd.BROKEN, e.problemTexts().stream().findFirst().orElse(String.valueOf(e.getMessage())));
        } catch (NotCarriedException | IOException e) {
            shadowed.end(ShadowEnd.BROKEN, String.valueOf(e.getMessage()));
        }
    }

    private void resume(ShadowReport before) throws RefusedPolicyException, NotCarriedException, IOException {
        String hash = before.candidate().hash();
        if (!shadowed.keeper().now().isBefore(before.candidate().ends())) {
            shadowed.end(ShadowEnd.EXPIRED, "its time was over before this start");
        } else if (hash.equals(running.inForce().policy().hash())) {
            shadowed.end(ShadowEnd.PROMOTED, "the rules file says the same, and it is in force");
        } else {
            PolicyFiles files = files();
            HostPolicy policy = control.read(files);
            if (!policy.hash().equals(hash)) {
                throw new IOException("its copy in the state directory is damaged");
            }
            shadowed.resume(before, policy, files);
        }
    }

    private PolicyFiles files() throws IOException {
        if (!shadowed.keeper().mayRead()) {
            throw new IOException("the process ended twice while it read the candidate");
        }
        return shadowed.keeper().files(FrozenFiles.absolute(control.rules()));
    }
}
