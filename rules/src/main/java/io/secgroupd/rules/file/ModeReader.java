package io.secgroupd.rules.file;

import io.secgroupd.rules.model.InstanceMode;
import io.secgroupd.rules.text.Plural;
import io.secgroupd.rules.yaml.Fields;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Reads {@code mode}, and warns of what it leaves unprotected. */
final class ModeReader {

    static final String KEY = "mode";

    private static final List<String> WORDS =
            Stream.of(InstanceMode.values()).map(InstanceMode::word).toList();

    private ModeReader() {}

    /** The mode of an instance; enforce when it says nothing. */
    static InstanceMode ofInstance(Fields fields, String name) {
        Optional<InstanceMode> written = written(fields);
        warn(
                fields,
                written,
                () -> "what the rules of " + name + " refuse is let in, and logged as observed; write"
                        + " enforce to protect it");
        return written.orElse(InstanceMode.ENFORCE);
    }

    /** The mode of a cluster, which is that of all its instances. */
    static InstanceMode ofCluster(Fields fields, String name, int members) {
        Optional<InstanceMode> written = written(fields);
        warn(
                fields,
                members == 0 ? Optional.empty() : written,
                () -> "what the rules of the "
                        + Plural.of(members, "instance") + " of " + name
                        + " refuse is let in, and logged as observed; write enforce to protect them");
        return written.orElse(InstanceMode.ENFORCE);
    }

    /** The mode of an instance of a cluster. It cannot enforce alone: nobody would see that at the cluster. */
    static InstanceMode ofMember(Fields fields, String name, String cluster, InstanceMode ofCluster) {
        if (!ofCluster.observes()) {
            return ofInstance(fields, name);
        }
        Optional<InstanceMode> written = written(fields);
        if (written.equals(Optional.of(InstanceMode.ENFORCE))) {
            fields.optional(KEY)
                    .orElseThrow()
                    .error("its cluster observes, so " + name + " does too; to let it enforce, take mode: observe from"
                            + " clusters." + cluster + " and give it to the other instances");
        }
        return written.orElse(InstanceMode.ENFORCE);
    }

    private static Optional<InstanceMode> written(Fields fields) {
        return fields.optional(KEY).flatMap(value -> value.word(WORDS)).flatMap(InstanceMode::parse);
    }

    private static void warn(Fields fields, Optional<InstanceMode> written, Supplier<String> message) {
        if (written.filter(InstanceMode::observes).isPresent()) {
            fields.optional(KEY).orElseThrow().warning(message);
        }
    }
}
