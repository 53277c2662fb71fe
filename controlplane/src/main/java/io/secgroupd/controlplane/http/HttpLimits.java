package io.secgroupd.controlplane.http;

import java.time.Duration;
import java.util.stream.Stream;

/**
 * The most that one client, or all clients together, can cost.
 *
 * @param body               the longest body, in bytes
 * @param bodies             all bodies that arrive at a time, in bytes; what has no room is refused with the status 503
 * @param head               the longest header lines together, in bytes
 * @param connections        at a time; a further one is closed at once
 * @param connectionsOfOne   of them, those of one address that is not loopback
 * @param request            until a request must have arrived as a whole, and again until its answer must have been taken
 * @param idle               until the next request must have begun
 * @param workers            the requests that are worked on at a time
 * @param waiting            the requests that may wait for a worker; a further one is refused with the status 503
 * @param drain              how long {@link HttpServer#close} waits for answers that are on their way
 */
public record HttpLimits(
        int body,
        int bodies,
        int head,
        int connections,
        int connectionsOfOne,
        Duration request,
        Duration idle,
        int workers,
        int waiting,
        Duration drain) {

    /**
     * Checks that something can be served.
     *
     * @throws IllegalArgumentException when a number or a time is not positive
     */
    public HttpLimits {
        boolean counts = Stream.of(body, bodies, head, connections, connectionsOfOne, workers, waiting)
                .allMatch(number -> number > 0);
        boolean times = Stream.of(request, idle, drain).noneMatch(time -> time.isNegative() || time.isZero());
        if (!counts || !times) {
            throw new IllegalArgumentException("Each limit of the HTTP server is more than nothing.");
        }
    }

    /** Enough for the largest request of an AWS client (a few hundred kilobytes), for many clients, and for a fleet of some hundred hosts. */
    public static final HttpLimits DEFAULT = new HttpLimits(
            1 << 20,
            16 << 20,
            16 << 10,
            1024,
            64,
            Duration.ofSeconds(20),
            Duration.ofSeconds(60),
            4,
            64,
            Duration.ofSeconds(5));

    /**
     * The same for a fleet of another size: each host keeps a connection, and a few requests of each may come at once.
     *
     * @param most connections at a time
     */
    public HttpLimits withConnections(int most) {
        return new HttpLimits(
                body, bodies, head, most, connectionsOfOne, request, idle, workers, Math.max(waiting, most), drain);
    }

    /**
     * The longest request line, in bytes. It is as long as common proxies let it be; a longer one is refused with the
     * status 414.
     */
    static final int LINE = 8192;

    /** The largest piece in which a body is handed on, in bytes. */
    static final int CHUNK = 8192;

    /**
     * How long a refused client may go on sending. Closing at once would reset the connection, and the client would never
     * read why.
     */
    static final Duration DISCARD = Duration.ofSeconds(2);
}
