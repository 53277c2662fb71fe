package io.secgroupd.controlplane.server;

import io.secgroupd.controlplane.console.ConsoleSettings;
import io.secgroupd.controlplane.fleet.rollout.RolloutSettings;
import io.secgroupd.rules.yaml.Fields;
import io.secgroupd.rules.yaml.Value;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Reads {@code console} of {@code control.yaml}: whether it is served, and how long a session may rest. */
final class ConsoleSettingsReader {

    private ConsoleSettingsReader() {}

    static Optional<ConsoleSettings> read(Value value) {
        return value.fields(Set.of("enabled", "idle")).flatMap(fields -> {
            Optional<Boolean> enabled = fields.optional("enabled").flatMap(Value::bool);
            try {
                return Optional.of(new ConsoleSettings(enabled, idle(fields)));
            } catch (IllegalArgumentException e) {
                value.error(String.valueOf(e.getMessage()));
                return Optional.empty();
            }
        });
    }

    private static Duration idle(Fields fields) {
        return fields.optional("idle")
                .flatMap(Value::text)
                .map(RolloutSettings::parseHold)
                .orElse(ConsoleSettings.DEFAULT.idle());
    }
}
