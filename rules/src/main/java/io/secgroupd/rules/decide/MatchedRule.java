package io.secgroupd.rules.decide;

/**
 * The rule that decided.
 *
 * @param id     {@code sgr-…}
 * @param group  the security group that it belongs to
 * @param at     {@code file:line} where it is written
 * @param number from 0, the same for the same group and id within one compiled policy, so that it can be the index of a
 *               counter
 */
public record MatchedRule(String id, String group, String at, int number) {}
