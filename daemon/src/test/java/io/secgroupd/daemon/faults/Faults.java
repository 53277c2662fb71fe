package io.secgroupd.daemon.faults;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * Does the rows that are named by number or name, or all, and prints a line for each; or prints the table. Run by {@code
 * scripts/faults}.
 */
public final class Faults {

    private static final int BROKEN = 1;
    private static final int USAGE = 2;

    private Faults() {}

    /** Ends with 1 when a row has broken, and with 2 when there is no such row. */
    public static void main(String[] arguments) {
        if (List.of(arguments).equals(List.of("--list"))) {
            FaultTable.entries().forEach(entry -> System.out.println(line(entry)));
            return;
        }
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        List<FaultRow> rows = chosen(List.of(arguments));
        if (rows.isEmpty()) {
            System.exit(USAGE);
        }
        System.exit(allHold(rows) ? 0 : BROKEN);
    }

    private static String line(FaultEntry entry) {
        String start = "%3d %-22s %s".formatted(entry.number(), entry.name(), entry.what());
        return entry instanceof ElsewhereRow elsewhere ? start + "\n      not here: " + elsewhere.reason() : start;
    }

    /** Empty when one of the words names no row, which is told. */
    private static List<FaultRow> chosen(List<String> words) {
        List<FaultRow> rows = new ArrayList<>(words.isEmpty() ? FaultTable.rows() : List.of());
        for (String word : words) {
            List<FaultRow> named = FaultTable.named(word);
            if (named.isEmpty()) {
                System.err.println("there is no row " + word + " that can be done here; see scripts/faults --list");
                return List.of();
            }
            rows.addAll(named);
        }
        return rows;
    }

    private static boolean allHold(List<FaultRow> rows) {
        long began = System.nanoTime();
        int broken = 0;
        for (FaultRow row : rows) {
            Outcome outcome = row.run();
            System.out.println(outcome.text());
            broken += outcome.breaks(row.promise()).isEmpty() ? 0 : 1;
        }
        long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
        System.out.println(rows.size() + " rows in " + seconds + " s, " + broken + " broken");
        return broken == 0;
    }
}
