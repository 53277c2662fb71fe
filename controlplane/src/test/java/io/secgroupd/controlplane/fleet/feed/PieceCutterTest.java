package io.secgroupd.controlplane.fleet.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.controlplane.store.common.Hashes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PieceCutterTest {

    /** Lines of a list, as those that hosts have. */
    private static byte[] lines(int count) {
        var text = new StringBuilder();
        var random = new Random(5);
        for (int i = 0; i < count; i++) {
            text.append("10.").append(random.nextInt(256)).append('.').append(random.nextInt(256));
            text.append(".0/24 # office ").append(i).append('\n');
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] joined(List<byte[]> pieces) {
        var all = new ByteArrayOutputStream();
        pieces.forEach(all::writeBytes);
        return all.toByteArray();
    }

    @Property(tries = 50)
    void thePiecesMakeUpTheContent(@ForAll @Size(max = 50_000) byte[] content) {
        assertThat(joined(PieceCutter.cut(content))).isEqualTo(content);
    }

    @Test
    void piecesHaveTheLengthsThatAreAllowed() {
        byte[] content = lines(40_000);
        List<byte[]> pieces = PieceCutter.cut(content);
        assertThat(joined(pieces)).isEqualTo(content);
        assertThat(pieces.subList(0, pieces.size() - 1))
                .allSatisfy(piece -> assertThat(piece.length).isBetween(1 << 10, FeedLimits.PIECE));
        assertThat(content.length / pieces.size()).isBetween(3_000, 5_000);
    }

    @Test
    void contentThatIsTheSameEverywhereIsCutToo() {
        List<byte[]> pieces = PieceCutter.cut(new byte[FeedLimits.PIECE * 2 + 3]);
        assertThat(pieces).extracting(piece -> piece.length).contains(3).hasSizeLessThanOrEqualTo(40);
        assertThat(PieceCutter.cut(new byte[0])).isEmpty();
    }

    @Test
    void anEditInOnePlaceChangesFewPieces() {
        byte[] before = lines(10_000);
        int middle = before.length / 2;
        byte[] after = new byte[before.length + 20];
        System.arraycopy(before, 0, after, 0, middle);
        Arrays.fill(after, middle, middle + 20, (byte) 'x');
        System.arraycopy(before, middle, after, middle + 20, before.length - middle);
        Set<String> known = new HashSet<>(
                PieceCutter.cut(before).stream().map(Hashes::sha256).toList());
        long fresh = PieceCutter.cut(after).stream()
                .map(Hashes::sha256)
                .filter(hash -> !known.contains(hash))
                .count();
        assertThat(fresh).isBetween(1L, 3L);
        assertThat(known).hasSizeGreaterThan(50);
    }

    /** Were it cut elsewhere in a later version, hosts would fetch everything anew. */
    @Test
    void theCutsAreThoseOfEveryVersion() {
        List<byte[]> pieces = PieceCutter.cut(lines(2_000));
        assertThat(pieces.stream().map(piece -> piece.length).limit(6))
                .containsExactly(1031, 4202, 1056, 1070, 5394, 6601);
    }
}
