package io.secgroupd.daemon.replay;

import io.secgroupd.daemon.flowlog.read.DistinctLines;
import io.secgroupd.daemon.flowlog.read.DistinctLines.DistinctSink;
import io.secgroupd.daemon.flowlog.read.Field;
import io.secgroupd.daemon.flowlog.read.FlowFilter;
import io.secgroupd.daemon.flowlog.read.FlowLogReader;
import io.secgroupd.daemon.flowlog.read.LineStream;
import io.secgroupd.daemon.flowlog.read.LogLine;
import io.secgroupd.daemon.flowlog.read.UnreadableLines;
import io.secgroupd.rules.decide.Reason;
import io.secgroupd.rules.net.AddressSyntaxException;
import io.secgroupd.rules.net.AddressText;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.net.Protocol;
import io.secgroupd.rules.net.Verdict;
import io.secgroupd.rules.text.Plural;
import io.secgroupd.rules.usage.Sightings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the flows of a flow log in either format, with its rotated files: what was recorded, not what was decided. */
final class LoggedFlows implements DistinctSink {

    private static final int HIGHEST_PORT = 0xffff;
    private static final int HIGHEST_TYPE = 0xff;

    private final RecordedFlows tally;
    private final Conversations conversations;
    private long lost;
    private long gaps;
    private long withoutFlow;
    private long left;

    private LoggedFlows(RecordedFlows tally) {
        this.tally = tally;
        this.conversations = new Conversations(tally);
    }

    /** Replays a whole log. */
    static Replay.ReplayResult replay(Path log, RecordedFlows tally) throws IOException {
        var flows = new LoggedFlows(tally);
        var damage = new UnreadableLines();
        new FlowLogReader(log, new FlowFilter(), flows, damage).readAll();
        return flows.result(damage);
    }

    /** Reads a whole log, and hands on each of its different flows once. */
    static Replay.ReplayResult gather(Path log, FlowFilter filter, RecordedFlows tally) throws IOException {
        var flows = new LoggedFlows(tally);
        var damage = new UnreadableLines();
        new FlowLogReader(log, filter, new DistinctLines(flows), damage).readAll();
        return flows.result(damage);
    }

    /** Replays a log that comes as a stream. What comes before it breaks off counts. */
    static Replay.ReplayResult replay(InputStream log, Path name, RecordedFlows tally) {
        var flows = new LoggedFlows(tally);
        var damage = new UnreadableLines();
        try {
            LineStream.read(log, name, flows, damage);
            return flows.result(damage);
        } catch (IOException e) {
            var remarks = new ArrayList<>(flows.result(damage).remarks());
            remarks.add(Plural.grouped(tally.flows()) + " flows were judged, and then no more could be read: "
                    + e.getMessage());
            return new Replay.ReplayResult(false, false, remarks);
        }
    }

    private Replay.ReplayResult result(UnreadableLines damage) {
        var remarks = new ArrayList<>(remarks());
        boolean whole = damage.isWhole();
        remarks.addAll(damage.take());
        boolean nothingJudged = tally.flows() == 0 && withoutFlow > 0;
        return new Replay.ReplayResult(whole && !nothingJudged, lost + gaps + left == 0, remarks);
    }

    @Override
    public void line(LogLine line) {
        if (line.isSkipData()) {
            lost += Math.max(0, line.number(Field.LOST));
            gaps += line.has(Field.LOST) ? 0 : 1;
            return;
        }
        long count = line.isAggregate() ? 1 : line.number(Field.PACKETS);
        long last = line.happenedMillis();
        long first = line.has(Field.FIRST) ? Math.min(line.firstMillis(), last) : last;
        distinct(line, count, first, last);
    }

