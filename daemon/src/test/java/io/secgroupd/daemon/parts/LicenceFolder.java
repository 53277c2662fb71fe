package io.secgroupd.daemon.parts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The list of licences, with the text of each beside it: that which the part itself brings, or else one that the build has of it,
 * or else that of its licence.
 */
final class LicenceFolder {

    /** The name of the list. */
    static final String LIST = "THIRD-PARTY.md";

    private final Path project;
    private final Path into;
    private final LicenceTexts brought;

    /** Writes into a folder, which is made, for a project that has its own licence in {@code LICENSE}. */
    LicenceFolder(Path project, Path into) {
        this.project = project;
        this.into = into;
        this.brought = new LicenceTexts(into);
    }

    /** Writes the list and the texts. */
    void write(String version, List<ShippedPart> parts, Optional<JavaRuntime> runtime) throws IOException {
        Files.createDirectories(into);
        for (ShippedPart part : parts) {
            brought.unpack(part);
        }
        var list = new StringBuilder("# Parts of others\n\n")
                .append("secgroupd ")
                .append(version)
                .append(
                        " holds these parts as their makers publish them. Where a part is offered under one of several\n")
                .append(
                        "licences, it is used under the first. The files in `lib/native` are from the jars of jna and of\n")
                .append("netty-transport-native-epoll.\n\n")
                .append("| part | version | licence | text | from |\n| --- | --- | --- | --- | --- |\n");
        for (ShippedPart part : parts) {
            list.append(row(part)).append('\n');
        }
        runtime.ifPresent(java -> list.append("\nThe Java runtime in `runtime` is built by ")
                .append(java.maker())
                .append(", version ")
                .append(java.version())
                .append(", under ")
                .append(JavaRuntime.LICENCE)
                .append(":\nits texts are in `runtime/legal`.\n"));
        Files.writeString(into.resolve(LIST), list);
    }

    private String row(ShippedPart part) throws IOException {
        String which = part.classifier().isEmpty() ? "" : " (" + part.classifier() + ")";
        String licences = part.licences().stream().map(Licence::id).collect(Collectors.joining(" or "));
        String links = texts(part).stream()
                .map(file -> "[" + file.substring(file.indexOf('/') + 1) + "](" + file + ")")
                .collect(Collectors.joining(", "));
        return "| " + part.name() + which + " | " + part.version() + " | " + licences + " | " + links + " | "
                + part.url().orElse("") + " |";
    }

    /** The files with the texts of a part. */
    private List<String> texts(ShippedPart part) throws IOException {
        List<String> files = new ArrayList<>(brought.of(part));
        if (files.stream().allMatch(file -> file.contains("NOTICE"))) {
            files.add(text(part));
        }
        return files;
    }

    private String text(ShippedPart part) throws IOException {
        Licence licence = part.licences().get(0);
        Path given = project.resolve("daemon/src/build/licences").resolve(part.name() + ".txt");
        if (Files.exists(given)) {
            return copy(given, part.name() + ".txt");
        }
        return switch (licence) {
            case APACHE_2 -> copy(project.resolve("LICENSE"), licence.id() + ".txt");
            case LGPL_2_1, LGPL_2_1_LATER -> brought.any("LGPL2.1");
            default ->
                throw new IOException("there is no text of " + licence.id() + " for " + part.name()
                        + ": write the one that it asks for into " + given);
        };
    }

    private String copy(Path text, String name) throws IOException {
        if (Files.notExists(into.resolve(name))) {
            Files.copy(text, into.resolve(name));
        }
        return name;
    }
}
