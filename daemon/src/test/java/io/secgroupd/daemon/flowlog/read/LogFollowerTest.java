package io.secgroupd.daemon.flowlog.read;

import static io.secgroupd.daemon.flowlog.read.LogText.accept;
import static io.secgroupd.daemon.flowlog.read.LogText.append;
import static io.secgroupd.daemon.flowlog.read.LogText.gzip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever becomes of the file, who follows it sees every line once. */
class LogFollowerTest extends ReaderFixture {

    private final Thread thread = new Thread(this::follow);

    @AfterEach
    void end() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }

    @Test
    void whatIsThereAndThenWhatComes() {
        gzip(directory.resolve("flows.1.log.gz"), accept(1));
        append(log, accept(2));
        thread.start();
        awaitNumbers(1, 2);

        append(log, accept(3));
        awaitNumbers(1, 2, 3);
    }

    @Test
    void aLineThatIsWrittenInTwoPiecesIsOne() {
        append(log, accept(1) + accept(2).substring(0, 100));
        thread.start();
        awaitNumbers(1);

        append(log, accept(2).substring(100));

        awaitNumbers(1, 2);
        assertThat(damage.take()).isEmpty();
    }

    @Test
    void overSeveralRotationsBetweenTwoLooks() throws IOException {
        append(log, accept(1));
        thread.start();
        awaitNumbers(1);

        append(log, accept(2));
        gzip(directory.resolve("flows.3.log.gz"), accept(1) + accept(2));
        gzip(directory.resolve("flows.2.log.gz"), accept(3));
        append(directory.resolve("flows.1.log"), accept(4));
        replace(accept(5));

        awaitNumbers(1, 2, 3, 4, 5);
    }

    @Test
    void overRemovalAndANewBeginning() throws IOException {
        append(log, accept(1));
        thread.start();
        awaitNumbers(1);

        Files.delete(log);
        append(log, accept(2));
        awaitNumbers(1, 2);
        append(log, accept(3));

        awaitNumbers(1, 2, 3);
    }

    @Test
    void overTruncation() throws IOException {
        append(log, accept(1) + accept(2));
        thread.start();
        awaitNumbers(1, 2);

        try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
            channel.truncate(0);
        }
        append(log, accept(3));

        awaitNumbers(1, 2, 3);
    }

    @Test
    void overACopyThatIsTakenBeforeTheFileIsEmptied() throws IOException {
        append(log, accept(1) + accept(2).substring(0, 100));
        thread.start();
        awaitNumbers(1);

        gzip(directory.resolve("flows.log.1.gz"), accept(1) + accept(2) + accept(3));
        Files.writeString(log, accept(4));

        awaitNumbers(1, 2, 3, 4);
        assertThat(damage.take()).isEmpty();
    }

    @Test
    void overEmptyingThatHasGrownAgainBeforeTheNextLook() throws IOException {
        append(log, accept(1));
        thread.start();
        awaitNumbers(1);

        Files.writeString(log, accept(2) + accept(3) + accept(4));

        awaitNumbers(1, 2, 3, 4);
    }

    @Test
    void aFileThatComesLater() {
        thread.start();

        append(log, accept(1));

        awaitNumbers(1);
    }

    /** A rotation, with the file that would be compressed by now gone at the same moment. */
    private void replace(String lines) throws IOException {
        Path next = directory.resolve("next");
        append(next, lines);
        Files.move(next, log, StandardCopyOption.ATOMIC_MOVE);
    }

    private void awaitNumbers(long... numbers) {
        List<Long> expected = Arrays.stream(numbers).boxed().toList();
        await().untilAsserted(() -> assertThat(read.numbers()).isEqualTo(expected));
    }

    private void follow() {
        try {
            new FlowLogReader(log, new FlowFilter(), read, damage).follow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the test has seen enough
        }
    }
}
