package io.secgroupd.daemon.flowlog.read;

import io.secgroupd.daemon.fuzz.InputFile;
import io.secgroupd.rules.fuzz.Claim;
import io.secgroupd.rules.fuzz.Cost;
import io.secgroupd.rules.text.Printable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Any bytes as a flow log: each line is read or told as damaged, and our own quick reader says what the other one says. With a
 * first byte of {@code z} they are a compressed log.
 */
public final class FlowLogFuzz {

    private static final Path PLAIN = InputFile.named("flows.log");
    private static final Path PACKED = InputFile.named("flows.log.gz");
    private static final long BASE = 8 << 20;

    /** A compressed byte can stand for a thousand. */
    private static final long EACH = 400_000;

    private FlowLogFuzz() {}

    /** One input. */
    public static void fuzzerTestOneInput(byte[] input) {
        Path file = input.length > 0 && input[0] == 'z' ? PACKED : PLAIN;
        InputFile.write(file, file.equals(PACKED) ? Arrays.copyOfRange(input, 1, input.length) : input);
        Cost.bounded(input.length, BASE, EACH, () -> read(file));
        bothReadersAgree(input);
    }

    private static void read(Path file) {
        var damage = new UnreadableLines();
        try {
            new FlowLogReader(file, new FlowFilter(), FlowLogFuzz::line, damage).readAll();
        } catch (IOException refused) {
            Claim.that(refused.getMessage() != null, "a refusal without a sentence");
        }
        for (String sentence : damage.take()) {
            Claim.that(Printable.firstUnprintable(sentence).isEmpty(), "a sentence that forges a line");
        }
    }

    private static void line(LogLine line) {
        Claim.that(line.timeMillis() >= 0, "a time before 1970");
        LogLine copy = line.copy();
        for (Field field : Field.values()) {
            Claim.that(line.has(field) == copy.has(field), "a copy lacks a field");
            Claim.same(line.text(field), copy.text(field), "a copy has another value");
            line.number(field);
        }
        line.protocol();
        line.firstMillis();
        line.lastMillis();
        line.happenedMillis();
        line.raw();
    }

    private static void bothReadersAgree(byte[] bytes) {
        var own = new LogLine();
        if (OwnJson.parse(own, bytes, 0, bytes.length) == bytes.length) {
            var any = new LogLine();
            any.begin(bytes, 0, bytes.length);
            Claim.that(AnyJson.parse(any, bytes, 0, bytes.length), "the quick reader takes what the other refuses");
            for (Field field : Field.values()) {
                Claim.same(own.text(field), any.text(field), "the readers differ in " + field.inJson());
            }
            Claim.that(own.timeMillis() == any.timeMillis(), "the readers differ in the time");
        }
    }
}
