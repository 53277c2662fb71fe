package io.secgroupd.daemon.cli.common;

import picocli.CommandLine.IVersionProvider;

/** The version, from the manifest of the jar that this class is in. */
public final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"secgroupd " + text()};
    }

    public static String text() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "(unpackaged)" : version;
    }
}
