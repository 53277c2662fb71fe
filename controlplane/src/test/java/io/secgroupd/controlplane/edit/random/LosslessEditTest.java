package io.secgroupd.controlplane.edit.random;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.controlplane.edit.EditResult;
import io.secgroupd.controlplane.edit.EditResult.Edited;
import io.secgroupd.controlplane.edit.Editor;
import io.secgroupd.controlplane.edit.change.IntendedChange;
import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.PolicyReader;
import io.secgroupd.rules.file.ReadResult;
import io.secgroupd.rules.model.Policy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Random policies in random styles, and random changes of them: afterwards the files say what was asked for and nothing else,
 * lines that hold no part of what changes are the same bytes in the same order, and no comment is lost that does not belong
 * to what is removed.
 *
 * <p>The system property {@code secgroupd.edits} says how many edits are tried, by default {@value #USUAL}; {@code
 * -DargLine=-Dsecgroupd.edits=100000} takes ten minutes or more on two cores.
 */
class LosslessEditTest {

    private static final int TRIES = 100;
    private static final int USUAL = 1000;
    private static final int EDITS_OF_A_TRY = Integer.getInteger("secgroupd.edits", USUAL) / TRIES;

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void saysWhatIsAskedForAndTouchesNothingElse(@ForAll long seed) {
        for (int i = 0; i < EDITS_OF_A_TRY; i++) {
            edit(seed + i);
        }
    }

    /** Several changes at once come to the same as one after the other. */
    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void makesSeveralChangesAtOnce(@ForAll long seed) {
        for (int i = 0; i < EDITS_OF_A_TRY / 4; i++) {
            editTogether(seed + i);
        }
    }

    private static void editTogether(long seed) {
        var random = new Random(seed);
        Map<Path, Printed> printed = print(random);
        var files = new PolicyFiles(Path.of("rules.yaml"), bytes(printed));
        var changes = new ArrayList<IntendedChange>();
        PolicyFiles each = files;
        for (int i = 0; i < 3; i++) {
            IntendedChange change = RandomChange.of(random, policy(each)).change();
            if (Editor.edit(each, List.of(change), Instant.EPOCH) instanceof Edited edited) {
                changes.add(change);
                each = each.with(edited.files());
            }
        }

        EditResult together = Editor.edit(files, changes, Instant.EPOCH);

        String told = "seed " + seed + ": " + changes + "\n" + texts(printed);
        assertThat(together).as(told).isInstanceOf(Edited.class);
        assertThat(Facts.of(policy(files.with(((Edited) together).files()))))
                .as(told)
                .isEqualTo(Facts.of(policy(each)));
    }

    private static Policy policy(PolicyFiles files) {
        return PolicyReader.read(files).policy().orElseThrow();
    }

    private static void edit(long seed) {
        var random = new Random(seed);
        Map<Path, Printed> printed = print(random);
        var files = new PolicyFiles(Path.of("rules.yaml"), bytes(printed));
        ReadResult read = PolicyReader.read(files);
        assertThat(read.errors()).as("%s", printed).isEmpty();
        Policy before = read.policy().orElseThrow();
        Asked asked = RandomChange.of(random, before);

        EditResult result =
                Editor.edit(files, before, List.of(asked.change()), Instant.EPOCH, Optional.empty(), contents -> {});

        String told = "seed " + seed + ": " + asked.change() + "\n" + texts(printed);
        assertThat(result).as(told).isInstanceOf(Edited.class);
        Edited edited = (Edited) result;
        assertThat(Facts.of(policy(files.with(edited.files()))))
                .as(told)
                .isEqualTo(Expected.facts(Facts.of(before), asked));
        printed.forEach((path, file) -> {
            byte[] bytes = edited.files().getOrDefault(path, file.text().getBytes(StandardCharsets.UTF_8));
            Untouched.check(file, new String(bytes, StandardCharsets.UTF_8), asked, told);
        });
    }

    private static Map<Path, Printed> print(Random random) {
        List<Tree.Mapping> trees = RandomPolicy.of(random);
        Map<Path, Printed> printed = new LinkedHashMap<>();
        for (int i = 0; i < trees.size(); i++) {
            Path path = Path.of(i == 0 ? "rules.yaml" : "d/more.yaml");
            printed.put(path, new Printer(random).print(trees.get(i), random.nextInt(5) == 0));
        }
        return printed;
    }

    private static Map<Path, byte[]> bytes(Map<Path, Printed> printed) {
        Map<Path, byte[]> bytes = new LinkedHashMap<>();
        printed.forEach((path, file) -> bytes.put(path, file.text().getBytes(StandardCharsets.UTF_8)));
        return bytes;
    }

    private static String texts(Map<Path, Printed> printed) {
        var texts = new ArrayList<String>();
        printed.forEach((path, file) -> texts.add("--- " + path + "\n" + file.text()));
        return String.join("\n", texts);
    }
}
