package io.secgroupd.daemon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ShownWriterTest {

    @Test
    void anArgumentThatIsQuotedBackDoesNotCommandTheTerminal() {
        var terminal = new StringWriter();
        var err = new PrintWriter(new ShownWriter(terminal), true);

        err.println("secgroupd: rules\u001b]0;owned\u0007\u202e.yaml does not exist");
        err.print('\u009b');
        err.printf("Büro%n");

        assertThat(terminal.toString().lines())
                .containsExactly("secgroupd: rules?]0;owned??.yaml does not exist", "?Büro");
    }
}
