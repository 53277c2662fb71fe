package io.secgroupd.controlplane.fleet.rollout;

import io.secgroupd.controlplane.store.common.Json;
import io.secgroupd.controlplane.store.common.Json.JsonTexts;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** A roll-out as it is kept: one line of JSON. */
public final class RolloutJson {

    private RolloutJson() {}

    /** The text of a roll-out. */
    public static String text(Rollout rollout) {
        var json = new JsonTexts();
        var texts = json.texts();
        texts.put("serial", Long.toString(rollout.serial()));
        texts.put("base", Long.toString(rollout.base()));
        texts.put("steps", rollout.settings().stepsText());
        texts.put("first", String.join(",", rollout.settings().first()));
        texts.put("hold", rollout.settings().hold().toString());
        texts.put("step", Integer.toString(rollout.step()));
        texts.put("since", rollout.since().toString());
        texts.put("stage", rollout.stage().name().toLowerCase(Locale.ROOT));
        texts.put("why", rollout.why());
        texts.put("author", rollout.author());
        texts.put("accepted", rollout.accepted().toString());
        rollout.edition().ifPresent(edition -> {
            texts.put("edition", Long.toString(edition.number()));
            texts.put("addresses", edition.addresses());
        });
        rollout.under().ifPresent(under -> texts.put("under", text(under)));
        return Json.line(json);
    }

    /**
     * The roll-out of a text.
     *
     * @throws IOException when it is none
     */
    public static Rollout parse(String text) throws IOException {
        var fields = new RecordFields(Json.parse(text));
        try {
            return new Rollout(
                    fields.number("serial"),
                    fields.number("base"),
                    settings(fields),
                    Math.toIntExact(fields.number("step")),
                    fields.instant("since"),
                    Stage.valueOf(fields.text("stage").toUpperCase(Locale.ROOT)),
                    fields.text("why"),
                    fields.text("author"),
                    fields.instant("accepted"),
                    under(fields),
                    edition(fields));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new IOException("It is no roll-out: " + e.getMessage(), e);
        }
    }

    private static Optional<Rollout> under(RecordFields fields) throws IOException {
        String text = fields.json().texts().get("under");
        return text == null ? Optional.empty() : Optional.of(parse(text));
    }

    private static Optional<Edition> edition(RecordFields fields) throws IOException {
        OptionalLong number = fields.count("edition");
        return number.isEmpty()
                ? Optional.empty()
                : Optional.of(new Edition(number.getAsLong(), fields.text("addresses")));
    }

    private static RolloutSettings settings(RecordFields fields) throws IOException {
        String first = fields.text("first");
        return new RolloutSettings(
                RolloutSettings.parseSteps(fields.text("steps")),
                first.isEmpty() ? List.of() : Arrays.asList(first.split(",", -1)),
                fields.duration("hold"));
    }
}
