import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;

/**
 * Somebody between a host and its control servers, on loopback. It answers with a pointer that was recorded, and with the pieces
 * that it has in its directory; in place of any other piece it gives bytes that do not have the hash.
 */
final class HostileFeed {
    private static final byte[] POISON = "version: 1\n".getBytes();

    public static void main(String[] portAndDirectory) throws IOException {
        int port = Integer.parseInt(portAndDirectory[0]);
        Path directory = Path.of(portAndDirectory[1]);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/v1/pointer", call -> answer(call, Files.readAllBytes(directory.resolve("pointer"))));
        server.createContext("/v1/pieces/", call -> answer(call, piece(directory, call.getRequestURI().getPath())));
        server.createContext("/v1/report", call -> answer(call, "{}".getBytes()));
        server.start();
        System.out.println("listening");
    }

    private static byte[] piece(Path directory, String path) throws IOException {
        Path recorded = directory.resolve(path.substring(path.lastIndexOf('/') + 1));
        return Files.exists(recorded) ? Files.readAllBytes(recorded) : POISON;
    }

    private static void answer(HttpExchange call, byte[] body) throws IOException {
        try (call) {
            call.getRequestBody().readAllBytes();
            call.sendResponseHeaders(200, body.length);
            call.getResponseBody().write(body);
        }
    }
}
