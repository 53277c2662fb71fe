package io.secgroupd.rules.file;

import io.secgroupd.rules.yaml.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Recognises files of other programs that are mistaken for rules files, by the words at their top. */
final class OtherFormats {

    private static final String GROUPS = "this is what aws ec2 describe-security-groups prints, not a rules file;"
            + " write each group under security_groups: IpPermissions as inbound, IpPermissionsEgress as outbound, IpProtocol"
            + " as protocol, FromPort and ToPort as ports, CidrIp, GroupId or PrefixListId as source or destination";

    private static final String CLOUD_FORMATION =
            "this is a template of AWS CloudFormation, not a rules file; write each"
                    + " AWS::EC2::SecurityGroup under security_groups, with SecurityGroupIngress as inbound and SecurityGroupEgress as"
                    + " outbound";

    /** The messages, keyed by a word that no rules file has, in the order in which the words are looked for. */
    private static final Map<String, String> BY_WORD = new LinkedHashMap<>();

    static {
        BY_WORD.put("SecurityGroups", GROUPS);
        BY_WORD.put("SecurityGroupRules", GROUPS.replace("security-groups", "security-group-rules"));
        BY_WORD.put("PrefixLists", aws("describe-prefix-lists", "its entries under prefix_lists"));
        BY_WORD.put("Entries", aws("get-managed-prefix-list-entries", "each Cidr as an entry under prefix_lists"));
        BY_WORD.put(
                "Reservations",
                aws("describe-instances", "each instance under instances, with addresses and" + " security_groups"));
        BY_WORD.put(
                "NetworkInterfaces",
                aws(
                        "describe-network-interfaces",
                        "each instance under instances, with addresses" + " and security_groups"));
        BY_WORD.put(
                "DBClusters",
                "this is what aws rds describe-db-clusters prints, not a rules file; write each under"
                        + " clusters, with security_groups and instances");
        BY_WORD.put(
                "DBInstances",
                "this is what aws rds describe-db-instances prints, not a rules file; write each under"
                        + " instances, with addresses and security_groups");
        BY_WORD.put("AWSTemplateFormatVersion", CLOUD_FORMATION);
        BY_WORD.put("Resources", CLOUD_FORMATION);
        BY_WORD.put(
                "terraform_version",
                "this is a state or plan of Terraform, not a rules file; write each"
                        + " aws_security_group under security_groups, with ingress as inbound and egress as outbound");
        BY_WORD.put(
                "resource",
                "this is a Terraform configuration in JSON, not a rules file; write each"
                        + " aws_security_group under security_groups, with ingress as inbound and egress as outbound");
    }

    private OtherFormats() {}

    private static String aws(String command, String instead) {
        return "this is what aws ec2 " + command + " prints, not a rules file; write " + instead;
    }

    /** Words of the first item of a list at the top, as the option --query of the AWS command line leaves it. */
    private static final Map<String, String> BY_WORD_OF_ITEM = Map.of(
            "IpPermissions", "SecurityGroups",
            "SecurityGroupRuleId", "SecurityGroupRules",
            "PrefixListId", "PrefixLists",
            "Cidr", "Entries",
            "InstanceId", "Reservations",
            "NetworkInterfaceId", "NetworkInterfaces",
            "DBClusterIdentifier", "DBClusters",
            "DBInstanceIdentifier", "DBInstances");

    /** Says what the file with this at its top is, and what to do with it; empty when it may be a rules file. */
    static Optional<String> told(Value document) {
        if (document.isMap()) {
            return first(BY_WORD, words(document));
        }
        return firstItem(document)
                .flatMap(item -> first(BY_WORD_OF_ITEM, words(item)).map(BY_WORD::get));
    }

    private static Optional<Value> firstItem(Value document) {
        return document.isList() ? document.items().flatMap(all -> all.stream().findFirst()) : Optional.empty();
    }

    private static Set<String> words(Value value) {
        Optional<List<Value.NamedValue>> entries = value.isMap() ? value.entries() : Optional.empty();
        return entries.stream().flatMap(List::stream).map(Value.NamedValue::key).collect(Collectors.toSet());
    }

    private static Optional<String> first(Map<String, String> known, Set<String> words) {
        return known.entrySet().stream()
                .filter(one -> words.contains(one.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
