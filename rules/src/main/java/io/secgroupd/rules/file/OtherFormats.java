package io.secgroupd.rules.file;

import io.secgroupd.rules.yaml.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Files of other programs that are taken for rules files, told by the words at their top. */
final class OtherFormats {

    private static final String GROUPS = "this is what aws ec2 describe-security-groups prints, and no rules file;"
            + " write each group under security_groups: IpPermissions as inbound, IpPermissionsEgress as outbound, IpProtocol"
            + " as protocol, FromPort and ToPort as ports, CidrIp, GroupId or PrefixListId as source or destination";

    /** By a word that no rules file has, in the order in which they are looked for. */
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
                "this is what aws rds describe-db-clusters prints, and no rules file; write each under"
                        + " clusters, with security_groups and instances");
        BY_WORD.put(
                "terraform_version",
                "this is a state or plan of Terraform, and no rules file; write each"
                        + " aws_security_group under security_groups, with ingress as inbound and egress as outbound");
        BY_WORD.put(
                "resource",
                "this is a Terraform configuration in JSON, and no rules file; write each"
                        + " aws_security_group under security_groups, with ingress as inbound and egress as outbound");
    }

    private OtherFormats() {}

    private static String aws(String command, String instead) {
        return "this is what aws ec2 " + command + " prints, and no rules file; write " + instead;
    }

    /** What a file with these entries at its top is, and what to do with it; empty when it may be a rules file. */
    static Optional<String> told(List<Value.Entry> entries) {
        Set<String> words = entries.stream().map(Value.Entry::key).collect(Collectors.toSet());
        return BY_WORD.entrySet().stream()
                .filter(known -> words.contains(known.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
