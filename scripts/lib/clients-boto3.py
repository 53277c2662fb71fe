"""Changes a policy by boto3: clients-boto3.py ENDPOINT RULES-FILE. It prints a line for each thing that held.

What a call changes is read back twice: through the client, and in the rules file. It removes all that it made.
"""
import sys

import boto3
import yaml
from botocore.config import Config
from botocore.exceptions import ClientError

endpoint, rules_file = sys.argv[1], sys.argv[2]
once = Config(retries={"total_max_attempts": 1})  # a second attempt would hide that the first was refused
ACCOUNT, APP, DATABASE, OFFICES = "000000000000", "sg-0123ec2example", "sg-6789rdsexample", "pl-offices"
EVERYTHING = [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}], "Ipv6Ranges": [{"CidrIpv6": "::/0"}]}]


def client(service, key="write"):
    return boto3.Session(profile_name=key).client(service, endpoint_url=endpoint, config=once)


def file():
    with open(rules_file) as text:
        return yaml.safe_load(text)


def rules_of(group, direction="inbound"):
    return file()["security_groups"][group].get(direction)


def same(what, wanted, found):
    if wanted != found:
        raise SystemExit(f"  FAILS  {what}\n    wanted {wanted}\n    found  {found}")


def holds(what):
    print(f"  holds  {what}", flush=True)


def refused(code, call, **parameters):
    """The call must be refused with this code, and must leave the file as it is."""
    with open(rules_file) as text:
        before = text.read()
    try:
        call(**parameters)
    except ClientError as refusal:
        same(f"the refusal of {refusal.operation_name}: {refusal}", code, refusal.response["Error"]["Code"])
    else:
        raise SystemExit(f"  FAILS  a call was not refused with {code}: {parameters}")
    with open(rules_file) as text:
        same(f"the file after {code}", before, text.read())


def permissions(group, direction="IpPermissions"):
    return ec2.describe_security_groups(GroupIds=[group])["SecurityGroups"][0][direction]


def flat(permission):
    """A permission without the lists that are empty, as a request may be written."""
    return {name: value for name, value in permission.items() if value != []}


def who_asks():
    same("the caller", "arn:aws:iam::000000000000:user/write", client("sts").get_caller_identity()["Arn"])
    same("the reader", "arn:aws:iam::000000000000:user/read", client("sts", "read").get_caller_identity()["Arn"])
    network = ec2.describe_vpcs(Filters=[{"Name": "is-default", "Values": ["true"]}])["Vpcs"]
    same("the network", ["vpc-00000000"], [vpc["VpcId"] for vpc in network])
    ec2.get_waiter("vpc_available").wait(VpcIds=["vpc-00000000"])
    holds("sts names the key that asks, and ec2 the one network")


def make_group(name, **more):
    made = ec2.create_security_group(GroupName=name, Description=f"Made as {name}", VpcId="vpc-00000000", **more)
    ec2.get_waiter("security_group_exists").wait(GroupIds=[made["GroupId"]])
    return made["GroupId"]


def new_group():
    tags = [{"Key": "team", "Value": "shop"}]
    group = make_group("web", TagSpecifications=[{"ResourceType": "security-group", "Tags": tags}])
    shown = ec2.describe_security_groups(GroupIds=[group])["SecurityGroups"][0]
    same("the name", "web", shown["GroupName"])
    same("the tags", tags, shown["Tags"])
    same("the inbound rules", [], shown["IpPermissions"])
    same("the outbound rules", EVERYTHING, [flat(one) for one in shown["IpPermissionsEgress"]])
    wanted = {"name": "web", "description": "Made as web", "tags": {"team": "shop"}}
    same("the group in the file", wanted, {key: file()["security_groups"][group].get(key) for key in wanted})
    holds("a group is made with its tags, and may open every connection; the waiter sees it")
    return group


