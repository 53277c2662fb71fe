package io.secgroupd.daemon.cli.running;

import io.secgroupd.daemon.cli.common.CommonOptions;
import io.secgroupd.daemon.cli.common.SettingsFile;
import io.secgroupd.rules.text.Quote;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Keeps the policy that is being tried. */
@Command(
        name = "confirm",
        mixinStandardHelpOptions = true,
        description = {
            "Keep what apply --confirm is trying.",
            "The tried file is written where the rules file is, with the owner and mode of that; what stood there is kept",
            "beside it in .rules.yaml.before. Nothing is written when the rules file, or a file that the candidate includes,",
            "was edited since the candidate was applied: an edit that comes at this very moment is kept beside as",
            "rules.yaml.before-confirm-TIME, and named. Needs root."
        },
        exitCodeList =
                "1:nothing is being tried, another candidate is, or a file was edited meanwhile; nothing was written",
        footer = {"  sudo secgroupd confirm", "  sudo secgroupd confirm 3f0c54a1b2c3"})
public final class ConfirmCommand implements Callable<Integer> {

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{8,64}");

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "HASH",
            description = "Which candidate is meant: the digits that apply printed. Without them it is what you began:"
                    + " a candidate that somebody else is known to have begun is refused, with its digits.")
    private @Nullable String hash;

    @Override
    public Integer call() {
        if (hash != null && !HASH.matcher(hash).matches()) {
            throw common.misuse(Quote.of(hash)
                    + " is not a hash; write at least the first 8 of the digits that secgroupd apply printed");
        }
        var confirmation = new Confirmation(new DaemonCall(common), SettingsFile.rules(common, common.err()));
        return confirmation.run(Optional.ofNullable(hash), Optional.empty());
    }
}
