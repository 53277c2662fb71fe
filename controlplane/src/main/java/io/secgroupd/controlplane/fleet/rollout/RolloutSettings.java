package io.secgroupd.controlplane.fleet.rollout;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * In which steps a revision reaches the hosts.
 *
 * @param steps how many of the hosts have it after each step, in percent; ascending, and the last is 100
 * @param first hosts that get it alone, in a step before all others; may be empty
 * @param hold  how long a step is watched once its hosts have the revision
 */
public record RolloutSettings(List<BigDecimal> steps, List<String> first, Duration hold) {

    private static final BigDecimal ALL = BigDecimal.valueOf(100);

    /** Parts of ten thousand are what hosts are told apart by; see {@link StepMembers}. */
    private static final int MOST_DECIMALS = 2;

    private static final int MOST_STEPS = 20;
    private static final Duration LONGEST = Duration.ofDays(7);
    private static final Pattern PERCENT = Pattern.compile("([0-9]{1,3}(?:\\.[0-9]{1,2})?)%?");
    private static final Pattern HOST = Pattern.compile("[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?");

    private static final Pattern TIME = Pattern.compile("([0-9]{1,6})([smh])");

    /** What holds where nothing is said. */
    public static final RolloutSettings DEFAULT =
            new RolloutSettings(parseSteps("1%,10%,100%"), List.of(), Duration.ofSeconds(60));

    /** Refuses what is no roll-out, with a sentence for the operator. */
    public RolloutSettings {
        steps = List.copyOf(steps);
        first = List.copyOf(new LinkedHashSet<>(first));
        checkSteps(steps);
        for (String host : first) {
            check(HOST.matcher(host).matches(), "\"" + host + "\" is not the name of a host.");
        }
        check(!hold.isNegative() && hold.compareTo(LONGEST) <= 0, "A step may be held for up to 7 days.");
    }

    private static void checkSteps(List<BigDecimal> steps) {
        check(!steps.isEmpty() && steps.size() <= MOST_STEPS, "A roll-out has 1 to " + MOST_STEPS + " steps.");
        BigDecimal before = BigDecimal.ZERO;
        for (BigDecimal step : steps) {
            check(step.compareTo(before) > 0, "Each step of a roll-out must reach more hosts than the one before.");
            check(step.stripTrailingZeros().scale() <= MOST_DECIMALS, "A step has two decimals at most.");
            before = step;
        }
        check(before.compareTo(ALL) == 0, "The last step of a roll-out must be 100%.");
    }

    private static void check(boolean holds, String sentence) {
        if (!holds) {
            throw new IllegalArgumentException(sentence);
        }
    }

    /**
     * Steps as they are written, such as {@code 1%,10%,100%}.
     *
     * @throws IllegalArgumentException with a sentence for the operator, when one is no percentage
     */
    public static List<BigDecimal> parseSteps(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .map(RolloutSettings::parseStep)
                .toList();
    }

    private static BigDecimal parseStep(String text) {
        var percent = PERCENT.matcher(text);
        check(percent.matches(), "\"" + text + "\" is not a step of a roll-out; one is written as 10% or 0.5%.");
        return new BigDecimal(percent.group(1));
    }

    /**
     * A time as it is written, such as {@code 60s}, {@code 5m} or {@code 1h}.
     *
     * @throws IllegalArgumentException with a sentence for the operator, when it is none
     */
    public static Duration parseHold(String text) {
        var time = TIME.matcher(text);
        check(time.matches(), "\"" + text + "\" is not a time; one is written as 60s, 5m or 1h.");
        long number = Long.parseLong(time.group(1));
        return switch (time.group(2)) {
            case "h" -> Duration.ofHours(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofSeconds(number);
        };
    }

    /** The steps as {@link #parseSteps} reads them. */
    public String stepsText() {
        return steps.stream()
                .map(step -> step.stripTrailingZeros().toPlainString() + "%")
                .collect(Collectors.joining(","));
    }

    /** How many steps there are, with the one of the first hosts. */
    public int count() {
        return steps.size() + (first.isEmpty() ? 0 : 1);
    }

    /** What a step is called, such as {@code 10%}. */
    public String name(int step) {
        if (isOfFirst(step)) {
            return "first hosts";
        }
        return percent(step).stripTrailingZeros().toPlainString() + "%";
    }

    /** Whether a step is the one of the first hosts alone. */
    boolean isOfFirst(int step) {
        return step == 0 && !first.isEmpty();
    }

    /** How many of all hosts have the revision after a step, in percent; 0 for the one of the first hosts. */
    BigDecimal percent(int step) {
        return isOfFirst(step) ? BigDecimal.ZERO : steps.get(first.isEmpty() ? step : step - 1);
    }
}
