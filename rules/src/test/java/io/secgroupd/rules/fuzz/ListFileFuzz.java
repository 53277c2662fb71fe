package io.secgroupd.rules.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.PolicyReader;
import io.secgroupd.rules.file.ReadResult;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.net.AddressRange;
import io.secgroupd.rules.net.AddressSet;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Any bytes as the file of a list: it is a set of addresses that can be written and read again, or there are problems. */
public final class ListFileFuzz {

    private static final Path RULES = Path.of("rules.yaml");
    private static final Path LIST = Path.of("list.txt");
    private static final String TEXT = """
            version: 1
            prefix_lists:
              pl-list: { file: list.txt, allow_empty: true }
            """;
    private static final long BASE = 8 << 20;
    private static final long EACH = 50_000;

    private ListFileFuzz() {}

    /** One input. */
    public static void fuzzerTestOneInput(byte[] input) {
        Cost.bounded(input.length, BASE, EACH, () -> read(input).policy().ifPresent(ListFileFuzz::readAgain));
    }

    private static ReadResult read(byte[] list) {
        ReadResult read = PolicyReader.read(new PolicyFiles(RULES, Map.of(RULES, TEXT.getBytes(UTF_8), LIST, list)));
        Claim.that(read.policy().isPresent() == read.errors().isEmpty(), "a policy and an error, or neither");
        return read;
    }

    private static AddressSet addresses(Policy policy) {
        return Objects.requireNonNull(policy.prefixLists().get("pl-list")).entries();
    }

    private static void readAgain(Policy policy) {
        AddressSet before = addresses(policy);
        String lines = before.stream().map(AddressRange::toString).collect(Collectors.joining("\n"));
        AddressSet after = addresses(read(lines.getBytes(UTF_8)).policy().orElseThrow());
        Claim.same(before, after, "other addresses when they are read again");
    }
}
