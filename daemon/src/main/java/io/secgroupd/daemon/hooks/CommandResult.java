package io.secgroupd.daemon.hooks;

import java.util.List;

/** The result of a command: its exit code, its output, and its text on standard error. */
public record CommandResult(List<String> command, int exitCode, String output, String errors) {

    public CommandResult {
        command = List.copyOf(command);
    }

    public boolean succeeded() {
        return exitCode == 0;
    }

    /** Returns the output of a command that must succeed. */
    String outputOrThrow() throws HooksException {
        if (!succeeded()) {
            throw new HooksException(
                    "`" + String.join(" ", command) + "` failed with exit code " + exitCode + ": " + said());
        }
        return output;
    }

    /** The command's error text, in one line. */
    public String said() {
        String text = errors.isBlank() ? output : errors;
        return text.isBlank() ? "it said nothing" : text.strip().replaceAll("\\s*\\R\\s*", "; ");
    }
}