def every_kind_of_rule(group):
    wanted = [
        {
            "IpProtocol": "tcp",
            "FromPort": 443,
            "ToPort": 443,
            "IpRanges": [{"CidrIp": "203.0.113.0/24", "Description": "the office"}],
            "Ipv6Ranges": [{"CidrIpv6": "2001:db8:f::/48"}],
        },
        {"IpProtocol": "udp", "FromPort": 5000, "ToPort": 5010, "PrefixListIds": [{"PrefixListId": OFFICES}]},
        {"IpProtocol": "icmp", "FromPort": 8, "ToPort": -1, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]},
        {"IpProtocol": "icmpv6", "FromPort": -1, "ToPort": -1, "Ipv6Ranges": [{"CidrIpv6": "::/0"}]},
        {"IpProtocol": "-1", "UserIdGroupPairs": [{"GroupId": APP, "UserId": "000000000000"}]},
    ]
    made = ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=wanted)["SecurityGroupRules"]
    same("the permissions", wanted, [flat(one) for one in permissions(group)])
    in_file = [
        {"protocol": "tcp", "ports": 443, "source": "203.0.113.0/24", "description": "the office"},
        {"protocol": "tcp", "ports": 443, "source": "2001:db8:f::/48"},
        {"protocol": "udp", "ports": "5000-5010", "source": OFFICES},
        {"protocol": "icmp", "icmp_type": 8, "source": "0.0.0.0/0"},
        {"protocol": "icmpv6", "source": "::/0"},
        {"protocol": "all", "source": APP},
    ]
    same("the rules in the file", in_file, rules_of(group))
    holds("inbound rules are made for IPv4, IPv6, a prefix list, ICMP, ICMPv6 and everything from a group")

    ec2.revoke_security_group_egress(GroupId=group, IpPermissions=EVERYTHING)
    same("no outbound rule in the file", [], rules_of(group, "outbound"))
    out = [
        {"IpProtocol": "tcp", "FromPort": 3306, "ToPort": 3306, "UserIdGroupPairs": [{"GroupId": DATABASE, "UserId": ACCOUNT}]},
        {"IpProtocol": "50", "IpRanges": [{"CidrIp": "198.51.100.0/24"}]},
        {"IpProtocol": "-1", "PrefixListIds": [{"PrefixListId": OFFICES}]},
    ]
    ec2.authorize_security_group_egress(GroupId=group, IpPermissions=out)
    same("the outbound permissions", out, [flat(one) for one in permissions(group, "IpPermissionsEgress")])
    in_file = [
        {"protocol": "tcp", "ports": 3306, "destination": DATABASE},
        {"protocol": 50, "destination": "198.51.100.0/24"},
        {"protocol": "all", "destination": OFFICES},
    ]
    same("the outbound rules in the file", in_file, rules_of(group, "outbound"))
    holds("outbound rules take the place of the one for everything")
    return made[0]["SecurityGroupRuleId"]


def modified_rules(group, rule):
    change = {"IpProtocol": "udp", "FromPort": 6000, "ToPort": 6000, "CidrIpv4": "192.0.2.0/24", "Description": "moved"}
    asked = [{"SecurityGroupRuleId": rule, "SecurityGroupRule": change}]
    same("the answer", True, ec2.modify_security_group_rules(GroupId=group, SecurityGroupRules=asked)["Return"])
    shown = ec2.describe_security_group_rules(SecurityGroupRuleIds=[rule])["SecurityGroupRules"]
    same("the rule after the change", [change], [{key: one[key] for key in change} for one in shown])
    wanted = {"protocol": "udp", "ports": 6000, "source": "192.0.2.0/24", "description": "moved", "id": rule}
    same("the rule in the file", wanted, rules_of(group)[0])

    ec2.update_security_group_rule_descriptions_ingress(
        GroupId=group, SecurityGroupRuleDescriptions=[{"SecurityGroupRuleId": rule, "Description": "moved again"}]
    )
    echo = {"IpProtocol": "icmp", "FromPort": 8, "ToPort": -1, "IpRanges": [{"CidrIp": "0.0.0.0/0", "Description": "echo"}]}
    ec2.update_security_group_rule_descriptions_ingress(GroupId=group, IpPermissions=[echo])
    same("the descriptions in the file", ["moved again", "echo"], [rules_of(group)[index]["description"] for index in (0, 3)])
    same("the description of the permission", echo, flat(permissions(group)[3]))
    holds("a rule keeps its id when peer, ports and description change; descriptions change by id and by permission")


