package io.secgroupd.controlplane.aws.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.controlplane.aws.AwsError;
import io.secgroupd.controlplane.aws.operation.Answer;
import io.secgroupd.controlplane.aws.operation.OperationKit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TagOperationsTest {

    private static final String RULES = """
            version: 1
            prefix_lists:
              pl-office: [192.0.2.0/24]    # one
              pl-file: {file: list.txt}
            security_groups:
              sg-web:
                tags: {team: shop, tier: "1"}
                inbound:
                  - {protocol: tcp, ports: [80, 443], source: [10.0.0.0/8, 192.0.2.0/24]}
                  - {id: sgr-ssh, protocol: tcp, ports: 22, source: any, description: ssh}
              sg-db:
                outbound: []
            instances:
              app-1: {addresses: [10.0.1.10], security_groups: [sg-web], tags: {Name: front}}
            clusters:
              orders:
                security_groups: [sg-db]
                tags: {Name: orders}
                instances:
                  orders-1: {addresses: [10.0.2.10]}
            """;

    private static final String RULE = "securityGroupRuleSet/item/";

    private final OperationKit server =
            OperationKit.given(Ec2.catalog(), RULES, Map.of("list.txt", "198.51.100.0/24\n"));

    private void assertRefused(String action, String form, String code, String message) {
        AwsError error = server.refusal(action, form);
        assertThat(error.code()).isEqualTo(code);
        assertThat(error.message()).contains(message);
        assertThat(error.status()).isEqualTo(400);
    }

    private List<String> tagsOf(String id) {
        Answer answer = server.call("DescribeTags", "Filter.1.Name=resource-id&Filter.1.Value.1=" + id);
        return answer.texts("tagSet/item/*[self::key or self::value]");
    }

    private String ruleId(String filter, int index) {
        return server.call("DescribeSecurityGroupRules", filter)
                .texts(RULE + "securityGroupRuleId")
                .get(index);
    }

    @Nested
    class Create {

        @ParameterizedTest
        @CsvSource({
            "sg-web, 'team,web,tier,1,new,'",
            "sg-db, 'team,web,new,'",
            "pl-office, 'team,web,new,'",
            "pl-file, 'team,web,new,'",
            "i-app-1, 'Name,front,team,web,new,'",
            "eni-app-1, 'Name,front,team,web,new,'"
        })
        void addsAndReplaces(String id, String tags) {
            Answer answer = server.call(
                    "CreateTags", "ResourceId.1=" + id + "&Tag.1.Key=team&Tag.1.Value=web&Tag.2.Key=new&Tag.2.Value=");
            assertThat(answer.text("return")).isEqualTo("true");
            assertThat(answer.targets()).containsExactly(id);
            assertThat(tagsOf(id)).containsExactly(tags.split(",", -1));
        }

        @Test
        void valuesStayTexts() {
            server.call("CreateTags", "ResourceId.1=sg-db&Tag.1.Key=true&Tag.1.Value=1&Tag.2.Key=a:b&Tag.2.Value=null");
            assertThat(tagsOf("sg-db")).containsExactly("true", "1", "a:b", "null");
            assertThat(server.rules()).contains("pl-office: [192.0.2.0/24]    # one\n");
        }

        @Test
        void oneOfSeveralRulesOfAnEntryGetsThem() {
            String id = ruleId("", 1);
            List<String> before = server.call("DescribeSecurityGroupRules", "").texts(RULE + "securityGroupRuleId");
            server.call("CreateTags", "ResourceId.1=" + id + "&Tag.1.Key=team&Tag.1.Value=web");
            assertThat(tagsOf(id)).containsExactly("team", "web");
            Answer after = server.call("DescribeSecurityGroupRules", "");
            assertThat(after.count(RULE + "tagSet/item")).isEqualTo(1);
            assertThat(after.texts(RULE + "securityGroupRuleId")).containsExactlyInAnyOrderElementsOf(before);
        }

        @Test
        void oneFamilyOfAnyGetsThemAndBothCan() {
            server.call("CreateTags", "ResourceId.1=sgr-ssh&Tag.1.Key=a");
            assertThat(server.rules())
                    .contains(
                            "source: \"::/0\", description: ssh}",
                            "source: 0.0.0.0/0, description: ssh, tags: {\"a\": \"\"}, id: sgr-ssh}");
            assertThat(tagsOf("sgr-ssh")).containsExactly("a", "");
            String other = server.call("DescribeSecurityGroupRules", "")
                    .text("securityGroupRuleSet/item[cidrIpv6='::/0' and isEgress='false']/securityGroupRuleId");
            server.call("CreateTags", "ResourceId.1=sgr-ssh&ResourceId.2=" + other + "&Tag.1.Key=b");
            assertThat(tagsOf("sgr-ssh")).containsExactly("a", "", "b", "");
            assertThat(tagsOf(other)).containsExactly("b", "");
        }

        @Test
        void theImpliedRuleIsWrittenOut() {
            String id = server.call("DescribeSecurityGroupRules", "")
                    .text("securityGroupRuleSet/item[cidrIpv4='0.0.0.0/0' and isEgress='true']/securityGroupRuleId");
            server.call("CreateTags", "ResourceId.1=" + id + "&Tag.1.Key=a&Tag.1.Value=b");
            assertThat(tagsOf(id)).containsExactly("a", "b");
            assertThat(server.rules()).contains("outbound:", "\"::/0\"");
        }

        @Test
        void ofSeveralResourcesAllOrNone() {
            server.call("CreateTags", "ResourceId.1=sg-db&ResourceId.2=pl-office&Tag.1.Key=a");
            assertThat(tagsOf("sg-db")).containsExactly("a", "");
            assertThat(tagsOf("pl-office")).containsExactly("a", "");
            assertRefused(
                    "CreateTags", "ResourceId.1=sg-db&ResourceId.2=sg-x&Tag.1.Key=b", "InvalidGroup.NotFound", "sg-x");
            assertThat(tagsOf("sg-db")).containsExactly("a", "");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                ResourceId.1=sg-x&Tag.1.Key=a        | InvalidGroup.NotFound               | sg-x
                ResourceId.1=sgr-x&Tag.1.Key=a       | InvalidSecurityGroupRuleId.NotFound | sgr-x
                ResourceId.1=pl-x&Tag.1.Key=a        | InvalidPrefixListID.NotFound        | pl-x
                ResourceId.1=i-x&Tag.1.Key=a         | InvalidInstanceID.NotFound          | i-x
                ResourceId.1=eni-x&Tag.1.Key=a       | InvalidNetworkInterfaceID.NotFound  | eni-x
                ResourceId.1=vpc-x&Tag.1.Key=a       | InvalidVpcID.NotFound               | vpc-x
                ResourceId.1=vpc-00000000&Tag.1.Key=a | OperationNotPermitted              | can have no tags
                ResourceId.1=eni-orders-1&Tag.1.Key=a | OperationNotPermitted              | DB cluster orders
                ResourceId.1=vol-1&Tag.1.Key=a       | InvalidID                           | The ID 'vol-1' is not valid
                ResourceId.1=web&Tag.1.Key=a         | InvalidID                           | The ID 'web' is not valid
                ResourceId.1=sg-web                  | MissingParameter                    | Tag
                Tag.1.Key=a                          | MissingParameter                    | ResourceId
                ResourceId.1=sg-web&Tag.1.Value=a    | MissingParameter                    | Tag.1.Key
                ResourceId.1=sg-web&Tag.1.Key=Aws:x  | InvalidParameterValue               | reserved
                ResourceId.1=sg-web&Tag.1.Key=       | InvalidParameterValue               | 1 to 128
                ResourceId.1=sg-web&Tag.1.Key=a&Tag.2.Key=a | InvalidParameterValue        | more than once
                """)
        void refuses(String form, String code, String message) {
            assertRefused("CreateTags", form, code, message);
        }

        @Test
        void refusesMoreThanFifty() {
            var form = new StringBuilder("ResourceId.1=sg-web");
            for (int i = 1; i <= 49; i++) {
                form.append("&Tag.").append(i).append(".Key=k").append(i);
            }
            assertRefused("CreateTags", form.toString(), "TagLimitExceeded", "50");
        }
    }

    @Nested
    class Delete {

        @ParameterizedTest
        @CsvSource({
            "Tag.1.Key=team, 'tier,1'",
            "Tag.1.Key=team&Tag.1.Value=shop, 'tier,1'",
            "Tag.1.Key=team&Tag.1.Value=web, 'team,shop,tier,1'",
            "Tag.1.Key=team&Tag.1.Value=, 'team,shop,tier,1'",
            "Tag.1.Key=absent, 'team,shop,tier,1'"
        })
        void removesByKeyOrByKeyAndValue(String form, String tags) {
            server.call("DeleteTags", "ResourceId.1=sg-web&" + form);
            assertThat(tagsOf("sg-web")).containsExactly(tags.split(","));
        }

        @Test
        void withoutTagsRemovesAll() {
            server.call("DeleteTags", "ResourceId.1=sg-web&ResourceId.2=i-app-1");
            assertThat(tagsOf("sg-web")).isEmpty();
            assertThat(server.rules()).doesNotContain("Name: front", "shop").contains("Name: orders");
        }

        @Test
        void whatWasNotThereLeavesTheFileAsItIs() {
            server.call("DeleteTags", "ResourceId.1=sgr-ssh&Tag.1.Key=a");
            assertThat(server.rules()).isEqualTo(RULES);
        }
    }

    @Nested
    class Describe {

        @Test
        void showsTheTagsOfAllResources() {
            Answer answer = server.call("DescribeTags", "");
            assertThat(answer.texts("tagSet/item/resourceId"))
                    .containsExactly("sg-web", "sg-web", "i-app-1", "eni-app-1");
            assertThat(answer.texts("tagSet/item/resourceType"))
                    .containsExactly("security-group", "security-group", "instance", "network-interface");
            assertThat(answer.texts("tagSet/item/key")).containsExactly("team", "tier", "Name", "Name");
            assertThat(answer.texts("tagSet/item/value")).containsExactly("shop", "1", "front", "front");
            assertThat(answer.count("nextToken")).isZero();
        }

        @ParameterizedTest
        @CsvSource({
            "key, team, 1",
            "value, front, 2",
            "resource-id, sg-*, 2",
            "resource-type, instance, 1",
            "tag:tier, 1, 1",
            "tag:tier, 2, 0"
        })
        void filters(String name, String value, int found) {
            Answer answer = server.call("DescribeTags", "Filter.1.Name=" + name + "&Filter.1.Value.1=" + value);
            assertThat(answer.count("tagSet/item")).isEqualTo(found);
            assertThat(answer.count("tagSet")).isEqualTo(1);
        }

        @Test
        void pages() {
            server.call("CreateTags", "ResourceId.1=sg-db&Tag.1.Key=a&Tag.2.Key=b&Tag.3.Key=c");
            Answer first = server.call("DescribeTags", "MaxResults=5");
            Answer last = server.call("DescribeTags", "MaxResults=5&NextToken=" + first.text("nextToken"));
            assertThat(first.count("tagSet/item") + last.count("tagSet/item")).isEqualTo(7);
            assertRefused(
                    "DescribeTags", "Filter.1.Name=colour", "InvalidParameterValue", "The filter 'colour' is invalid");
        }
    }
}
