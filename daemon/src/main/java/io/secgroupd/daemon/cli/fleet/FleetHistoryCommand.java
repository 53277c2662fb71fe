package io.secgroupd.daemon.cli.fleet;

import io.secgroupd.controlplane.fleet.history.RevisionMeanings;
import io.secgroupd.controlplane.store.HistoryEntry;
import io.secgroupd.daemon.cli.common.ExitCode;
import io.secgroupd.daemon.cli.common.JsonOutput;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the revisions that are remembered. */
@Command(
        name = "history",
        mixinStandardHelpOptions = true,
        description = "Show the revisions: who has made each, when, why, and what it has changed in meaning.",
        footer = "  sudo secgroupd fleet history")
final class FleetHistoryCommand implements Callable<Integer> {

    private static final int SHORT_HASH = 12;

    @Mixin
    private final FleetStore store = new FleetStore();

    @Option(names = "--most", paramLabel = "NUMBER", description = "At most so many, the newest ones (20).")
    private int most = 20;

    @Override
    public Integer call() {
        return store.with(desk -> {
            List<RevisionMeanings.Told> entries = desk.history(most);
            if (store.common.json()) {
                print(entries);
            } else {
                entries.forEach(told -> store.say(line(told)));
            }
            return ExitCode.DONE;
        });
    }

    private static String line(RevisionMeanings.Told told) {
        HistoryEntry entry = told.entry();
        return "%5d  %s  %s  %s: %s%n       %s"
                .formatted(
                        entry.serial(),
                        entry.origin().time().truncatedTo(ChronoUnit.SECONDS),
                        entry.hash().substring(0, SHORT_HASH),
                        entry.origin().author(),
                        entry.origin().reason(),
                        told.meaning());
    }

    private void print(List<RevisionMeanings.Told> entries) {
        JsonOutput.print(store.common.out(), json -> {
            json.writeStartArray();
            for (RevisionMeanings.Told told : entries) {
                HistoryEntry entry = told.entry();
                json.writeStartObject();
                json.writeNumberField("serial", entry.serial());
                json.writeStringField("time", entry.origin().time().toString());
                json.writeStringField("hash", entry.hash());
                json.writeStringField("author", entry.origin().author());
                json.writeStringField("reason", entry.origin().reason());
                json.writeStringField("meaning", told.meaning());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }
}
