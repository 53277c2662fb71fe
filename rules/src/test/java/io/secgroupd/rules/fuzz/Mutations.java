package io.secgroupd.rules.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Makes inputs from others, each of which is like a sound one and wrong in some places. */
public final class Mutations {

    private static final int MOST_CHANGES = 4;
    private static final int LONGEST = 1 << 16;

    /** Lengths, counts and characters at which readers go wrong. */
    private static final int[] TELLING = {
        0, 1, 0x7f, 0x80, 0xff, '\n', '\r', '\t', ' ', '"', '\'', '\\', '%', '&', '=', ':', ',', '-', '#', '[', ']',
        '{', '}', '/', '.', '0', '9'
    };

    private final List<byte[]> kept;
    private final Random random;

    /** From these inputs; equal seeds give equal mutations. */
    public Mutations(List<byte[]> kept, long seed) {
        this.kept = kept;
        this.random = new Random(seed);
    }

    /** The next one. */
    public byte[] next() {
        byte[] input = one().clone();
        for (int changes = 1 + random.nextInt(MOST_CHANGES); changes > 0; changes--) {
            input = changed(input);
        }
        return input.length > LONGEST ? Arrays.copyOf(input, LONGEST) : input;
    }

    private byte[] one() {
        return kept.get(random.nextInt(kept.size()));
    }

    private byte[] changed(byte[] input) {
        int from = random.nextInt(input.length + 1);
        int to = Math.min(input.length, from + random.nextInt(1 + random.nextInt(1 + input.length)));
        return switch (random.nextInt(7)) {
            case 0 -> replaced(input, from, to, new byte[0]);
            case 1 -> replaced(input, from, from, Arrays.copyOfRange(input, from, to));
            case 2 -> replaced(input, from, to, part(one()));
            case 3 -> Arrays.copyOf(input, to);
            case 4 -> replaced(input, from, from, new byte[] {(byte) telling()});
            case 5 -> withByte(input, from, telling());
            default -> withByte(input, from, from < input.length ? input[from] ^ 1 << random.nextInt(8) : 0);
        };
    }

    private int telling() {
        return TELLING[random.nextInt(TELLING.length)];
    }

    private byte[] part(byte[] of) {
        int from = random.nextInt(of.length + 1);
        return Arrays.copyOfRange(of, from, from + random.nextInt(of.length - from + 1));
    }

    private static byte[] withByte(byte[] input, int at, int value) {
        return at < input.length ? replaced(input, at, at + 1, new byte[] {(byte) value}) : input;
    }

    private static byte[] replaced(byte[] input, int from, int to, byte[] by) {
        byte[] result = new byte[input.length - (to - from) + by.length];
        System.arraycopy(input, 0, result, 0, from);
        System.arraycopy(by, 0, result, from, by.length);
        System.arraycopy(input, to, result, from + by.length, input.length - to);
        return result;
    }
}
