package io.secgroupd.daemon.cli;

import io.secgroupd.daemon.admin.AdminClient;
import io.secgroupd.daemon.admin.AdminClient.Reply;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/** One question to the running daemon, its answer printed as it comes. */
final class DaemonCall {

    private static final int OK = 200;
    private static final int REFUSED = 422;

    private final OutputOptions common;
    private final PrintWriter err;

    DaemonCall(OutputOptions common, PrintWriter err) {
        this.common = common;
        this.err = err;
    }

    int ask(String method, String path, PrintWriter out) {
        Path socket = SettingsFile.read(common, err).admin().socket();
        Reply reply = send(socket, method, path);
        boolean answered = reply.status() == OK || (reply.status() == REFUSED && common.json());
        PrintWriter printer = answered ? out : err;
        printer.print(reply.body());
        printer.flush();
        return switch (reply.status()) {
            case OK -> ExitCode.DONE;
            case REFUSED -> ExitCode.NO;
            default -> ExitCode.FAILED;
        };
    }

    private Reply send(Path socket, String method, String path) {
        try {
            return new AdminClient(socket).ask(method, path, common.json() ? "application/json" : "text/plain");
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
