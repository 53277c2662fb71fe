package io.secgroupd.daemon.doctor;

import io.secgroupd.daemon.doctor.BackendFacts.Tool;
import io.secgroupd.daemon.hooks.BackendTrial;
import io.secgroupd.daemon.hooks.CommandRunner;
import io.secgroupd.daemon.hooks.HostRules;
import io.secgroupd.daemon.netlink.NetlinkSocket;
import io.secgroupd.daemon.refused.RefusalCache;
import io.secgroupd.daemon.settings.FlowLogSettings;
import io.secgroupd.daemon.terms.Backend;
import io.secgroupd.daemon.terms.Mode;
import io.secgroupd.rules.file.PolicyReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Examines everything that secgroupd depends on, in the order an operator would. It changes nothing. */
public final class Doctor {

    private static final long STATE_BYTES = 64_000_000;

    private final Host host;
    private final Installation subject;

    public Doctor(CommandRunner runner, Installation subject) {
        this(new Host(Path.of("/"), runner), subject);
    }

    private Doctor(Host host, Installation subject) {
        this.host = host;
        this.subject = subject;
    }

    public List<Finding> examine() {
        var probe = new DaemonProbe(host, subject.settings().admin().socket());
        Optional<ProcessRights> caller = ProcessRights.ofThisProcess();
        Optional<ProcessRights> service = probe.rights();
        boolean privileged = caller.filter(ProcessRights::netAdmin).isPresent();
        boolean forward = subject.settings().hooks().judged().forward();
        BackendFacts backends = backends();
        boolean hooksWanted = subject.settings().mode() != Mode.MONITOR;
        DaemonFacts daemon = probe.ask(privileged && hooksWanted, subject.skeleton());
        Optional<Backend> backend = daemon.standing().or(backends::choice);

        var findings = new ArrayList<Finding>();
        findings.addAll(DaemonCheck.findings(daemon, subject.settings().admin().socket()));
        findings.addAll(RightsCheck.findings(
                caller, service, backends.legacyIptables() && backend.equals(Optional.of(Backend.IPTABLES))));
        findings.addAll(PolicyCheck.settings(subject.config(), subject.settingsProblems()));
        findings.addAll(PolicyCheck.rules(subject.rules(), subject.selector()));
        findings.addAll(serviceUser());
        findings.addAll(KernelCheck.findings(
                host.read("proc/sys/kernel/osrelease").orElse("").strip(),
                subject.skeleton().queueCount()));
        findings.addAll(BackendCheck.findings(backends));
        findings.addAll(FirewallCheck.findings(seen(privileged), backend, forward));
        findings.addAll(RuleChecks.findings(
                HostRules.read(host.runner()), subject.skeleton().cutMark()));
        findings.addAll(SavedRulesCheck.findings(host));
        findings.addAll(SysctlCheck.findings(Sysctls.read(host), forward));
        findings.add(KernelClock.finding(KernelClock.synchronised()));
        findings.add(CacheCheck.finding(
                subject.settings().whyNoCache(), privileged, () -> RefusalCache.obstacle(NetlinkSocket::open)));
        findings.add(UnitsCheck.finding(
                subject.settings().flowLog().units(),
                host.read("proc/self/mountinfo").orElse("")));
        findings.addAll(disks(service));
        subject.archive().map(Doctor::archive).ifPresent(findings::add);
        return findings;
    }

    private List<Finding> serviceUser() {
        var files = new LinkedHashSet<>(List.of(subject.config(), subject.rules()));
        if (Files.isReadable(subject.rules())) {
            files.addAll(PolicyReader.read(subject.rules()).files());
        }
        var findings = new ArrayList<Finding>();
        ServiceUserCheck.ServiceUser.read(host).ifPresent(user -> {
            findings.addAll(ServiceUserCheck.findings(user, List.copyOf(files)));
            findings.addAll(ServiceUserCheck.writing(user, writable()));
        });
        return findings;
    }

    /** The directories in which the daemon creates files. A flow log that is a device needs none. */
    private List<Path> writable() {
        Path log = subject.settings().flowLog().path();
        return Stream.of(
                        Optional.ofNullable(subject.settings()
                                .admin()
                                .socket()
                                .toAbsolutePath()
                                .getParent()),
                        Optional.of(subject.state().toAbsolutePath()),
                        Optional.ofNullable(log.toAbsolutePath().getParent())
                                .filter(parent -> !parent.startsWith("/dev")))
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }

    /** A tool without rights may print nothing instead of an error, which would look like a host without rules. */
    private FirewallFacts seen(boolean privileged) {
        FirewallFacts facts = FirewallFacts.read(host);
        return privileged ? facts : new FirewallFacts(Optional.empty(), facts.activeUnits(), facts.flushingFile());
    }

    private BackendFacts backends() {
        Optional<BackendTrial> trial = BackendTrial.ofThisUser(host.runner());
        return new BackendFacts(
                subject.settings().hooks().backend(),
                tool("nft", Backend.NFT, trial),
                tool("iptables", Backend.IPTABLES, trial));
    }

    private Tool tool(String program, Backend backend, Optional<BackendTrial> trial) {
        Optional<String> version = host.output(program, "--version").map(String::strip);
        boolean tried = version.isPresent() && trial.isPresent();
        return new Tool(
                version,
                trial.isPresent(),
                tried ? trial.flatMap(one -> one.obstacle(backend, subject.skeleton())) : Optional.empty());
    }

    private List<Finding> disks(Optional<ProcessRights> service) {
        Optional<String> writer = service.flatMap(
                daemon -> FileFacts.read(Path.of("/proc", daemon.pid())).map(FileFacts::owner));
        FlowLogSettings log = subject.settings().flowLog();
        Path logs = Optional.ofNullable(log.path().getParent()).orElse(Path.of("/"));
        var findings = new ArrayList<Finding>();
        findings.addAll(DiskCheck.findings(
                DiskFacts.read("the flow log's directory", logs, log.rotate() * (log.keep() + 1)), writer));
        findings.addAll(
                DiskCheck.findings(DiskFacts.read("the state directory", subject.state(), STATE_BYTES), writer));
        return findings;
    }

    private static Finding archive(Path archive) {
        return Files.isReadable(archive)
                ? Finding.ok("start", archive + " exists: the daemon starts quickly")
                : Finding.note(
                        "start",
                        archive + " is missing: everything works, and every start takes twice the time",
                        archive.resolveSibling("../libexec/archive-classes")
                                .normalize()
                                .toString());
    }
}
