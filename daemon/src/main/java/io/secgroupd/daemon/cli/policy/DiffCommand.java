package io.secgroupd.daemon.cli.policy;

import com.fasterxml.jackson.core.JsonGenerator;
import io.secgroupd.daemon.cli.common.CommonOptions;
import io.secgroupd.daemon.cli.common.ExitCode;
import io.secgroupd.daemon.cli.common.JsonOutput;
import io.secgroupd.daemon.cli.common.PolicyFile;
import io.secgroupd.daemon.cli.common.PolicyInput;
import io.secgroupd.rules.analyze.Change;
import io.secgroupd.rules.analyze.DiffText;
import io.secgroupd.rules.analyze.InstanceChange;
import io.secgroupd.rules.analyze.SemanticDiff;
import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.net.AddressRange;
import io.secgroupd.rules.net.AddressSet;
import io.secgroupd.rules.net.PortRange;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows how the meaning of two rules files differs. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = {
            "Say what changes in meaning between two rules files.",
            "Prints the exact sets of flows newly allowed (+) and newly rejected (-), by instance and direction."
        },
        exitCodeList = {"0:the two mean the same", "1:they differ in meaning"},
        footer = "  secgroupd diff /etc/secgroupd/rules.yaml rules.new.yaml")
public final class DiffCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(index = "0", paramLabel = "OLD", description = "The rules file as it is; - for standard input.")
    @SuppressWarnings("NullAway.Init") // set by picocli before anything else runs
    private Path before;

    @Parameters(index = "1", paramLabel = "NEW", description = "The rules file as it would be; - for standard input.")
    @SuppressWarnings("NullAway.Init") // set by picocli before anything else runs
    private Path after;

    @Override
    public Integer call() {
        if (PolicyInput.isStandardInput(before) && PolicyInput.isStandardInput(after)) {
            throw common.misuse("standard input can be read once only: give one of the two as a file");
        }
        List<InstanceChange> changes = SemanticDiff.between(read(before), read(after));
        PrintWriter out = common.out();
        if (common.json()) {
            JsonOutput.print(out, json -> write(changes, json));
        } else {
            out.print(DiffText.of(changes));
            out.flush();
        }
        return changes.isEmpty() ? ExitCode.DONE : ExitCode.NO;
    }

    private CompiledPolicy read(Path path) {
        return PolicyFile.toAsk(path, common.err());
    }

    private static void write(List<InstanceChange> changes, JsonGenerator json) throws IOException {
        json.writeStartArray();
        for (InstanceChange instance : changes) {
            json.writeStartObject();
            json.writeStringField("instance", instance.instance());
            json.writeStringField("kind", instance.kind().word());
            addresses("addresses", instance.addresses(), json);
            json.writeArrayFieldStart("changes");
            for (Change change : instance.changes()) {
                write(change, json);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void write(Change change, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("direction", change.direction().word());
        json.writeStringField("now", change.now().name());
        json.writeStringField("protocols", change.protocols().toString());
        json.writeArrayFieldStart("selectors");
        for (PortRange range : change.selectors()) {
            json.writeStartArray();
            json.writeNumber(range.first());
            json.writeNumber(range.last());
            json.writeEndArray();
        }
        json.writeEndArray();
        addresses("peers", change.peers(), json);
        json.writeEndObject();
    }

    private static void addresses(String field, AddressSet set, JsonGenerator json) throws IOException {
        JsonOutput.strings(field, set.stream().map(AddressRange::toString).toList(), json);
    }
}
