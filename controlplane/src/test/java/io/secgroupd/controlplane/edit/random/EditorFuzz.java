package io.secgroupd.controlplane.edit.random;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.secgroupd.controlplane.edit.EditResult.EditRefused;
import io.secgroupd.controlplane.edit.EditResult.Edited;
import io.secgroupd.controlplane.edit.EditResult.RefusalReason;
import io.secgroupd.controlplane.edit.Editor;
import io.secgroupd.controlplane.edit.change.IntendedChange.AddGroup;
import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.PolicyReader;
import io.secgroupd.rules.fuzz.Claim;
import io.secgroupd.rules.fuzz.Cost;
import io.secgroupd.rules.model.Policy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Any bytes as a rules file that a program changes: the change is refused, or the file says afterwards what was asked for and
 * nothing else. The first byte chooses the change. A new group only adds to the bytes that are there.
 */
public final class EditorFuzz {

    private static final Path FILE = Path.of("rules.yaml");
    private static final long BASE = 64 << 20;
    private static final long EACH = 2_000_000;

    /** What an addition may take away: the brackets or the word of what was empty. */
    private static final int EMPTY = "null".length();

    private EditorFuzz() {}

    /** One input. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        var files = new PolicyFiles(FILE, Map.of(FILE, Arrays.copyOfRange(input, 1, input.length)));
        Cost.bounded(
                input.length,
                BASE,
                EACH,
                () -> PolicyReader.read(files).policy().ifPresent(policy -> edit(files, policy, input[0])));
    }

    private static void edit(PolicyFiles files, Policy policy, int seed) {
        boolean hasFilesOfItsOwn = policy.prefixLists().values().stream()
                .anyMatch(list -> list.written().isEmpty());
        if (seed % 4 == 0) {
            addGroup(files, policy);
        } else if (!hasFilesOfItsOwn && !policy.securityGroups().isEmpty()) {
            change(files, policy, RandomChange.of(new Random(seed), policy));
        }
    }

    private static void addGroup(PolicyFiles files, Policy policy) {
        var change = new AddGroup("sg-new-by-fuzz", "", "", Map.of());
        byte[] before = files.content(FILE).orElseThrow();
        var result = Editor.edit(files, policy, List.of(change), Instant.EPOCH, Optional.empty(), contents -> {});
        if (result instanceof Edited edited) {
            byte[] after = edited.files().getOrDefault(FILE, before);
            int kept = same(before, after);
            Claim.that(kept >= before.length - EMPTY, before.length - kept + " bytes were taken away");
        }
    }

    /** How many bytes at the beginning and at the end are the same. */
    private static int same(byte[] before, byte[] after) {
        int first = Arrays.mismatch(before, after);
        if (first < 0) {
            return before.length;
        }
        int most = Math.min(before.length, after.length) - first;
        int last = 0;
        while (last < most && before[before.length - 1 - last] == after[after.length - 1 - last]) {
            last++;
        }
        return first + last;
    }

    private static void change(PolicyFiles files, Policy policy, Asked asked) {
        var result =
                Editor.edit(files, policy, List.of(asked.change()), Instant.EPOCH, Optional.empty(), contents -> {});
        if (result instanceof Edited edited) {
            Policy after =
                    PolicyReader.read(files.with(edited.files())).policy().orElseThrow();
            Claim.same(
                    Facts.of(after),
                    Expected.facts(Facts.of(policy), asked),
                    new String(files.content(FILE).orElseThrow(), UTF_8));
        } else if (result instanceof EditRefused refused) {
            Claim.that(refused.reason() != RefusalReason.BROKEN_BEFORE, "it was not broken before");
        }
    }
}
