package io.secgroupd.daemon.capture;

import io.secgroupd.daemon.fuzz.InputFile;
import io.secgroupd.rules.fuzz.Claim;
import io.secgroupd.rules.fuzz.Cost;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Any bytes as a capture, and as a frame of each link layer: flows are found in it, or it is refused with a sentence. */
public final class CaptureFuzz {

    private static final Path FILE = InputFile.named("capture.pcap");

    /** The table of flows is made for each file. */
    private static final long BASE = 64 << 20;

    private static final long EACH = 20_000;

    private CaptureFuzz() {}

    /** One input. */
    public static void fuzzerTestOneInput(byte[] input) {
        InputFile.write(FILE, input);
        Cost.bounded(input.length, BASE, EACH, CaptureFuzz::read);
        ByteBuffer frame = ByteBuffer.wrap(input);
        for (LinkLayer link : LinkLayer.values()) {
            Frame found = link.read(frame);
            Claim.that(!found.hasIp() || found.offset() <= input.length, "a packet behind the end of its frame");
        }
    }

    private static void read() {
        try (CaptureFile capture = CaptureFile.open(FILE)) {
            long[] flows = {0};
            CaptureFile.CaptureSummary all = capture.read(flow -> flows[0]++);
            Claim.that(flows[0] + all.undecodable() + all.others() <= all.packets(), "more flows than packets");
        } catch (CaptureException refused) {
            Claim.that(refused.getMessage() != null, "a refusal without a sentence");
        }
    }
}
