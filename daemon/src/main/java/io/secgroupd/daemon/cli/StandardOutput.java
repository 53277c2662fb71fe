package io.secgroupd.daemon.cli;

import io.secgroupd.daemon.cli.common.CommandFailedException;
import io.secgroupd.daemon.cli.common.ExitCode;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * Where every command prints to. A writer of Java's keeps errors to itself: a full disk or a closed pipe would leave a cut file
 * and exit code 0. Here the first of them ends the command, in the middle of a long output too.
 */
final class StandardOutput extends OutputStream {

    private final OutputStream descriptor;
    private boolean failed;

    /** @param descriptor as it is open */
    StandardOutput(OutputStream descriptor) {
        this.descriptor = descriptor;
    }

    static StandardOutput ofThisProcess() {
        return new StandardOutput(new FileOutputStream(FileDescriptor.out));
    }

    PrintWriter writer() {
        return new PrintWriter(this, true, StandardCharsets.UTF_8);
    }

    /** Whether anything is missing from what was printed. */
    boolean failed() {
        return failed;
    }

    @Override
    public void write(int one) {
        write(new byte[] {(byte) one}, 0, 1);
    }

    /** Fails once: whoever closes or flushes after that has nothing new to tell. */
    @Override
    public void write(byte[] bytes, int offset, int length) {
        if (failed) {
            return;
        }
        try {
            descriptor.write(bytes, offset, length);
        } catch (IOException e) {
            failed = true;
            throw new CommandFailedException(
                    ExitCode.FAILED,
                    "the output is incomplete, since no more of it can be written: " + e.getMessage()
                            + "; free space on a full disk, or keep the reader of a pipe running",
                    e);
        }
    }
}
