package io.secgroupd.daemon.doctor;

import io.secgroupd.daemon.doctor.BackendFacts.Tool;
import io.secgroupd.daemon.terms.Backend;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reports which tools can install the skeleton on this kernel, and which one will. */
final class BackendCheck {

    private static final String TOPIC = "backend";

    private BackendCheck() {}

    static List<Finding> findings(BackendFacts facts) {
        var findings = new ArrayList<Finding>();
        findings.add(choice(facts));
        for (Backend other : List.of(Backend.NFT, Backend.IPTABLES)) {
            if (facts.choice().filter(other::equals).isEmpty()) {
                findings.add(Finding.note(TOPIC, word(other) + ": " + state(facts.tool(other))));
            }
        }
        return findings;
    }

    private static Finding choice(BackendFacts facts) {
        if (facts.wanted() == Backend.AUTO && !facts.nft().tried()) {
            return Finding.note(
                    TOPIC, "auto was not tried: this user may not make a network namespace", "sudo secgroupd doctor");
        }
        if (facts.choice().isEmpty()) {
            return Finding.problem(
                    TOPIC,
                    "neither nft nor iptables can queue packets here: the daemon cannot start",
                    "install nftables or iptables; load nfnetlink_queue and xt_NFQUEUE (modprobe)");
        }
        Backend chosen = facts.choice().get();
        Tool tool = facts.tool(chosen);
        String how = facts.wanted() == Backend.AUTO ? "auto means " + word(chosen) : word(chosen) + " is set";
        if (tool.works()) {
            return Finding.ok(TOPIC, how + ": " + state(tool));
        }
        if (tool.version().isPresent() && !tool.tried()) {
            return Finding.note(TOPIC, how + ": " + state(tool), "sudo secgroupd doctor");
        }
        return Finding.problem(
                TOPIC, how + " and does not work here: " + state(tool), "hooks: { backend: auto } in daemon.yaml");
    }

    private static String state(Tool tool) {
        if (tool.version().isEmpty()) {
            return "not installed";
        }
        String version = tool.version().get();
        if (!tool.tried()) {
            return version + ", not tried";
        }
        return tool.obstacle()
                .map(why -> version + " cannot carry the hooks on this kernel: " + why)
                .orElse(version + ", tried in a namespace of its own");
    }

    private static String word(Backend backend) {
        return backend.name().toLowerCase(Locale.ROOT);
    }
}
