package io.secgroupd.daemon.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The AWS command line on a host, as somebody has it whose home directory holds the credentials. Debian's is taken where it
 * is installed, because it is an old one: it knows no setting for the address of the server but its option.
 */
public final class AwsCli {

    private static final String PATH = "/usr/bin:/usr/sbin:/bin:/sbin:" + System.getenv("PATH");

    private final NetworkNamespace host;
    private final Path home;

    /** @param home the directory with {@code .aws/credentials} */
    public AwsCli(NetworkNamespace host, Path home) {
        this.host = host;
        this.home = home;
    }

    /** Whether there is one on this machine. */
    public static boolean isInstalled() {
        return Stream.of(PATH.split(":"))
                .map(directory -> Path.of(directory, "aws"))
                .anyMatch(Files::isExecutable);
    }

    /**
     * Runs a command line as it stands. No variable of the test's own environment reaches it: neither other credentials nor a
     * proxy.
     *
     * @param profile who asks: a section of the credentials
     */
    public Script run(String profile, String line) throws IOException, InterruptedException {
        return Script.run(
                home,
                String.join(
                        " ",
                        "env -i LANG=C.UTF-8 AWS_DEFAULT_REGION=us-east-1",
                        "'PATH=" + PATH + "'",
                        "'HOME=" + home + "'",
                        "AWS_PROFILE=" + profile,
                        "ip netns exec " + host.name(),
                        line));
    }
}
