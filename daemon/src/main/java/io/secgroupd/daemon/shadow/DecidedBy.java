package io.secgroupd.daemon.shadow;

/**
 * What one of two policies has decided, in words that outlive the policy.
 *
 * @param direction {@code ingress} or {@code egress}: the half that decided
 * @param instance whose rules were asked; empty when there was none
 * @param reason the word of the reason, such as {@code rule}
 * @param group the group of the rule that matched; empty without one
 * @param rule its id; empty without one
 * @param at {@code file:line} of that rule, or of the one that came nearest; empty without one
 * @param text the terms of that rule in words, and in which of them the flow differs from the nearest
 */
public record DecidedBy(
        String direction, String instance, String reason, String group, String rule, String at, String text) {

    /** Stands for decisions of many kinds. */
    static final DecidedBy VARIOUS = new DecidedBy("", "", "various", "", "", "", "");

    /** What tells it from another decision, however often the policy is written anew. */
    String key() {
        return String.join(" ", direction, instance, reason, group, rule);
    }
}
