package io.secgroupd.daemon.cli;

import picocli.CommandLine.IVersionProvider;

/** The version, from the manifest of the jar that this class is in. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"secgroupd " + text()};
    }

    static String text() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "(unpackaged)" : version;
    }
}
