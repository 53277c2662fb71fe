package io.secgroupd.daemon.replay;

import io.secgroupd.daemon.shadow.DifferenceKind;
import io.secgroupd.rules.analyze.Explainer;
import io.secgroupd.rules.analyze.Explanation;
import io.secgroupd.rules.decide.Judgement;
import io.secgroupd.rules.net.Verdict;
import io.secgroupd.rules.usage.Sightings;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Judges flows by one policy, and by a second if there is one. Equal flows form one row with their count. */
public final class ReplayTally implements RecordedFlows {

    /** The rows take about 100 MB. Further ones are counted but not listed. */
    static final int MOST_ROWS = 100_000;

    private final Explainer rules;
    private final Optional<Explainer> against;
    private final Map<Key, FlowRow> rows = new LinkedHashMap<>();
    private long accepted;
    private long rejected;
    private long midStream;
    private long nowAccepted;
    private long nowRejected;
    private long notListed;

    private record Key(Judgement judgement, Optional<Judgement> against, boolean midStream) {}

    /** The flows between the same ends for the same service. */
    public static final class FlowRow {
        private final Explanation explanation;
        private final Optional<Explanation> against;
        private final boolean midStream;
        private Sightings seen;

        FlowRow(Explanation explanation, Optional<Explanation> against, boolean midStream, Sightings seen) {
            this.explanation = explanation;
            this.against = against;
            this.midStream = midStream;
            this.seen = seen;
        }

        public Explanation explanation() {
            return explanation;
        }

        /** The judgement of the second policy. */
        public Optional<Explanation> against() {
            return against;
        }

        /** Reports whether the opening was not seen, so that either end may have opened the connection. */
        public boolean midStream() {
            return midStream;
        }

        public long count() {
            return seen.count();
        }

        /** How often, and when first and last. */
        public Sightings seen() {
            return seen;
        }

        /** How the second policy differs; empty when it does not, and without a second one. */
        public Optional<DifferenceKind> difference() {
            return against.map(Explanation::passes)
                    .filter(then -> then != explanation.passes())
                    .map(then -> then ? DifferenceKind.NEWLY_ALLOWED : DifferenceKind.NEWLY_REFUSED);
        }

        /** Reports whether the row shows what the operator asked for: every flow, or only those whose verdict changes. */
        boolean tells() {
            return against.isEmpty() || difference().isPresent();
        }
    }

    /** @param against the policy to compare with, if any */
    public ReplayTally(Explainer rules, Optional<Explainer> against) {
        this.rules = rules;
        this.against = against;
    }

    @Override
    public void add(RecordedFlow recorded, Sightings seen) {
        long count = seen.count();
        Explanation first = recorded.explainedBy(rules);
        Optional<Explanation> second = against.map(recorded::explainedBy);
        count(first.verdict(), recorded.midStream(), count);
        second.ifPresent(then -> countChange(first.passes(), then.passes(), count));
        var key = new Key(first.judgement(), second.map(Explanation::judgement), recorded.midStream());
        FlowRow row = rows.get(key);
        if (row != null) {
            row.seen = row.seen.plus(seen);
            return;
        }
        row = new FlowRow(first, second, recorded.midStream(), seen);
        if (row.tells()) {
            list(key, row);
        }
    }

    private void list(Key key, FlowRow row) {
        if (rows.size() == MOST_ROWS) {
            notListed += row.count();
        } else {
            rows.put(key, row);
        }
    }

    private void count(Verdict verdict, boolean underWay, long count) {
        accepted += verdict == Verdict.ACCEPT ? count : 0;
        rejected += verdict == Verdict.REJECT ? count : 0;
        midStream += underWay ? count : 0;
    }

    private void countChange(boolean before, boolean after, long count) {
        if (before != after) {
            nowAccepted += after ? count : 0;
            nowRejected += after ? 0 : count;
        }
    }

    /** The rows, rejected flows first, then by count. */
    public List<FlowRow> rows() {
        Comparator<FlowRow> rejectedFirst = Comparator.comparing(row -> verdictShown(row) == Verdict.ACCEPT);
        return rows.values().stream()
                .sorted(rejectedFirst.thenComparing(
                        Comparator.comparingLong(FlowRow::count).reversed()))
                .toList();
    }

    private static Verdict verdictShown(FlowRow row) {
        return row.against().orElse(row.explanation()).verdict();
    }

    public boolean comparing() {
        return against.isPresent();
    }

    @Override
    public long flows() {
        return accepted + rejected;
    }

    public long accepted() {
        return accepted;
    }

    public long rejected() {
        return rejected;
    }

    public long midStream() {
        return midStream;
    }

    public long nowAccepted() {
        return nowAccepted;
    }

    public long nowRejected() {
        return nowRejected;
    }

    /** The number of flows that are counted but have no row. */
    public long notListed() {
        return notListed;
    }

    /** Reports whether the second policy changes a verdict; without a second, whether a flow is rejected. */
    public boolean saysNo() {
        return comparing() ? nowAccepted + nowRejected > 0 : rejected > 0;
    }
}
