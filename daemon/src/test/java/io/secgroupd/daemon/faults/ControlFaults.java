package io.secgroupd.daemon.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Faults of the control server, of {@code pull}, and of etcd: the policy in force judges, and a later one comes into force. */
final class ControlFaults {

    private static final Duration AWHILE = Duration.ofSeconds(2);

    private ControlFaults() {}

    /** Something that happens to a control plane under traffic. */
    @FunctionalInterface
    private interface ControlFault {
        void inject(ControlPlane control) throws Exception;
    }

    static List<FaultRow> rows() {
        return List.of(
                row(101, "serve-killed", "kill -9 of the control server, and an edit meanwhile", control -> {
                    control.killServer();
                    control.publish();
                    control.startServer();
                }),
                row(102, "serve-paused", "the control server stands still for two seconds, with an edit", control -> {
                    signal(control, "-STOP", control.serverPid());
                    control.publish();
                    Scene.last(AWHILE);
                    signal(control, "-CONT", control.serverPid());
                }),
                row(103, "pull-killed", "kill -9 of pull while an edit is on its way", control -> {
                    control.publish();
                    control.restartPull();
                }),
                row(
                        104,
                        "pull-cut-off",
                        "the control server cannot be reached for two seconds, with an edit",
                        control -> {
                            door(control, "-I");
                            control.publish();
                            Scene.last(AWHILE);
                            door(control, "-D");
                        }),
                row(105, "wrong-signature", "an edit that another key has signed", ControlFaults::wrongSignature),
                row(106, "etcd-killed", "kill -9 of etcd for a second", control -> {
                    control.killEtcd();
                    Scene.last(AWHILE);
                    control.startEtcdAgain();
                    control.publish();
                }),
                row(107, "etcd-paused", "etcd stands still for two seconds", control -> {
                    signal(control, "-STOP", control.etcdPid());
                    Scene.last(AWHILE);
                    signal(control, "-CONT", control.etcdPid());
                    control.publish();
                }),
                row(108, "etcd-full", "etcd has no room left, and an edit meanwhile", ControlFaults::etcdFull));
    }

    private static FaultRow row(int number, String name, String what, ControlFault fault) {
        return FaultRow.of(number, name, what, Promise.gapOf(1000), scene -> {
                    var control = new ControlPlane(scene);
                    fault.inject(control);
                    scene.awaitEdit();
                })
                .begunBy(scene -> scene.startWith(List.of(), ControlPlane.SOCKET));
    }

    private static void signal(ControlPlane control, String signal, long pid) {
        control.scene().host.server.run("kill", signal, String.valueOf(pid));
    }

    private static void door(ControlPlane control, String what) {
        control.scene()
                .host
                .server
                .run("iptables", what, "OUTPUT", "-o", "lo", "-p", "tcp", "--dport", "9471", "-j", "DROP");
    }

    private static void wrongSignature(ControlPlane control) throws IOException {
        Scene scene = control.scene();
        control.publish("--sign-with", scene.host.directory.resolve("other.pem").toString());
        control.pull().awaitLog("signed by no key that this host trusts");
        scene.awaitUntil(
                "the revision is taken back", () -> control.run("status").contains("takes back"));
        scene.nextPolicy(); // so that the next one differs from what is in force
        control.publish();
    }

    private static void etcdFull(ControlPlane control) throws IOException {
        var space = new EtcdSpace(control.scene().host.server);
        space.fill();
        boolean refused = false;
        try {
            control.publish();
        } catch (IllegalStateException e) {
            refused = true;
        }
        FaultChecks.require(refused, "an edit was stored where there is no room");
        space.free();
        control.scene().nextPolicy(); // so that the next one differs from what is in force
        control.publish();
    }
}
