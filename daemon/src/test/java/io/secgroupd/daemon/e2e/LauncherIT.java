package io.secgroupd.daemon.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.Script;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "export CDPATH=.:/usr:/; cd dist >/dev/null && bin/secgroupd --version",
                "cd dist/bin && sh secgroupd --version",
                "cd dist/bin && bash ./secgroupd --version",
                "PATH=$PWD/dist/bin:$PATH; cd / && secgroupd --version",
                "ln -s dist/bin/secgroupd one; ln -s one two; mkdir in; ln -s ../two in/three; in/three --version",
                "mkdir in; ln -s ../dist/bin in/bin; in/bin/secgroupd --version",
                "mv dist './-dash' && ./-dash/bin/secgroupd --version",
                "mv dist 'a:b' && a:b/bin/secgroupd --version",
                "mv dist 'größe: 1 m' && ln -s 'größe: 1 m/bin/secgroupd' one && LC_ALL=C ./one --version",
                "env -i dist/bin/secgroupd --version",
                "env -i dash dist/bin/secgroupd --version",
                "dist/bin/secgroupd --version <&- 2>&-"
            })
    void startsFromWhereverAndHoweverItIsCalled(String line) throws Exception {
        Script.run(directory, "cp -r \"${SG%/bin/*}\" dist");

        Script version = Script.run(directory, Map.of("LC_ALL", "C.UTF-8"), line);

        assertThat(version.err()).isEmpty();
        assertThat(version.out()).startsWith("secgroupd 0.");
    }

    @Test
    void aClassArchiveHoldsInADirectoryWithAColonToo() throws Exception {
        Script made = Script.run(
                directory,
                "cp -r \"${SG%/bin/*}\" a:b && rm -f a:b/lib/classes.jsa"
                        + " && SECGROUPD_JAVA_OPTS='-Xshare:dump -XX:SharedArchiveFile=classes.jsa' a:b/bin/secgroupd check;"
                        + " cp classes.jsa a:b/lib/");
        assertThat(directory.resolve("a:b/lib/classes.jsa")).as(made.err()).exists();

        Script version = Script.run(directory, "SECGROUPD_JAVA_OPTS=-Xshare:on a:b/bin/secgroupd --version");

        assertThat(version.out()).startsWith("secgroupd 0.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"LC_ALL=C", "LC_ALL=POSIX", "LC_CTYPE=C", "LANG=", "LC_ALL=xx_XX.UTF-8", "LANG=de_DE.ISO-8859-1"
            })
    void theLocaleChangesNothing(String locale) throws Exception {
        Path folder = Files.createDirectory(directory.resolve("büro"));
        Files.writeString(folder.resolve("regeln.yaml"), "version: 1\ninclude: [gruppen-büro.yaml]\n");
        Files.writeString(folder.resolve("gruppen-büro.yaml"), "security_groups: { sg-ä: {} }\n");
        String line = "unset LC_ALL LC_CTYPE LANG; export " + locale
                + "; \"$SG\" check regeln.yaml; \"$SG\" check \"$PWD/regeln.yaml\"";

        Script without = Script.run(folder, line);
        Script with = Script.run(folder, "LC_ALL=C.UTF-8; export LC_ALL; " + line.substring(line.indexOf('"')));

        assertThat(with.out() + with.err()).contains("sg-ä").contains("büro/regeln.yaml");
        assertThat(without.exitCode()).isEqualTo(with.exitCode());
        assertThat(without.out()).isEqualTo(with.out());
        assertThat(without.err().lines().filter(text -> !text.startsWith("bash: ")))
                .as("bash itself warns of a locale that is not installed")
                .containsExactlyElementsOf(with.err().lines().toList());
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
