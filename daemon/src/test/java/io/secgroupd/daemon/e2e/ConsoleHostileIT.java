package io.secgroupd.daemon.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.secgroupd.daemon.testkit.Browser;
import io.secgroupd.daemon.testkit.ConsolePage;
import io.secgroupd.daemon.testkit.ControlServerProcess;
import io.secgroupd.daemon.testkit.HostileTexts;
import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.NetworkNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Names and descriptions that want to be more than texts are shown by the console, and never run. */
@NetnsTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleHostileIT {

    private final NetworkNamespace host = NetworkNamespace.create("hostile");

    @SuppressWarnings("NullAway.Init")
    private Browser browser;

    @BeforeAll
    void openTheConsole(@TempDir Path directory) throws IOException, InterruptedException {
        assumeThat(Browser.isInstalled())
                .as("needs a browser: install the packages chromium and chromium-driver")
                .isTrue();
        Path rules = Files.writeString(directory.resolve("rules.yaml"), policy(HostileTexts.ALL));
        Files.writeString(directory.resolve(host.name() + ".yaml"), "");
        ControlServerProcess.start(host, rules, directory);
        browser = Browser.in(host, directory);
        ConsolePage.enter(browser, directory, "--read-only --key reader");
    }

    @AfterAll
    void removeTheNamespace() {
        host.close();
    }

    /** A group for each text, which is its name, its description, and that of its rule and of a list. */
    private static String policy(List<String> texts) {
        return "version: 1\nsecurity_groups:\n" + each(texts, """
                  sg-%1$02d:
                    name: %2$s
                    description: %2$s
                    inbound: [ { protocol: tcp, ports: %1$d, source: pl-%1$02d, description: %2$s } ]
                """) + "prefix_lists:\n" + each(texts, """
                  pl-%1$02d: { name: %2$s, entries: [ { cidr: 10.0.%1$d.0/24, description: %2$s } ] }
                """)
                + "instances:\n" + each(texts, """
                  i-%1$02d: { addresses: [ 10.1.%1$d.1 ], security_groups: [ sg-%1$02d ] }
                """);
    }

    private static String each(List<String> texts, String form) {
        return IntStream.range(0, texts.size())
                .mapToObj(i -> form.formatted(i + 1, "'" + texts.get(i).replace("'", "''") + "'"))
                .collect(Collectors.joining());
    }

    @Test
    void everyViewShowsThemAsTheyAreWrittenAndNoneRuns() {
        for (String view :
                List.of("map", "flows", "why", "groups", "lists", "instances", "rules", "hosts", "history")) {
            browser.click("nav-" + view).awaitText("view-" + view, "");
        }
        browser.click("nav-groups");
        for (int i = 1; i <= HostileTexts.ALL.size(); i++) {
            browser.click("item", "sg-%02d".formatted(i)).awaitText("view-groups", HostileTexts.ALL.get(i - 1));
        }
        browser.click("nav-lists").awaitText("view-lists", HostileTexts.ALL.get(0));
        browser.click("nav-rules").awaitText("rule", HostileTexts.ALL.get(0));

        assertThat(HostileTexts.ALL).hasSize(50);
        assertThat(browser.value("window.hacked")).isNull();
        assertThat(browser.value("document.title")).isEqualTo(browser.value("document.title.replace('<', '')"));
        assertThat(browser.value("document.querySelectorAll('iframe, object, embed, base, form[action]').length"))
                .isEqualTo(0L);
        assertThat(browser.complaints()).isEmpty();
    }
}
