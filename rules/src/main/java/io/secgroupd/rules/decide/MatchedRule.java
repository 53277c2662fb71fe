package io.secgroupd.rules.decide;

/**
 * The rule that decided.
 *
 * @param id    {@code sgr-…}
 * @param group the security group that it belongs to
 * @param at    {@code file:line} where it is written
 */
public record MatchedRule(String id, String group, String at) {}
