package io.secgroupd.controlplane.server;

import io.secgroupd.controlplane.fleet.rollout.RolloutSettings;
import io.secgroupd.rules.yaml.Fields;
import io.secgroupd.rules.yaml.Value;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads {@code rollout} of {@code control.yaml}: steps, first hosts, and how long a step is held. */
final class RolloutSettingsReader {

    private RolloutSettingsReader() {}

    static Optional<RolloutSettings> read(Value value) {
        return value.fields(Set.of("steps", "first", "hold")).flatMap(fields -> {
            RolloutSettings or = RolloutSettings.DEFAULT;
            Optional<List<BigDecimal>> steps = part(fields, "steps", or.steps(), RolloutSettingsReader::steps);
            Optional<List<String>> first = part(fields, "first", or.first(), RolloutSettingsReader::names);
            Optional<Duration> hold = part(fields, "hold", or.hold(), RolloutSettingsReader::time);
            try {
                return steps.isEmpty() || first.isEmpty() || hold.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new RolloutSettings(steps.get(), first.get(), hold.get()));
            } catch (IllegalArgumentException e) {
                value.error(String.valueOf(e.getMessage()));
                return Optional.empty();
            }
        });
    }

    /** What a key says, or what holds without it; empty when it is wrong. */
    private static <T> Optional<T> part(Fields fields, String key, T or, Function<Value, Optional<T>> reader) {
        return fields.has(key) ? fields.optional(key).flatMap(reader) : Optional.of(or);
    }

    private static Optional<List<BigDecimal>> steps(Value value) {
        return value.text().flatMap(text -> {
            try {
                return Optional.of(RolloutSettings.parseSteps(text));
            } catch (IllegalArgumentException e) {
                value.error(String.valueOf(e.getMessage()));
                return Optional.empty();
            }
        });
    }

    private static Optional<List<String>> names(Value value) {
        return value.oneOrMore()
                .map(items ->
                        items.stream().flatMap(item -> item.label().stream()).toList());
    }

    private static Optional<Duration> time(Value value) {
        return value.text().flatMap(text -> {
            try {
                return Optional.of(RolloutSettings.parseHold(text));
            } catch (IllegalArgumentException e) {
                value.error(String.valueOf(e.getMessage()));
                return Optional.empty();
            }
        });
    }
}
