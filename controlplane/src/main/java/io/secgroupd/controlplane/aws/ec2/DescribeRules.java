package io.secgroupd.controlplane.aws.ec2;

import io.secgroupd.controlplane.aws.AwsError;
import io.secgroupd.controlplane.aws.AwsRefusal;
import io.secgroupd.controlplane.aws.ec2.Paging.Page;
import io.secgroupd.controlplane.aws.operation.Catalog;
import io.secgroupd.controlplane.aws.operation.OperationCall;
import io.secgroupd.controlplane.aws.operation.OperationPlan;
import io.secgroupd.controlplane.aws.query.Parameters;
import io.secgroupd.controlplane.edit.change.ShownRule;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Shows single rules with their ids. */
final class DescribeRules {

    private DescribeRules() {}

    static void addTo(Catalog catalog) {
        catalog.reads("DescribeSecurityGroupRules", DescribeRules::describe);
    }

    private static OperationPlan describe(OperationCall call) {
        requireWellFormedGroups(call.parameters());
        List<ShownRule> rules =
                named(call).stream().filter(filters().read(call.parameters())).toList();
        Page<ShownRule> page = Paging.USUAL.page(call.parameters(), rules, ShownRule::id);
        return OperationPlan.answer(xml -> {
            new RuleXml(call.account()).writeAll(xml, page.items());
            xml.text("nextToken", page.next());
        });
    }

    private static List<ShownRule> named(OperationCall call) {
        List<ShownRule> all = call.policy().securityGroups().values().stream()
                .flatMap(GroupRules::all)
                .toList();
        List<String> ids = call.parameters().texts("SecurityGroupRuleId");
        if (ids.isEmpty()) {
            return all;
        }
        ids.forEach(GroupRules::requireWellFormed);
        Set<String> wanted = new TreeSet<>(ids);
        List<ShownRule> found = all.stream()
                .filter(rule -> wanted.stream().anyMatch(id -> GroupRules.isCalled(rule, id)))
                .toList();
        wanted.removeIf(id -> found.stream().anyMatch(rule -> GroupRules.isCalled(rule, id)));
        wanted.forEach(id -> {
            throw GroupRules.notFound(id);
        });
        return found;
    }

    private static Filters<ShownRule> filters() {
        return new Filters<ShownRule>()
                .one("group-id", rule -> rule.of().group())
                .one("security-group-rule-id", ShownRule::id)
                .tags(rule -> rule.of().tags());
    }

    /** AWS refuses a group id of another form here, although a filter only compares. */
    private static void requireWellFormedGroups(Parameters request) {
        for (Parameters filter : request.list("Filter")) {
            if (filter.text("Name").orElse("").equals("group-id")) {
                filter.texts("Value").forEach(DescribeRules::requireWellFormed);
            }
        }
    }

    private static void requireWellFormed(String group) {
        if (!group.startsWith("sg-") && !group.startsWith("*")) {
            throw new AwsRefusal(
                    AwsError.of("InvalidGroupId.Malformed", "The security group ID '" + group + "' is malformed"));
        }
    }
}
