package io.secgroupd.daemon.cli.running;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.secgroupd.daemon.admin.AdminClient;
import io.secgroupd.daemon.admin.AdminClient.Reply;
import io.secgroupd.daemon.cli.common.CommandFailedException;
import io.secgroupd.daemon.cli.common.ExitCode;
import io.secgroupd.daemon.cli.common.OutputOptions;
import io.secgroupd.daemon.cli.common.SettingsFile;
import io.secgroupd.daemon.settings.DaemonSettings;
import io.secgroupd.rules.text.Printable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/** Asks the running daemon one question and prints its answer unchanged. */
final class DaemonCall {

    private static final String JSON = "application/json";
    private static final int OK = 200;
    private static final int REFUSED = 422;

    private final OutputOptions common;

    DaemonCall(OutputOptions common) {
        this.common = common;
    }

    int ask(String method, String path) {
        return print(answered(send(method, path, accept(), new byte[0])));
    }

    /** Asks for a change. The reply, even a refusal, has the format in which it is to be printed. */
    Reply post(String path) {
        return answered(send("POST", path, accept(), new byte[0]));
    }

    /** Asks for a change with a body. The reply is in JSON, whatever format is to be printed. */
    ChangeResult change(String path, byte[] body) {
        return ChangeResult.of(answered(send("POST", path, JSON, body)));
    }

    static boolean isRefused(Reply reply) {
        return reply.status() == REFUSED;
    }

    /** Prints an answer, and returns the exit code. */
    int print(Reply reply) {
        return print(isRefused(reply), reply.body());
    }

    /** Reports whether a daemon seems to run that reads this rules file. */
    boolean follows(Path rules) {
        DaemonSettings settings = SettingsFile.read(common.config, common.err());
        Path followed = settings.rules().toAbsolutePath().normalize();
        return followed.equals(rules.toAbsolutePath().normalize())
                && Files.exists(settings.admin().socket());
    }

    /** Prints the result of a change, and returns the exit code. */
    int print(ChangeResult outcome) {
        return print(outcome.refused(), common.json() ? outcome.json() : outcome.text());
    }

    private int print(boolean refused, String body) {
        PrintWriter printer = refused && !common.json() ? common.err() : common.out();
        printer.print(shown(body));
        printer.flush();
        return refused ? ExitCode.NO : ExitCode.DONE;
    }

    void say(String sentence) {
        common.out().println(sentence);
    }

    void warn(String sentence) {
        common.err().println("secgroupd: " + sentence);
    }

    boolean wantsJson() {
        return common.json();
    }

    private String accept() {
        return common.json() ? JSON : "text/plain";
    }

    /** Lets only text and line breaks reach the terminal, whatever process serves the socket. */
    private static String shown(String body) {
        var shown = new StringBuilder(body.length());
        body.codePoints().map(c -> c == '\n' || Printable.is(c) ? c : '?').forEach(shown::appendCodePoint);
        return shown.toString();
    }

    private static Reply answered(Reply reply) {
        if (reply.status() != OK && reply.status() != REFUSED) {
            throw new CommandFailedException(ExitCode.FAILED, "the daemon says: " + shown(error(reply)));
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
        Path socket = SettingsFile.read(common.config, common.err()).admin().socket();
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
                + "; check that it runs, and that you are root or in the group of the socket";
    }
}
