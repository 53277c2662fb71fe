package io.secgroupd.daemon.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.testkit.NetnsTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher finds a Java that is new enough, and says so clearly when there is none. It needs root to hide those here. */
@NetnsTest
class LauncherIT {

    private static final String PROGRAM =
            Path.of("target/dist/bin/secgroupd").toAbsolutePath().toString();
    private static final String WITHOUT_INSTALLED_JAVA = "mount -t tmpfs none /usr/lib/jvm && exec \"$@\"";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void startsWithTheJavaOfThisHost() throws Exception {
        Finished version = run(List.of(PROGRAM, "--version"), "");

        assertThat(version.exitCode()).isZero();
        assertThat(version.output()).startsWith("secgroupd 0.");
    }

    @Test
    void withoutAnyJavaItNamesThePackage() throws Exception {
        Finished version = run(hidden(), "");

        assertThat(version.exitCode()).isEqualTo(3);
        assertThat(version.output()).contains("needs Java 17 or newer").contains("openjdk-17-jre-headless");
    }

    @Test
    void anOldJavaIsNotEnough() throws Exception {
        Path old = directory.resolve("old");
        Files.createDirectories(old.resolve("bin"));
        Files.writeString(old.resolve("release"), "JAVA_VERSION=\"11.0.2\"\n");
        Files.createFile(
                old.resolve("bin/java"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));

        assertThat(run(hidden(), old.toString()).exitCode()).isEqualTo(3);
    }

    private static List<String> hidden() {
        return List.of("unshare", "--mount", "sh", "-c", WITHOUT_INSTALLED_JAVA, "sh", PROGRAM, "--version");
    }

    private record Finished(int exitCode, String output) {}

    private static Finished run(List<String> command, String javaHome) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", javaHome);
        builder.environment().put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Finished(process.waitFor(), output);
    }
}