def found_by_filters_and_pages(group):
    more = [make_group(f"page-{number}") for number in range(5)]
    for name, value in {
        "group-name": "we?",
        "tag:team": "sh*",
        "ip-permission.cidr": "192.0.2.0/24",
        "ip-permission.to-port": "6000",
        "egress.ip-permission.prefix-list-id": OFFICES,
        "egress.ip-permission.group-id": DATABASE,
    }.items():
        found = ec2.describe_security_groups(Filters=[{"Name": name, "Values": [value, "no such value"]}])
        same(f"the groups by {name}", [group], [one["GroupId"] for one in found["SecurityGroups"]])
    nothing = ec2.describe_security_groups(Filters=[{"Name": "group-name", "Values": ["nobody"]}])
    same("the groups by a name that nobody has", [], nothing["SecurityGroups"])
    holds("groups are found by filters of names, tags and rules")

    pages = list(ec2.get_paginator("describe_security_groups").paginate(PaginationConfig={"PageSize": 5}))
    same("the pages of groups", [5, 3], [len(page["SecurityGroups"]) for page in pages])
    shown = {one["GroupId"] for page in pages for one in page["SecurityGroups"]}
    same("the groups of all pages", set(file()["security_groups"]), shown)
    rules = ec2.get_paginator("describe_security_group_rules").paginate(
        Filters=[{"Name": "group-id", "Values": [group]}], PaginationConfig={"PageSize": 5}
    )
    same("the rules of all pages", 9, len({one["SecurityGroupRuleId"] for page in rules for one in page["SecurityGroupRules"]}))
    holds("paginators pass every group and every rule once")
    for one in more:
        ec2.delete_security_group(GroupId=one)
    same("the groups left", {APP, DATABASE, group}, set(file()["security_groups"]))


def tags(group, rule):
    ec2.create_tags(Resources=[group, OFFICES, "i-app-1"], Tags=[{"Key": "owner", "Value": "ops"}, {"Key": "empty", "Value": ""}])
    filters = [{"Name": "key", "Values": ["owner"]}]
    shown = [tag for page in ec2.get_paginator("describe_tags").paginate(Filters=filters) for tag in page["Tags"]]
    kinds = ["instance", "network-interface", "prefix-list", "security-group"]  # an instance shares its tags with its interface
    same("the kinds of what has tags", kinds, sorted(tag["ResourceType"] for tag in shown))
    same("the tags in the file", {"team": "shop", "owner": "ops", "empty": ""}, file()["security_groups"][group]["tags"])
    ec2.create_tags(Resources=[rule], Tags=[{"Key": "ticket", "Value": "7"}])
    same("the rule's tags in the file", {"ticket": "7"}, rules_of(group)[0]["tags"])
    ec2.delete_tags(Resources=[group, OFFICES, "i-app-1"], Tags=[{"Key": "owner"}, {"Key": "empty", "Value": ""}])
    ec2.delete_tags(Resources=[rule])
    same("the tags left", {"team": "shop"}, file()["security_groups"][group]["tags"])
    same("the tags left of a list", None, file()["prefix_lists"][OFFICES].get("tags"))
    holds("groups, rules, prefix lists and instances are tagged and untagged")


def resources(group):
    same("the group by its name", [group], [one.id for one in everything.security_groups.filter(GroupNames=["web"])])
    one = everything.SecurityGroup(group)
    one.authorize_ingress(IpProtocol="tcp", FromPort=8080, ToPort=8080, CidrIp="192.0.2.7/24")  # AWS clears the host's bits
    one.reload()
    same("the last permission", "192.0.2.0/24", one.ip_permissions[-1]["IpRanges"][0]["CidrIp"])
    same("the last rule in the file", {"protocol": "tcp", "ports": 8080, "source": "192.0.2.0/24"}, rules_of(group)[-1])
    one.revoke_ingress(IpPermissions=[one.ip_permissions[-1]])
    same("the last rule after the revocation", {"protocol": "all", "source": APP}, rules_of(group)[-1])
    instance = everything.Instance("i-app-1")
    instance.wait_until_running()
    same("an instance's groups", [APP], [each["GroupId"] for each in instance.security_groups])
    instance.modify_attribute(Groups=[APP, group])
    same("the groups in the file", [APP, group], file()["instances"]["app-1"]["security_groups"])
    [interface] = everything.network_interfaces.filter(Filters=[{"Name": "group-id", "Values": [group]}])
    interface.modify_attribute(Groups=[APP])
    same("the groups after the interface's change", [APP], file()["instances"]["app-1"]["security_groups"])
    holds("resources: a group in the flat form, an instance and its interface get other groups")


