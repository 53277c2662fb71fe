package io.secgroupd.daemon.attack;

import io.secgroupd.rules.fuzz.Mutations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What one may write to the admin socket by seed: changes in every spelling, requests within requests, and what is neither. */
final class HostileRequests {

    private static final Path KEPT = Path.of("src/test/resources/fuzz/AdminHttpFuzz");
    private static final String RELOAD = "POST /reload HTTP/1.1\r\n\r\n";

    private static final List<String> SPELLED = List.of(
            "POST /%72eload HTTP/1.1\r\n\r\n",
            "POST //reload HTTP/1.1\r\n\r\n",
            "POST /x/../reload HTTP/1.1\r\n\r\n",
            "POST /reload/ HTTP/1.1\r\n\r\n",
            "POST /reload%00 HTTP/1.1\r\n\r\n",
            "POST http://localhost/reload HTTP/1.1\r\n\r\n",
            "post /reload HTTP/1.1\r\n\r\n",
            "CONNECT /reload HTTP/1.1\r\n\r\n",
            "GET /reload HTTP/1.1\r\nX-HTTP-Method-Override: POST\r\n\r\n",
            "GET /status HTTP/1.1\r\nContent-Length: 0\r\n\r\n" + RELOAD,
            "GET /status HTTP/1.1\r\nContent-Length: 30\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + RELOAD,
            "GET /status HTTP/1.1\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n"
                    + RELOAD,
            "GET /status HTTP/1.1\nHost: x\n\nPOST /reload HTTP/1.1\n\n",
            "GET /status HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
            "GET /status HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
            "POST /apply HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            "GET /status HTTP/1.1\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n",
            "GET /" + "a".repeat(20_000) + " HTTP/1.1\r\n\r\n",
            "GET /status HTTP/1.1\r\n" + "X: y\r\n".repeat(5000) + "\r\n");

    private final List<byte[]> whole = new ArrayList<>();
    private final Mutations mutations;
    private int given;

    HostileRequests(long seed) {
        try (Stream<Path> files = Files.list(KEPT)) {
            for (Path file : files.sorted().toList()) {
                whole.add(Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw new IllegalStateException("the inputs that are kept are not there", e);
        }
        SPELLED.forEach(text -> whole.add(text.getBytes(StandardCharsets.ISO_8859_1)));
        mutations = new Mutations(whole, seed);
    }

    /** First each of them as it is, and then others that are like them. */
    byte[] next() {
        return given < whole.size() ? whole.get(given++) : mutations.next();
    }
}
