package io.secgroupd.controlplane.aws.ec2;

import io.secgroupd.controlplane.aws.AwsError;
import io.secgroupd.controlplane.aws.AwsRefusal;
import io.secgroupd.controlplane.aws.operation.AwsAccount;
import io.secgroupd.controlplane.aws.operation.Catalog;
import io.secgroupd.controlplane.aws.operation.OperationCall;
import io.secgroupd.controlplane.aws.operation.OperationPlan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Shows the one region, its one zone, and what the account may do. */
final class Places {

    private static final String OPT_IN = "opt-in-not-required";

    private Places() {}

    static void addTo(Catalog catalog) {
        catalog.reads("DescribeRegions", Places::regions)
                .reads("DescribeAvailabilityZones", Places::zones)
                .reads("DescribeAccountAttributes", Places::attributes);
    }

    private static OperationPlan regions(OperationCall call) {
        requireKnown(call, "RegionName", call.account().region(), "region");
        List<AwsAccount> regions = List.of(call.account()).stream()
                .filter(new Filters<AwsAccount>()
                        .one("region-name", AwsAccount::region)
                        .one("endpoint", Places::endpoint)
                        .one("opt-in-status", account -> OPT_IN)
                        .read(call.parameters()))
                .toList();
        return OperationPlan.answer(xml -> xml.list("regionInfo", "item", regions, (item, account) -> {
            item.text("optInStatus", OPT_IN);
            item.texts("geographySet", "item", List.of());
            item.text("regionName", account.region());
            item.text("regionEndpoint", endpoint(account));
        }));
    }

    private static String endpoint(AwsAccount account) {
        return "ec2." + account.region() + ".amazonaws.com";
    }

    private static OperationPlan zones(OperationCall call) {
        String region = call.account().region();
        requireKnown(call, "ZoneName", region + "a", "availability zone");
        List<String> zones = List.of(region + "a").stream()
                .filter(new Filters<String>()
                        .one("zone-name", zone -> zone)
                        .one("zone-id", zone -> region + "-az1")
                        .one("zone-type", zone -> "availability-zone")
                        .one("region-name", zone -> region)
                        .one("group-name", zone -> region)
                        .one("state", zone -> "available")
                        .one("opt-in-status", zone -> OPT_IN)
                        .read(call.parameters()))
                .toList();
        return OperationPlan.answer(xml -> xml.list("availabilityZoneInfo", "item", zones, (item, zone) -> {
            item.text("optInStatus", OPT_IN);
            item.texts("messageSet", "item", List.of());
            item.text("regionName", region);
            item.text("zoneName", zone);
            item.text("zoneId", region + "-az1");
            item.text("groupName", region);
            item.text("networkBorderGroup", region);
            item.text("zoneType", "availability-zone");
            item.text("zoneState", "available");
        }));
    }

    private static void requireKnown(OperationCall call, String parameter, String known, String what) {
        for (String name : call.parameters().texts(parameter)) {
            if (!name.equals(known)) {
                throw new AwsRefusal(AwsError.invalid("Invalid " + what + ": [" + name + "]"));
            }
        }
    }

    private static OperationPlan attributes(OperationCall call) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("supported-platforms", "VPC");
        all.put("default-vpc", call.account().vpc());
        all.put(
                "vpc-max-security-groups-per-interface",
                Integer.toString(call.policy().limits().securityGroupsPerInstance()));
        List<String> names = call.parameters().texts("AttributeName");
        for (String name : names) {
            if (!all.containsKey(name)) {
                throw call.parameters().invalid("AttributeName", name, "It must be one of " + all.keySet() + ".");
            }
        }
        List<String> shown = all.keySet().stream()
                .filter(name -> names.isEmpty() || names.contains(name))
                .toList();
        return OperationPlan.answer(xml -> xml.list("accountAttributeSet", "item", shown, (item, name) -> {
            item.text("attributeName", name);
            item.list("attributeValueSet", "item", List.of(name), (value, same) -> {
                value.text("attributeValue", all.getOrDefault(same, ""));
            });
        }));
    }
}
