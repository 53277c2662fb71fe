package io.secgroupd.daemon.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.secgroupd.daemon.admin.AdminClient;
import io.secgroupd.daemon.admin.AdminClient.Reply;
import io.secgroupd.daemon.cli.common.CommandFailedException;
import io.secgroupd.daemon.cli.common.ExitCode;
import io.secgroupd.daemon.cli.common.OutputOptions;
import io.secgroupd.daemon.cli.common.SettingsFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/** One question to the running daemon, its answer printed as it comes. */
final class DaemonCall {

    private static final String JSON = "application/json";
    private static final int OK = 200;
    private static final int REFUSED = 422;

    private final OutputOptions common;
    private final PrintWriter err;

    DaemonCall(OutputOptions common, PrintWriter err) {
        this.common = common;
        this.err = err;
    }

    int ask(String method, String path, PrintWriter out) {
        return ask(method, path, new byte[0], out);
    }

    int ask(String method, String path, byte[] body, PrintWriter out) {
        Reply reply = answered(send(method, path, common.json() ? JSON : "text/plain", body));
        boolean refused = reply.status() == REFUSED;
        PrintWriter printer = refused && !common.json() ? err : out;
        printer.print(reply.body());
        printer.flush();
        return refused ? ExitCode.NO : ExitCode.DONE;
    }

    /** The daemon's status, as JSON. */
    String status() {
        return answered(send("GET", "/status", JSON, new byte[0])).body();
    }

    private static Reply answered(Reply reply) {
        if (reply.status() != OK && reply.status() != REFUSED) {
            throw new CommandFailedException(ExitCode.FAILED, "the daemon says: " + error(reply));
        }
        return reply;
    }

    /** The sentence of an answer such as {@code {"error":"…"}}. */
    private static String error(Reply reply) {
        try (JsonParser json = new JsonFactory().createParser(reply.body())) {
            json.nextToken();
            String sentence = "error".equals(json.nextFieldName()) ? json.nextTextValue() : null;
            return sentence != null ? sentence : reply.body().strip();
        } catch (IOException e) {
            return "HTTP " + reply.status() + " " + reply.body().strip();
        }
    }

    private Reply send(String method, String path, String accept, byte[] body) {
        Path socket = SettingsFile.read(common, err).admin().socket();
        try {
            return new AdminClient(socket).ask(method, path, accept, body);
        } catch (IOException e) {
            throw new CommandFailedException(ExitCode.FAILED, obstacle(socket, e), e);
        }
    }

    private static String obstacle(Path socket, IOException e) {
        if (!Files.exists(socket)) {
            return "the daemon is not running: there is no " + socket
                    + "; start it with systemctl start secgroupd, or see what is wrong: secgroupd doctor";
        }
        return "the daemon does not answer on " + socket + ": " + e.getMessage()
                + "; see that it runs, and that you are root or in the group of the socket";
    }
}
