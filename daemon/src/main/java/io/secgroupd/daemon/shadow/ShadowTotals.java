package io.secgroupd.daemon.shadow;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a candidate was found to do.
 *
 * @param connections how many first packets both policies have judged
 * @param faults how many times the candidate could not judge because of a defect of the program
 * @param differences the distinct differences, in the order in which they were met
 */
public record ShadowTotals(long connections, long faults, List<Difference> differences) {

    /** The largest number of distinct differences; more are counted together. */
    static final int MOST = 1024;

    static final ShadowTotals NOTHING = new ShadowTotals(0, 0, List.of());

    public ShadowTotals {
        differences = List.copyOf(differences);
    }

    /** How many first packets of one kind of difference there were. */
    public long count(DifferenceKind kind) {
        return of(kind).stream().mapToLong(Difference::count).sum();
    }

    /** The distinct differences of one kind. */
    public List<Difference> of(DifferenceKind kind) {
        return differences.stream()
                .filter(difference -> difference.kind() == kind)
                .toList();
    }

    /** Adds what was found later. */
    ShadowTotals plus(ShadowTotals later) {
        Map<String, Difference> all = new LinkedHashMap<>();
        differences.forEach(difference -> all.put(difference.key(), difference));
        later.differences.forEach(difference -> add(difference, all));
        return new ShadowTotals(connections + later.connections, faults + later.faults, List.copyOf(all.values()));
    }

    private static void add(Difference difference, Map<String, Difference> all) {
        boolean fits = all.containsKey(difference.key()) || all.size() < MOST || difference.isOthers();
        Difference counted = fits
                ? difference
                : Difference.others(difference.kind(), difference.count(), difference.first(), difference.last());
        all.merge(counted.key(), counted, Difference::plus);
    }
}
