package io.secgroupd.daemon.parts;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * The Java runtime that the packages hold.
 *
 * @param maker   who has built the JDK that it is taken from
 * @param version of that, to the build
 */
record JavaRuntime(String maker, String version) {

    /** What its files in {@code runtime/legal} say at length. */
    static final String LICENCE = "GPL-2.0-only WITH Classpath-exception-2.0";

    /** Reads what a runtime says of itself in its file {@code release}. */
    static JavaRuntime of(Path home) throws IOException {
        var said = new Properties();
        try (Reader release = Files.newBufferedReader(home.resolve("release"))) {
            said.load(release);
        }
        String version = value(said, "JAVA_RUNTIME_VERSION", value(said, "JAVA_VERSION", "unknown"));
        return new JavaRuntime(value(said, "IMPLEMENTOR", "unknown"), version);
    }

    private static String value(Properties said, String name, String otherwise) {
        return said.getProperty(name, otherwise).replace("\"", "");
    }
}
