package io.secgroupd.daemon.judges;

import io.secgroupd.daemon.capture.CaptureException;
import io.secgroupd.daemon.capture.CaptureFile;
import io.secgroupd.daemon.packet.DecodeStatus;
import io.secgroupd.daemon.packet.PacketDecoder;
import io.secgroupd.daemon.packet.PacketView;
import io.secgroupd.rules.fuzz.Mutations;
import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.net.IpAddress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The flows of all packets and captures that the tests keep, and of packets that are like them, once each. */
final class RecordedTraffic {

    private static final Path RESOURCES = Path.of("src/test/resources");

    private static final long SEED = 7;

    private final Set<FlowTuple> flows = new LinkedHashSet<>();
    private final List<byte[]> packets = new ArrayList<>();

    private RecordedTraffic() {}

    /** @param more how many packets are made from those that are kept */
    static List<FlowTuple> flows(int more) throws IOException, CaptureException {
        var traffic = new RecordedTraffic();
        for (Path file : files("packets")) {
            String hex = Files.readAllLines(file).stream()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.replace(" ", ""))
                    .collect(Collectors.joining());
            traffic.packet(HexFormat.of().parseHex(hex));
        }
        for (Path file : files("fuzz/PacketFuzz")) {
            traffic.packet(Files.readAllBytes(file));
        }
        for (Path file : files("fuzz/CaptureFuzz")) {
            try (CaptureFile capture = CaptureFile.open(file)) {
                capture.read(captured -> traffic.flows.add(captured.flow()));
            }
        }
        var like = new Mutations(List.copyOf(traffic.packets), SEED);
        Stream.generate(like::next).limit(more).forEach(traffic::packet);
        return List.copyOf(traffic.flows);
    }

    /** The ends of flows. */
    static List<IpAddress> ends(List<FlowTuple> flows) {
        return flows.stream()
                .flatMap(flow -> Stream.of(flow.source(), flow.destination()))
                .distinct()
                .toList();
    }

    /** The ports to which flows go. */
    static List<Integer> ports(List<FlowTuple> flows) {
        return new ArrayList<>(flows.stream().map(FlowTuple::destinationPort).collect(Collectors.toSet()));
    }

    private static List<Path> files(String folder) throws IOException {
        try (Stream<Path> files = Files.list(RESOURCES.resolve(folder))) {
            return files.sorted().toList();
        }
    }

    private void packet(byte[] bytes) {
        packets.add(bytes);
        var view = new PacketView();
        if (PacketDecoder.decode(ByteBuffer.wrap(bytes), 0, bytes.length, view) == DecodeStatus.OK) {
            flows.add(FlowTuple.of(view));
        }
    }
}
