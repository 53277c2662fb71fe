package io.secgroupd.daemon.faults;

import static io.secgroupd.daemon.faults.SwappingPolicy.OPEN;
import static io.secgroupd.daemon.faults.SwappingPolicy.OPEN_OUTWARDS;
import static io.secgroupd.daemon.faults.SwappingPolicy.SHUT;
import static io.secgroupd.daemon.faults.SwappingPolicy.SHUT_OUTWARDS;

import io.secgroupd.daemon.e2e.JudgedHost;
import io.secgroupd.daemon.testkit.Tally;
import io.secgroupd.daemon.testkit.TcpService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** What goes on at a host during each fault: some 400 knocks a second in both directions, and a connection that lasts. */
final class Traffic implements AutoCloseable {

    private static final Duration OFTEN = Duration.ofMillis(10);
    private static final Duration SELDOM = Duration.ofMillis(40);

    private final JudgedHost host;
    private final List<Tally> stacks;
    private final List<Knocks> allowed = new ArrayList<>();
    private final List<Knocks> denied = new ArrayList<>();
    private final List<Knocks> pair = new ArrayList<>();
    private final EchoFlow flow;
    private long others = 1; // the flow
    private Duration gap = Duration.ZERO;
    private boolean ended;

    private Traffic(JudgedHost host) {
        this.host = host;
        stacks = List.of(Tally.of(host.client, host.daemon()), Tally.of(host.server, host.daemon()));
        allowed.add(Knocks.at(host.client, JudgedHost.SERVER_4, OPEN, OFTEN));
        allowed.add(Knocks.at(host.client, JudgedHost.SERVER_6, OPEN, OFTEN));
        allowed.add(Knocks.at(host.server, JudgedHost.CLIENT_4, OPEN_OUTWARDS, OFTEN));
        denied.add(Knocks.at(host.client, JudgedHost.SERVER_4, SHUT, SELDOM));
        denied.add(Knocks.at(host.client, JudgedHost.SERVER_6, SHUT, SELDOM));
        denied.add(Knocks.at(host.server, JudgedHost.CLIENT_4, SHUT_OUTWARDS, SELDOM));
        for (int edit = 0; edit < 2; edit++) {
            pair.add(Knocks.at(host.client, JudgedHost.SERVER_4, SwappingPolicy.opened(edit), SELDOM));
        }
        flow = EchoFlow.over(host.connect(SwappingPolicy.FLOW));
    }

    /**
     * Listens at each door, also at those that must never answer. Before the daemon: neighbours find each other here.
     *
     * @return who listens where all are let in
     */
    static TcpService listen(JudgedHost host) {
        for (int edit = 0; edit < 2; edit++) {
            TcpService.listenForMany(host.server, SwappingPolicy.opened(edit));
        }
        TcpService.listen(host.server, SHUT);
        TcpService.listen(host.server, SwappingPolicy.FLOW);
        TcpService.listenForMany(host.client, OPEN_OUTWARDS);
        TcpService.listen(host.client, SHUT_OUTWARDS);
        JudgedHost.assertOpen(host.client, JudgedHost.SERVER_4, SHUT);
        JudgedHost.assertOpen(host.client, JudgedHost.SERVER_6, SHUT);
        JudgedHost.assertOpen(host.server, JudgedHost.CLIENT_4, SHUT_OUTWARDS);
        return TcpService.listenForMany(host.server, OPEN);
    }

    /** Begins, and waits until each door that is to answer has done so. */
    static Traffic begin(JudgedHost host, int edit) {
        var traffic = new Traffic(host);
        traffic.awaitWell(edit);
        return traffic;
    }

    /** From here on gaps count; an answer of a door that is to be shut counts from the beginning. */
    void watch() {
        allowed.forEach(knocks -> knocks.answers().reset());
        flow.reset();
    }

    /** Waits until all that is allowed by this edit answers a knock from now on. */
    void awaitWell(int edit) {
        allowed.forEach(knocks -> knocks.answers().awaitNext(knocks.name()));
        awaitEdit(edit);
    }

    /** Waits until the port that this edit opens answers. */
    void awaitEdit(int edit) {
        Knocks opened = pair.get(edit % 2);
        opened.answers().awaitNext(opened.name());
    }

    /** Knocks at one more door that must not answer. */
    void alsoDenied(String address, int port) {
        denied.add(Knocks.at(host.client, address, port, SELDOM));
    }

    /** The fault has sent so many first packets of its own. */
    void alsoSent(long packets) {
        others += packets;
    }

    /** All first packets that went to the host or came out of it. */
    long sent() {
        long knocks = Stream.of(allowed, denied, pair)
                .flatMap(List::stream)
                .mapToLong(Knocks::sent)
                .sum();
        long repeats = stacks.stream()
                .mapToLong(stack -> stack.stack("TcpExt TCPSynRetrans"))
                .sum();
        return knocks + others + repeats;
    }

    /** The longest time in which one of the open doors let nobody in, from the beginning of the watch to the end. */
    Duration longestGap() {
        return gap;
    }

    /** From the first answer of a door that is to be shut to the last. */
    Duration openTime() {
        return longest(denied, AnswerTimes::open);
    }

    private static Duration longest(List<Knocks> doors, Function<AnswerTimes, Duration> time) {
        return doors.stream()
                .map(knocks -> time.apply(knocks.answers()))
                .max(Duration::compareTo)
                .orElseThrow();
    }

    EchoFlow flow() {
        return flow;
    }

    /** Waits for what is on its way. */
    void end() {
        if (!ended) {
            ended = true;
            gap = longest(allowed, AnswerTimes::longestGap);
            flow.end();
            Stream.of(allowed, denied, pair).flatMap(List::stream).forEach(Knocks::end);
        }
    }

    /** Waits for nothing that may not come. */
    @Override
    public void close() {
        if (!ended) {
            flow.drop();
            end();
        }
    }
}
