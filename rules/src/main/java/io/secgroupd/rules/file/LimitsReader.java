package io.secgroupd.rules.file;

import io.secgroupd.rules.model.Limits;
import io.secgroupd.rules.text.Quote;
import io.secgroupd.rules.yaml.Value;
import java.util.List;

/** Reads {@code limits}. */
final class LimitsReader {

    private LimitsReader() {}

    static Limits read(List<Value.NamedValue> entries) {
        int rules = Limits.DEFAULT.rulesPerSecurityGroup();
        int groups = Limits.DEFAULT.securityGroupsPerInstance();
        for (Value.NamedValue entry : entries) {
            switch (entry.key()) {
                case "rules_per_security_group" ->
                    rules = entry.value().integer(1, 1000).orElse(rules);
                case "security_groups_per_instance" ->
                    groups = entry.value().integer(1, 16).orElse(groups);
                default ->
                    entry.error("unknown key " + Quote.of(entry.key())
                            + "; write rules_per_security_group or security_groups_per_instance");
            }
        }
        return new Limits(rules, groups);
    }
}
