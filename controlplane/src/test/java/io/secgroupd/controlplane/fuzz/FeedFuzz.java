package io.secgroupd.controlplane.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.secgroupd.controlplane.fleet.feed.AddressReport;
import io.secgroupd.controlplane.fleet.feed.HostReport;
import io.secgroupd.controlplane.fleet.feed.HostToken;
import io.secgroupd.controlplane.fleet.feed.Manifest;
import io.secgroupd.controlplane.fleet.feed.Pointer;
import io.secgroupd.controlplane.fleet.feed.ServerFault;
import io.secgroupd.rules.fuzz.Claim;
import io.secgroupd.rules.fuzz.Cost;
import java.io.IOException;
import java.util.Arrays;

/**
 * Any bytes as what control servers and hosts send to each other: they are refused with a sentence, or can be written and read
 * again. The first byte says what they are taken for.
 */
public final class FeedFuzz {

    private static final int FORMS = 6;
    /** The hooks of the fuzzer, about regular expressions above all, allocate in the same thread. */
    private static final long BASE = 8 << 20;

    private static final long EACH = 5_000;

    private FeedFuzz() {}

    /** One input. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        byte[] rest = Arrays.copyOfRange(input, 1, input.length);
        Cost.bounded(input.length, BASE, EACH, () -> {
            try {
                read(Math.floorMod(input[0] - '0', FORMS), rest);
            } catch (IOException refused) {
                Claim.that(refused.getMessage() != null, "a refusal without a sentence");
            }
        });
    }

    private static void read(int form, byte[] bytes) throws IOException {
        switch (form) {
            case 0 -> {
                Manifest manifest = Manifest.parse(bytes);
                Claim.that(Arrays.equals(manifest.bytes(), bytes), "a manifest of another form is taken");
            }
            case 1 -> {
                Pointer pointer = Pointer.parse(bytes);
                Claim.same(pointer, Pointer.parse(pointer.bytes()), "another pointer");
            }
            case 2 -> {
                HostReport report = HostReport.parse(bytes);
                Claim.same(report, HostReport.parse(report.bytes()), "another report");
            }
            case 3 -> {
                AddressReport addresses = AddressReport.parse(bytes);
                Claim.same(addresses, AddressReport.parse(addresses.bytes()), "other addresses");
            }
            case 4 -> {
                ServerFault fault = ServerFault.parse(bytes);
                Claim.same(fault, ServerFault.parse(fault.bytes()), "another fault");
            }
            default -> {
                String text = new String(bytes, ISO_8859_1);
                HostToken.parse(text).ifPresent(token -> Claim.same(token.text(), text, "another token"));
            }
        }
    }
}
