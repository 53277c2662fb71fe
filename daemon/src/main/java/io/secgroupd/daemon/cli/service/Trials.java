package io.secgroupd.daemon.cli.service;

import io.secgroupd.daemon.admin.ApplyRequest;
import io.secgroupd.daemon.control.ControlPlane;
import io.secgroupd.daemon.control.LoadedPolicy;
import io.secgroupd.daemon.control.NextPolicy.Existing;
import io.secgroupd.daemon.control.NotCarriedException;
import io.secgroupd.daemon.control.RefusedPolicyException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Candidates for the place of the rules file, tried before they are written there. */
final class Trials {

    private final ControlPlane control;
    private final Path directory;

    /** @param state where candidates are kept: a restart finds the rules file as it was, and follows that */
    Trials(ControlPlane control, Path state) {
        this.control = control;
        this.directory = state.resolve("candidate");
    }

    /**
     * Why a candidate was not put in force.
     *
     * @param problems of the file, with their places
     */
    record Refusal(String why, List<String> problems) {}

    /** Puts a candidate in force, or says why not. */
    Optional<Refusal> start(ApplyRequest request) {
        Path candidate = candidate();
        try {
            write(candidate, request.content());
            LoadedPolicy policy = control.read(candidate);
            Optional<String> lockedOut =
                    request.caller().flatMap(caller -> LockoutGuard.objection(caller, policy.filter()));
            if (lockedOut.isPresent()) {
                return Optional.of(new Refusal(lockedOut.get(), List.of()));
            }
            Optional<Existing> existing =
                    request.existing().map(word -> Existing.valueOf(word.toUpperCase(Locale.ROOT)));
            control.tryOut(candidate, policy, existing, request.time());
            return Optional.empty();
        } catch (RefusedPolicyException e) {
            return Optional.of(new Refusal(
                    String.valueOf(e.getMessage()),
                    e.problems().stream()
                            .map(problem -> problem.toString().replace(candidate.toString(), request.name()))
                            .toList()));
        } catch (NotCarriedException e) {
            return Optional.of(new Refusal(String.valueOf(e.getMessage()), List.of()));
        } catch (IOException e) {
            return Optional.of(new Refusal("the candidate cannot be stored: " + e, List.of()));
        }
    }

    private Path candidate() {
        return directory.resolve(String.valueOf(control.rules().getFileName()));
    }

    /** Beside it stand links to what stands beside the rules file: whatever that includes, the candidate can include. */
    private void write(Path candidate, ByteBuffer content) throws IOException {
        Files.createDirectories(directory);
        try (DirectoryStream<Path> earlier = Files.newDirectoryStream(directory)) {
            for (Path file : earlier) {
                Files.delete(file);
            }
        }
        Path rules = control.rules().toAbsolutePath();
        try (DirectoryStream<Path> siblings = Files.newDirectoryStream(rules.resolveSibling("."))) {
            for (Path sibling : siblings) {
                String name = String.valueOf(sibling.getFileName());
                if (!rules.endsWith(name)) {
                    Files.createSymbolicLink(directory.resolve(name), sibling.normalize());
                }
            }
        }
        try (var channel = Files.newByteChannel(candidate, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.write(content.duplicate());
        }
    }
}
