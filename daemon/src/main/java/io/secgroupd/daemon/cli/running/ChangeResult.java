package io.secgroupd.daemon.cli.running;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.secgroupd.daemon.admin.AdminClient.Reply;
import io.secgroupd.daemon.cli.common.CommandFailedException;
import io.secgroupd.daemon.cli.common.ExitCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
        var listed = new ArrayList<String>();
        Map<String, String> named = texts(reply.body(), listed);
        return new ChangeResult(
                DaemonCall.isRefused(reply),
                named.getOrDefault("hash", ""),
                named.getOrDefault("message", ""),
                List.copyOf(listed),
                reply.body());
    }

    /**
     * The texts of an answer, by their names.
     *
     * @param listed receives the texts of its lists, which have no names
     */
    static Map<String, String> texts(String answer, List<String> listed) {
        var named = new HashMap<String, String>();
        try (JsonParser json = new JsonFactory().createParser(answer)) {
            while (json.nextToken() != null) {
                if (json.currentToken() == JsonToken.VALUE_STRING) {
                    if (json.getParsingContext().inArray()) {
                        listed.add(json.getText());
                    } else {
                        named.put(json.currentName(), json.getText());
                    }
                }
            }
            return named;
        } catch (IOException e) {
            throw new CommandFailedException(
                    ExitCode.FAILED,
                    "the answer is not from a daemon of this version: check what serves the socket, and restart the daemon",
                    e);
        }
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
