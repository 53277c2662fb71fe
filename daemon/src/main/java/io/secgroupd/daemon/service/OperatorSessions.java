package io.secgroupd.daemon.service;

import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.net.IpAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The TCP connections that are open to some ports of this host, such as those of sshd. They are read from {@code
 * /proc/net/tcp} and {@code tcp6}, which proc(5) describes: addresses stand there as words of 32 bits in the byte order of the
 * machine, which is little-endian wherever the packages of this program run.
 */
final class OperatorSessions {

    private static final int TCP = 6;
    private static final String ESTABLISHED = "01";
    private static final int IPV4_DIGITS = 8;

    private final List<Path> tables;

    private OperatorSessions(List<Path> tables) {
        this.tables = tables;
    }

    /** Those of the network namespace in which this process runs. */
    static OperatorSessions ofThisHost() {
        return in(Path.of("/proc/net"));
    }

    static OperatorSessions in(Path directory) {
        return new OperatorSessions(List.of(directory.resolve("tcp"), directory.resolve("tcp6")));
    }

    /** A connection: who has opened it, and to what. */
    record Session(IpAddress source, IpAddress here, int port) {

        /** The same connection, made anew. */
        FlowTuple flow() {
            return FlowTuple.ofPorts(source, here, TCP, port);
        }

        @Override
        public String toString() {
            return "tcp " + source + " -> " + here + " port " + port;
        }
    }

    /**
     * The connections that are open to these ports, without those over loopback, which nobody judges.
     *
     * @throws IOException when the kernel's tables cannot be read
     */
    List<Session> open(Set<Integer> ports) throws IOException {
        var sessions = new ArrayList<Session>();
        for (Path table : tables) {
            try (Stream<String> lines = Files.lines(table, StandardCharsets.US_ASCII)) {
                lines.skip(1)
                        .flatMap(line -> session(line).stream())
                        .filter(session -> ports.contains(session.port()))
                        .filter(session -> !session.source().isLoopback())
                        .forEach(sessions::add);
            } catch (NoSuchFileException e) {
                // A kernel without IPv6 has no tcp6.
            }
        }
        return sessions;
    }

    /** Reads a line such as {@code 0: 0100007F:0016 0200007F:D2A4 01 …}: slot, local end, remote end, state. */
    private static Optional<Session> session(String line) {
        String[] words = line.strip().split("\\s+", 5);
        if (words.length < 5 || !words[3].equals(ESTABLISHED)) {
            return Optional.empty();
        }
        String[] here = words[1].split(":", 2);
        String[] remote = words[2].split(":", 2);
        return Optional.of(new Session(address(remote[0]), address(here[0]), HexFormat.fromHexDigits(here[1])));
    }

    private static IpAddress address(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        for (int word = 0; word < bytes.length; word += 4) {
            swap(bytes, word, word + 3);
            swap(bytes, word + 1, word + 2);
        }
        return hex.length() > IPV4_DIGITS && isMapped(bytes) ? mapped(bytes) : IpAddress.ofBytes(bytes);
    }

    private static void swap(byte[] bytes, int one, int other) {
        byte kept = bytes[one];
        bytes[one] = bytes[other];
        bytes[other] = kept;
    }

    /** A socket that listens for both families shows IPv4 as ::ffff:a.b.c.d, while packets and rules know only IPv4. */
    private static boolean isMapped(byte[] bytes) {
        for (int i = 0; i < 10; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return bytes[10] == -1 && bytes[11] == -1;
    }

    private static IpAddress mapped(byte[] bytes) {
        return IpAddress.ofBytes(new byte[] {bytes[12], bytes[13], bytes[14], bytes[15]});
    }
}