    @Override
    public void distinct(LogLine line, long count, long first, long last) {
        Optional<FlowTuple> flow = flow(line);
        if (flow.isPresent() && line.isAggregate()) {
            conversations.take(flow.get(), line, origin(line));
        } else if (flow.isPresent()) {
            var recorded = new RecordedFlow(flow.get(), line.isMidStream(), origin(line));
            tally.add(recorded, new Sightings(count, first, last));
        } else {
            withoutFlow += count;
        }
    }

    @Override
    public void notGathered(long packets) {
        left += packets;
    }

    @Override
    public void pause() {
        conversations.settle();
    }

    private static Optional<FlowTuple> flow(LogLine line) {
        Optional<IpAddress> source = address(line.text(Field.SRC));
        Optional<IpAddress> destination = address(line.text(Field.DST));
        int number = line.protocol();
        if (source.isEmpty() || destination.isEmpty() || number < 0) {
            return Optional.empty();
        }
        var protocol = new Protocol(number);
        boolean told = protocol.hasPorts()
                ? tells(line, Field.SPORT, Field.DPORT, HIGHEST_PORT)
                : !protocol.hasIcmpTypes() || tells(line, Field.ICMP_CODE, Field.ICMP_TYPE, HIGHEST_TYPE);
        return told && source.get().family() == destination.get().family()
                ? Optional.of(tuple(line, source.get(), destination.get(), protocol))
                : Optional.empty();
    }

    /** Anybody may have written the log: what no packet can hold names no flow, and judged it would be taken for another. */
    private static boolean tells(LogLine line, Field mayLack, Field required, int highest) {
        return line.number(required) >= 0 && line.number(required) <= highest && line.number(mayLack) <= highest;
    }

    private static FlowTuple tuple(LogLine line, IpAddress source, IpAddress destination, Protocol protocol) {
        boolean ports = protocol.hasPorts();
        boolean icmp = protocol.hasIcmpTypes();
        return new FlowTuple(
                source,
                destination,
                protocol.number(),
                ports ? known(line, Field.SPORT) : 0,
                ports ? known(line, Field.DPORT) : 0,
                icmp ? known(line, Field.ICMP_TYPE) : 0,
                icmp ? known(line, Field.ICMP_CODE) : 0);
    }

    private static int known(LogLine line, Field field) {
        return (int) Math.max(0, line.number(field));
    }

    private static Optional<IpAddress> address(String text) {
        try {
            return Optional.of(AddressText.parseAddress(text));
        } catch (AddressSyntaxException e) {
            return Optional.empty();
        }
    }

    private static FlowOrigin origin(LogLine line) {
        return new FlowOrigin(
                text(line, Field.HOST),
                text(line, Field.INSTANCE),
                text(line, Field.DIRECTION).flatMap(LoggedFlows::direction),
                text(line, Field.REASON)
                        .filter(Reason.NO_INSTANCE.word()::equals)
                        .map(unlisted -> line.accepted() ? Verdict.ACCEPT : Verdict.REJECT));
    }

    private static Optional<String> text(LogLine line, Field field) {
        return line.has(field) ? Optional.of(line.text(field)) : Optional.empty();
    }

    private static Optional<Direction> direction(String word) {
        return Stream.of(Direction.values())
                .filter(direction -> direction.word().equals(word))
                .findFirst();
    }

    private List<String> remarks() {
        var remarks = new ArrayList<>(conversations.remarks());
        if (withoutFlow > 0) {
            remarks.add(Plural.grouped(withoutFlow)
                    + " decisions were not judged: their lines do not name the flow (ICMP in the VPC format, or a"
                    + " packet that could not be decoded)");
        }
        if (left > 0) {
            remarks.add(Plural.grouped(left)
                    + " decisions were left out: there are more different ones than are remembered at once; read a part"
                    + " of the log");
        }
        if (lost > 0) {
            remarks.add(Plural.grouped(lost) + " decisions are not in the log: it was written too slowly");
        }
        if (gaps > 0) {
            remarks.add(Plural.grouped(gaps) + " times AWS skipped records (SKIPDATA) without saying how many");
        }
        return remarks;
    }
}