def prefix_list(group):
    made = ec2.create_managed_prefix_list(
        PrefixListName="partners", MaxEntries=3, AddressFamily="IPv4", Entries=[{"Cidr": "198.51.100.0/24", "Description": "one"}]
    )["PrefixList"]
    listed = made["PrefixListId"]
    same("the state", ("create-complete", 1), (made["State"], made["Version"]))
    ec2.authorize_security_group_ingress(
        GroupId=group,
        IpPermissions=[{"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "PrefixListIds": [{"PrefixListId": listed}]}],
    )
    more = [{"Cidr": "192.0.2.0/25"}, {"Cidr": "192.0.2.128/25", "Description": "three"}]
    changed = ec2.modify_managed_prefix_list(
        PrefixListId=listed, CurrentVersion=1, AddEntries=more, RemoveEntries=[{"Cidr": "198.51.100.0/24"}]
    )
    same("the version", 2, changed["PrefixList"]["Version"])
    refused("PrefixListVersionMismatch", ec2.modify_managed_prefix_list, PrefixListId=listed, CurrentVersion=1, AddEntries=more)
    pages = ec2.get_paginator("get_managed_prefix_list_entries").paginate(PrefixListId=listed, PaginationConfig={"PageSize": 1})
    same("the entries of all pages", more, [entry for page in pages for entry in page["Entries"]])
    in_file = ["192.0.2.0/25", {"cidr": "192.0.2.128/25", "description": "three"}]
    same("the entries in the file", in_file, file()["prefix_lists"][listed]["entries"])
    lists = ec2.get_paginator("describe_managed_prefix_lists").paginate(
        Filters=[{"Name": "prefix-list-name", "Values": ["partners"]}], PaginationConfig={"PageSize": 1}
    )
    same("the lists by their name", [listed], [one["PrefixListId"] for page in lists for one in page["PrefixLists"]])
    users = ec2.get_managed_prefix_list_associations(PrefixListId=listed)["PrefixListAssociations"]
    same("who uses the list", [group], [one["ResourceId"] for one in users])
    refused("DependencyViolation", ec2.delete_managed_prefix_list, PrefixListId=listed)
    ec2.revoke_security_group_ingress(
        GroupId=group,
        IpPermissions=[{"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "PrefixListIds": [{"PrefixListId": listed}]}],
    )
    ec2.delete_managed_prefix_list(PrefixListId=listed)
    refused("InvalidPrefixListID.NotFound", ec2.get_managed_prefix_list_entries, PrefixListId=listed)
    same("the lists in the file", [OFFICES], list(file()["prefix_lists"]))
    holds("a managed prefix list is made, changed by its version, used, paged and deleted")


def clusters(open_group):
    # The group takes everything from app-1, and a test of the file says that its SSH does not reach the cluster.
    modify = rds.modify_db_cluster
    refused("OperationNotPermitted", modify, DBClusterIdentifier="orders", VpcSecurityGroupIds=[DATABASE, open_group])
    group = make_group("maintenance")
    ec2.revoke_security_group_egress(GroupId=group, IpPermissions=EVERYTHING)
    changed = modify(DBClusterIdentifier="orders", VpcSecurityGroupIds=[DATABASE, group], ApplyImmediately=True)
    shown = [one["VpcSecurityGroupId"] for one in changed["DBCluster"]["VpcSecurityGroups"]]
    same("the cluster's groups", [DATABASE, group], shown)
    same("the cluster's groups in the file", [DATABASE, group], file()["clusters"]["orders"]["security_groups"])
    rds.get_waiter("db_cluster_available").wait(DBClusterIdentifier="orders")
    rds.get_waiter("db_instance_available").wait(DBInstanceIdentifier="orders-1")
    refused("DependencyViolation", ec2.delete_security_group, GroupId=group)
    refused("InvalidParameterValue", modify, DBClusterIdentifier="orders", VpcSecurityGroupIds=["sg-none"])
    refused("DBClusterNotFoundFault", modify, DBClusterIdentifier="nobody", VpcSecurityGroupIds=[group])
    modify(DBClusterIdentifier="orders", VpcSecurityGroupIds=[DATABASE])
    same("the cluster's groups at the end", [DATABASE], file()["clusters"]["orders"]["security_groups"])
    holds("modify_db_cluster gives a cluster other groups, and gives them back")

    made = rds.create_db_cluster(
        DBClusterIdentifier="stock",
        Engine="aurora-mysql",
        Port=3307,
        VpcSecurityGroupIds=[group],
        Tags=[{"Key": "a", "Value": "b"}],
    )["DBCluster"]
    rds.get_waiter("db_cluster_available").wait(DBClusterIdentifier="stock")
    wanted = {"security_groups": [group], "port": 3307, "engine": "aurora-mysql", "tags": {"a": "b"}}
    found = file()["clusters"]["stock"]
    same("the new cluster in the file", wanted, {key: found.get(key) for key in wanted})
    rds.add_tags_to_resource(ResourceName=made["DBClusterArn"], Tags=[{"Key": "c", "Value": "d"}])
    rds.remove_tags_from_resource(ResourceName=made["DBClusterArn"], TagKeys=["a"])
    same("its tags", [{"Key": "c", "Value": "d"}], rds.list_tags_for_resource(ResourceName=made["DBClusterArn"])["TagList"])
    pages = rds.get_paginator("describe_db_clusters").paginate()
    same("all clusters", ["orders", "stock"], [one["DBClusterIdentifier"] for page in pages for one in page["DBClusters"]])
    rds.delete_db_cluster(DBClusterIdentifier="stock", SkipFinalSnapshot=True)
    rds.get_waiter("db_cluster_deleted").wait(DBClusterIdentifier="stock")
    same("the clusters in the file", ["orders"], list(file()["clusters"]))
    ec2.delete_security_group(GroupId=group)
    holds("a cluster is made, tagged, listed and deleted; its waiters end")


def refusals(group):
    there = {"IpProtocol": "udp", "FromPort": 6000, "ToPort": 6000, "IpRanges": [{"CidrIp": "192.0.2.0/24"}]}
    new = {**there, "IpProtocol": "tcp"}
    to_database = {"IpProtocol": "tcp", "FromPort": 3306, "ToPort": 3306, "UserIdGroupPairs": [{"GroupId": APP}]}
    from_nobody = {"IpProtocol": "-1", "UserIdGroupPairs": [{"GroupId": "sg-0000000000000dead"}]}
    authorize, revoke = ec2.authorize_security_group_ingress, ec2.revoke_security_group_ingress
    refused("InvalidGroup.NotFound", ec2.describe_security_groups, GroupIds=["sg-0000000000000dead"])
    refused("InvalidGroup.NotFound", ec2.describe_security_groups, GroupNames=["nobody"])
    refused("InvalidGroup.NotFound", authorize, GroupId=group, IpPermissions=[from_nobody])
    refused("InvalidGroup.Duplicate", ec2.create_security_group, GroupName="WEB", Description="the same name")
    refused("InvalidPermission.Duplicate", authorize, GroupId=group, IpPermissions=[new, there])
    refused("InvalidPermission.NotFound", revoke, GroupId=group, IpPermissions=[new])
    refused("InvalidSecurityGroupRuleId.NotFound", revoke, GroupId=group, SecurityGroupRuleIds=["sgr-0000000000000dead"])
    refused("DependencyViolation", ec2.delete_security_group, GroupId=APP)
    refused("InvalidParameterValue", ec2.describe_security_groups, Filters=[{"Name": "colour", "Values": ["red"]}])
    holds("what is not there, what is there already and what is in use is refused by AWS's codes")
    refused("DryRunOperation", authorize, GroupId=group, IpPermissions=[new], DryRun=True)
    refused("InvalidPermission.Duplicate", authorize, GroupId=group, IpPermissions=[there], DryRun=True)
    refused("OperationNotPermitted", revoke, GroupId=DATABASE, IpPermissions=[to_database])
    holds("a dry run writes nothing, and a change that a test of the file forbids is refused")
    refused("UnauthorizedOperation", client("ec2", "read").authorize_security_group_ingress, GroupId=group, IpPermissions=[new])
    known = boto3.Session(profile_name="write").get_credentials()
    for key, secret in (known.access_key, "x" * 40), ("AKIA0000000000000000", known.secret_key):
        stranger = boto3.client("ec2", endpoint_url=endpoint, config=once, aws_access_key_id=key, aws_secret_access_key=secret)
        refused("AuthFailure", stranger.describe_security_groups)
    holds("a key that may only look, another's key and a wrong secret are refused")


def deleted(group):
    ec2.delete_security_group(GroupId=group)
    refused("InvalidGroup.NotFound", ec2.delete_security_group, GroupId=group)
    same("the groups in the file", [APP, DATABASE], list(file()["security_groups"]))
    holds("a group is deleted once")


ec2, rds = client("ec2"), client("rds")
everything = boto3.Session(profile_name="write").resource("ec2", endpoint_url=endpoint, config=once)
who_asks()
group = new_group()
rule = every_kind_of_rule(group)
modified_rules(group, rule)
found_by_filters_and_pages(group)
tags(group, rule)
resources(group)
prefix_list(group)
clusters(group)
refusals(group)
deleted(group)
