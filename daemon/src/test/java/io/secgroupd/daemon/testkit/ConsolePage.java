package io.secgroupd.daemon.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** The console in a browser, as somebody uses it who wants something done. */
public final class ConsolePage {

    /** For people to look at; a test only sees that something is there. */
    private static final Path PICTURES = Path.of("target", "console");

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Browser browser;

    /** What somebody does with an editor. */
    @FunctionalInterface
    public interface HandEdit {
        void make() throws IOException;
    }

    private ConsolePage(Browser browser) {
        this.browser = browser;
    }

    /** Enters by an address that {@code secgroupd console} prints, with these options. */
    public static ConsolePage enter(Browser browser, Path directory, String options)
            throws IOException, InterruptedException {
        Script printed = Script.run(directory, "SUDO_USER=alice $SG console --control control.yaml " + options);
        assertThat(printed.exitCode()).as(printed.err()).isZero();
        browser.open(printed.out().strip()).awaitText("policy-serial", "policy");
        return new ConsolePage(browser);
    }

    public ConsolePage newGroup(String id, String name) {
        browser.click("nav-groups").click("group-new").type("field-name", name).type("field-id", id);
        return add();
    }

    public ConsolePage newRule(String group, String protocol, String ports, String peer) {
        return fillRule(group, protocol, ports, peer).add();
    }

    /** Fills in the form of a new rule, and does not add it yet. */
    public ConsolePage fillRule(String group, String protocol, String ports, String peer) {
        browser.click("nav-groups").click("item", group).click("rule-new-ingress");
        browser.choose("field-protocol", protocol).type("field-ports", ports).type("field-peer", peer);
        return this;
    }

    public ConsolePage newInstance(String name, String address, String... groups) {
        browser.click("nav-instances").click("machines-instances").click("instance-new");
        browser.type("field-name", name).type("field-addresses", address);
        return pick(groups).add();
    }

    public ConsolePage newCluster(String name, String group, String... instances) {
        browser.click("nav-instances")
                .click("machines-clusters")
                .click("cluster-new")
                .type("field-name", name);
        return pick(group).pick(instances).add();
    }

    private ConsolePage pick(String... values) {
        for (String value : values) {
            browser.click("pick-" + value);
        }
        return this;
    }

    private ConsolePage add() {
        browser.click("form-add").awaitGone("form-add");
        return this;
    }

    /** Applies the draft, and waits until it is in force. */
    public ConsolePage apply(String reason, int seconds) {
        browser.click("nav-draft").type("apply-reason", reason).choose("apply-confirm", String.valueOf(seconds));
        browser.click("apply").awaitGone("nav-draft");
        return this;
    }

    /** Shows only flows with this source. */
    public void filterFlows(String source) {
        browser.type("filter", source);
        await("only flows of " + source)
                .until(() -> browser.texts("flow").stream().allMatch(flow -> flow.contains(source))
                        && !browser.texts("flow").isEmpty());
    }

    /** Has something connect until the page shows a flow with this source: it is told of flows only while it shows them. */
    public ConsolePage awaitFlow(String source, Runnable connect) {
        await("a flow of " + source).atMost(PATIENCE).until(() -> {
            connect.run();
            return browser.texts("flow").stream().anyMatch(flow -> flow.contains(source));
        });
        return this;
    }

    /** Waits until the page shows what an edit by hand has made. */
    public ConsolePage awaitEdit(HandEdit edit) throws IOException {
        String before = browser.texts("policy-serial").toString();
        edit.make();
        await("another policy than " + before)
                .atMost(PATIENCE)
                .until(() -> !browser.texts("policy-serial").toString().equals(before));
        return this;
    }

    /** Takes pictures of the page as it is: light and dark, and narrow. */
    public ConsolePage picture(String name) {
        browser.look(390, 844, false).screenshot(PICTURES.resolve(name + "-narrow.png"));
        browser.look(1280, 900, true).screenshot(PICTURES.resolve(name + "-dark.png"));
        browser.look(1280, 900, false).screenshot(PICTURES.resolve(name + "-light.png"));
        return this;
    }
}
