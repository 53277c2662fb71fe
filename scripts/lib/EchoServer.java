import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A TCP service for the demo: echoes what it is sent, on every port that it is given. */
final class EchoServer {
    public static void main(String[] ports) throws IOException {
        for (String port : ports) {
            ServerSocket server = new ServerSocket();
            server.bind(new InetSocketAddress(Integer.parseInt(port)));
            new Thread(() -> serve(server)).start();
        }
        System.out.println("listening");
    }

    private static void serve(ServerSocket server) {
        while (true) {
            try {
                Socket client = server.accept();
                new Thread(() -> echo(client)).start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void echo(Socket client) {
        try (client) {
            client.getInputStream().transferTo(client.getOutputStream());
        } catch (IOException e) {
            // the client has gone
        }
    }
}
