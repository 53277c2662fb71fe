package io.secgroupd.daemon.flowlog;

import static io.secgroupd.daemon.packet.PacketBuilder.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import io.secgroupd.daemon.testkit.ReferencePage;
import io.secgroupd.rules.decide.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page about the flow log lists the fields of its lines and the reasons, all of them and no others. */
class FlowLogReferenceTest {

    private final ReferencePage page = ReferencePage.named("flow-log");
    private final JsonFormat format = new JsonFormat("1", "host", index -> "eth0");

    @Test
    void everyFieldOfALineIsListedInItsOrder() throws IOException {
        var line = new LineBuffer(4096);
        format.decision(1, 0, Records.repeated(tcp("10.0.1.10", "10.0.2.10", 3306, "S")), line);
        var lost = new LineBuffer(4096);
        format.skipped(1, 0, 5, lost);

        List<String> fields = new ArrayList<>(fields(line));
        fields(lost).stream().filter(field -> !fields.contains(field)).forEach(fields::add);

        assertThat(page.words("Fields of format json")).containsExactlyElementsOf(fields);
    }

    @Test
    void everyReasonIsListed() {
        assertThat(page.words("Reasons"))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Reason.values()).map(Reason::word).toList());
    }

    private static List<String> fields(LineBuffer line) throws IOException {
        var fields = new ArrayList<String>();
        try (var json = new JsonFactory().createParser(line.toString())) {
            while (json.nextToken() != null) {
                if (json.currentToken() == JsonToken.FIELD_NAME) {
                    fields.add(json.currentName());
                    json.nextToken();
                    json.skipChildren();
                }
            }
        }
        return fields;
    }
}
