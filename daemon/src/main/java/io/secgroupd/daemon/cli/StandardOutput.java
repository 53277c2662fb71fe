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
 * The output of every command. Java's writers hide errors: a full disk or a closed pipe would leave a truncated file
 * and exit code 0. Here the first error ends the command, even in the middle of a long output.
 */
final class StandardOutput extends OutputStream {

    private final OutputStream descriptor;
    private boolean failed;

    /** @param descriptor the open descriptor */
    StandardOutput(OutputStream descriptor) {
        this.descriptor = descriptor;
    }

    static StandardOutput ofThisProcess() {
        return new StandardOutput(new FileOutputStream(FileDescriptor.out));
    }

    PrintWriter writer() {
        return new PrintWriter(this, true, StandardCharsets.UTF_8);
    }

    /** Reports whether part of the output could not be written. */
    boolean failed() {
        return failed;
    }

    @Override
    public void write(int one) {
        write(new byte[] {(byte) one}, 0, 1);
    }

    /** Fails only once, because a later close or flush has nothing new to report. */
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
