package io.secgroupd.daemon.faults;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** All rows, in the order of their numbers. */
final class FaultTable {

    /** Quick ones of each kind, which every build does. */
    private static final List<String> SELECTION = List.of(
            "killed",
            "paused",
            "log-moved",
            "deleted",
            "queue-full",
            "hooks-flushed",
            "tables-of-others",
            "edited-while-waiting");

    private FaultTable() {}

    static List<FaultEntry> entries() {
        List<FaultEntry> all = new ArrayList<>(rows());
        all.addAll(Elsewhere.rows());
        all.sort(Comparator.comparingInt(FaultEntry::number));
        return all;
    }

    /** Those that can be done here. */
    static List<FaultRow> rows() {
        return Stream.of(
                        ProcessFaults.rows(),
                        RulesFileFaults.rows(),
                        BadRulesFaults.rows(),
                        LogFaults.rows(),
                        LoadFaults.rows(),
                        KernelFaults.rows(),
                        NetworkFaults.rows(),
                        StartFaults.rows(),
                        AdminFaults.rows(),
                        ControlFaults.rows(),
                        FullDiskFaults.rows())
                .flatMap(List::stream)
                .sorted(Comparator.comparingInt(FaultRow::number))
                .toList();
    }

    static List<FaultRow> selection() {
        return rows().stream().filter(row -> SELECTION.contains(row.name())).toList();
    }

    /** Those with this number or name; none when there is none. */
    static List<FaultRow> named(String word) {
        return rows().stream()
                .filter(row ->
                        row.name().equals(word) || String.valueOf(row.number()).equals(word))
                .toList();
    }
}
