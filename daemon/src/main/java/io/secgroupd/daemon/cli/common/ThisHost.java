package io.secgroupd.daemon.cli.common;

import io.secgroupd.daemon.control.CarryMemory;
import io.secgroupd.daemon.control.CarrySettings;
import io.secgroupd.daemon.control.NotCarriedException;
import io.secgroupd.daemon.service.SettingsMapping;
import io.secgroupd.daemon.service.StateDirectory;
import io.secgroupd.daemon.settings.DaemonSettings;
import io.secgroupd.rules.analyze.Explainer;
import io.secgroupd.rules.analyze.KnownHost;
import io.secgroupd.rules.compile.CompiledPolicy;

/**
 * This machine as a policy sees it. If it is one of the policy's hosts, its own instance answers for those of its
 * addresses that no instance lists, and a question asked here is answered as the daemon here would decide.
 */
public final class ThisHost {

    private final DaemonSettings settings;

    public ThisHost(OutputOptions common) {
        settings = SettingsFile.tryToRead(common.config).settings().orElse(DaemonSettings.DEFAULT);
    }

    /** An explainer that takes this machine into account, if it is a host of this policy. */
    public Explainer asked(CompiledPolicy policy) {
        return new Explainer(policy, under(policy));
    }

    private KnownHost under(CompiledPolicy policy) {
        var memory = CarryMemory.copyOf(StateDirectory.of(System.getenv()));
        try {
            CarrySettings.CarriedInstances carried =
                    SettingsMapping.selector(settings, memory).select(policy.policy());
            return new KnownHost(policy.answerOf(carried.hostInstance()), carried.here());
        } catch (NotCarriedException elsewhere) {
            return KnownHost.NONE;
        }
    }
}
