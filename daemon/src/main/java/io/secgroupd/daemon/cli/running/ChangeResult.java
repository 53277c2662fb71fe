package io.secgroupd.daemon.cli.running;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.secgroupd.daemon.admin.AdminClient.Reply;
import io.secgroupd.daemon.cli.common.CommandFailedException;
import io.secgroupd.daemon.cli.common.ExitCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The result of a change that the daemon was asked to make.
 *
 * @param hash     the hash of the policy in force afterwards
 * @param message  the result in one sentence
 * @param problems the problems of the files, with their places
 * @param json     the unchanged answer
 */
record ChangeResult(boolean refused, String hash, String message, List<String> problems, String json) {

    static ChangeResult of(Reply reply) {
        String hash = "";
        String message = "";
        var problems = new ArrayList<String>();
        try (JsonParser json = new JsonFactory().createParser(reply.body())) {
            while (json.nextToken() != null) {
                if (json.currentToken() == JsonToken.VALUE_STRING) {
                    String text = json.getText();
                    boolean listed = json.getParsingContext().inArray();
                    if (listed) {
                        problems.add(text);
                    } else if (json.currentName().equals("hash")) {
                        hash = text;
                    } else if (json.currentName().equals("message")) {
                        message = text;
                    }
                }
            }
        } catch (IOException e) {
            throw new CommandFailedException(
                    ExitCode.FAILED,
                    "the answer is not from a daemon of this version: check what serves the socket, and restart the daemon",
                    e);
        }
        return new ChangeResult(DaemonCall.isRefused(reply), hash, message, List.copyOf(problems), reply.body());
    }

    /** Enough digits of the hash to identify the policy. */
    String shortHash() {
        return hash.substring(0, Math.min(12, hash.length()));
    }

    /** The result as text for people. */
    String text() {
        var lines = new ArrayList<>(problems);
        lines.add(message);
        return String.join("\n", lines) + "\n";
    }
}
