package io.secgroupd.controlplane.aws.ec2;

import io.secgroupd.controlplane.aws.AwsError;
import io.secgroupd.controlplane.aws.AwsRefusal;
import io.secgroupd.controlplane.edit.change.RuleKey;
import io.secgroupd.controlplane.edit.change.ShownRule;
import io.secgroupd.rules.model.Rule;
import io.secgroupd.rules.model.SecurityGroup;
import io.secgroupd.rules.net.Direction;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The rules of a group in one direction as clients see them, in the order of the file. */
final class GroupRules {

    private static final String PREFIX = "sgr-";

    private final Map<RuleKey, ShownRule> byKey = new LinkedHashMap<>();

    private GroupRules(Collection<Rule> rules) {
        // A file may say the same in two ways, such as any and 0.0.0.0/0; clients see it once.
        rules.stream()
                .flatMap(rule -> ShownRule.of(rule).stream())
                .forEach(rule -> byKey.putIfAbsent(rule.key(), rule));
    }

    static GroupRules of(SecurityGroup group, Direction direction) {
        return new GroupRules(group.rules(direction));
    }

    /** All rules of a group: those for what comes in, then those for what goes out. */
    static Stream<ShownRule> all(SecurityGroup group) {
        return Stream.of(Direction.values()).flatMap(direction -> of(group, direction).stream());
    }

    Stream<ShownRule> stream() {
        return byKey.values().stream();
    }

    Optional<ShownRule> find(RuleKey key) {
        return Optional.ofNullable(byKey.get(key));
    }

    /**
     * The rule with this id. An id that the log shows for a rule of several parts finds the first of them.
     *
     * @throws AwsRefusal when there is none
     */
    ShownRule byId(String id) {
        requireWellFormed(id);
        return stream().filter(rule -> isCalled(rule, id)).findFirst().orElseThrow(() -> notFound(id));
    }

    /** Reports whether a rule is meant by an id: its own, or that of the rule of the file which begins with it. */
    static boolean isCalled(ShownRule rule, String id) {
        return rule.id().equals(id)
                || (rule.of().id().equals(id)
                        && ShownRule.of(rule.of()).get(0).key().equals(rule.key()));
    }

    static void requireWellFormed(String id) {
        if (!id.startsWith(PREFIX)) {
            throw new AwsRefusal(AwsError.of(
                    "InvalidSecurityGroupRuleId.Malformed", "The security group rule ID '" + id + "' is malformed"));
        }
    }

    static AwsRefusal notFound(String id) {
        return new AwsRefusal(AwsError.of(
                "InvalidSecurityGroupRuleId.NotFound", "The security group rule ID '" + id + "' does not exist"));
    }
}
