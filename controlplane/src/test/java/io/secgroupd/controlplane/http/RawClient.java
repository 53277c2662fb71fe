package io.secgroupd.controlplane.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A client that sends exactly the bytes that it is told to. */
final class RawClient implements AutoCloseable {

    /** Long enough for any machine; a test that needs it fails. */
    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;
    private final InputStream in;

    private RawClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    static RawClient to(InetSocketAddress server) throws IOException {
        var socket = new Socket();
        socket.connect(server);
        return new RawClient(socket);
    }

    /** Sends text, each character as one byte. */
    RawClient send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    /** One answer; of one to HEAD, the length is read over. */
    Answer answer() throws IOException {
        return answer(true);
    }

    Answer answer(boolean withBody) throws IOException {
        String status = line();
        var fields = new ArrayList<String>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            fields.add(line);
        }
        int length = fields.stream()
                .filter(field -> field.startsWith("content-length: "))
                .mapToInt(field -> Integer.parseInt(field.substring("content-length: ".length())))
                .findFirst()
                .orElse(0);
        byte[] body = withBody ? in.readNBytes(length) : new byte[0];
        return new Answer(status, fields, new String(body, StandardCharsets.ISO_8859_1));
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("The server closed the connection after \"" + line + "\".");
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1).strip();
    }

    /** Waits until the server closes; what it sends before is dropped. */
    void awaitClosed() throws IOException {
        try {
            in.readAllBytes();
        } catch (java.net.SocketException reset) {
            // closed as well
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    record Answer(String status, List<String> fields, String body) {

        int code() {
            return Integer.parseInt(status.substring(9, 12));
        }

        List<String> values(String name) {
            return fields.stream()
                    .filter(field -> field.regionMatches(true, 0, name + ": ", 0, name.length() + 2))
                    .map(field -> field.substring(name.length() + 2))
                    .toList();
        }
    }
}
