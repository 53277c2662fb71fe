package io.secgroupd.controlplane.aws.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.controlplane.aws.AwsError;
import io.secgroupd.controlplane.aws.operation.Answer;
import io.secgroupd.controlplane.aws.operation.OperationKit;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrefixListsTest {

    private static final String RULES = """
            version: 1
            prefix_lists:
              pl-offices:
                name: offices
                max_entries: 3
                tags: {team: net}
                entries:
                  - {cidr: 203.0.113.0/24, description: Berlin}
                  - 198.51.100.0/24    # Paris
              pl-span: [10.0.0.5-10.0.0.7, 10.0.0.6]
              pl-both: [10.0.0.0/8, "2001:db8::/32"]
              pl-file: {file: lists/file.txt}
            security_groups:
              sg-web:
                inbound:
                  - {protocol: tcp, ports: 443, source: pl-span}
              sg-db:
                outbound:
                  - {protocol: all, destination: pl-span}
            """;

    private final OperationKit server =
            OperationKit.given(Ec2.catalog(), RULES, Map.of("lists/file.txt", "192.0.2.0/24\n192.0.2.9\n"));

    private static String create(String more) {
        return "PrefixListName=homes&AddressFamily=IPv4&MaxEntries=5" + more;
    }

    private void assertRefused(String action, String form, String code, String message) {
        AwsError error = server.refusal(action, form);
        assertThat(error.code()).isEqualTo(code);
        assertThat(error.message()).contains(message);
        assertThat(error.status()).isEqualTo(400);
    }

    @Nested
    class Create {

        @Test
        void makesWhatDescribeShowsAfterwards() {
            Answer made = server.call(
                    "CreateManagedPrefixList",
                    create("&Entry.1.Cidr=192.0.2.77/24&Entry.1.Description=Anna&Entry.2.Cidr=10.0.0.1/32"
                            + "&TagSpecification.1.ResourceType=prefix-list"
                            + "&TagSpecification.1.Tag.1.Key=owner&TagSpecification.1.Tag.1.Value=true"));
            assertThat(made.targets()).containsExactly("pl-00000000000000001");
            assertThat(server.rules())
                    .contains("  pl-00000000000000001: {name: homes, tags: {\"owner\": \"true\"}, max_entries: 5,"
                            + " entries: [{cidr: 192.0.2.0/24, description: Anna}, 10.0.0.1/32]}\n");
            String shown = "prefixListSet/item";
            Answer read = server.call("DescribeManagedPrefixLists", "PrefixListId.1=pl-00000000000000001");
            for (String element : new String[] {
                "prefixListId",
                "addressFamily",
                "state",
                "prefixListArn",
                "prefixListName",
                "maxEntries",
                "version",
                "ownerId",
                "tagSet/item/key",
                "tagSet/item/value"
            }) {
                assertThat(read.text(shown + "/" + element)).isEqualTo(made.text("prefixList/" + element));
            }
            assertThat(read.text(shown + "/state")).isEqualTo("create-complete");
            assertThat(read.text(shown + "/addressFamily")).isEqualTo("IPv4");
            assertThat(read.text(shown + "/version")).isEqualTo("1");
            assertThat(read.text(shown + "/prefixListArn"))
                    .isEqualTo("arn:aws:ec2:us-east-1:000000000000:prefix-list/pl-00000000000000001");
            Answer entries = server.call("GetManagedPrefixListEntries", "PrefixListId=pl-00000000000000001");
            assertThat(entries.texts("entrySet/item/cidr")).containsExactly("192.0.2.0/24", "10.0.0.1/32");
            assertThat(entries.texts("entrySet/item/description")).containsExactly("Anna");
        }

        @Test
        void aListMayBeEmptyAndNamesMayRepeat() {
            Answer made =
                    server.call("CreateManagedPrefixList", "PrefixListName=offices&AddressFamily=IPv4&MaxEntries=1");
            assertThat(made.text("prefixList/prefixListName")).isEqualTo("offices");
            assertThat(made.isEmptyList("prefixList/tagSet")).isTrue();
            assertThat(server.call("GetManagedPrefixListEntries", "PrefixListId=pl-00000000000000001")
                            .isEmptyList("entrySet"))
                    .isTrue();
        }

        @Test
        void theSameTokenFindsTheListOfTheFirstTime() {
            String form = create("&Entry.1.Cidr=10.0.0.0/8&ClientToken=4f1c");
            String first = server.call("CreateManagedPrefixList", form).text("prefixList/prefixListId");
            String rules = server.rules();
            assertThat(first).matches("pl-[0-9a-f]{17}");
            assertThat(server.call("CreateManagedPrefixList", form).text("prefixList/prefixListId"))
                    .isEqualTo(first);
            assertThat(server.rules()).isEqualTo(rules);
            assertThat(server.call("CreateManagedPrefixList", form + "0").text("prefixList/prefixListId"))
                    .isNotEqualTo(first);
            assertRefused(
                    "CreateManagedPrefixList",
                    create("&Entry.1.Cidr=10.0.0.0/9&ClientToken=4f1c"),
                    "IdempotentParameterMismatch",
                    first);
        }

        @ParameterizedTest
        @ValueSource(strings = {"PrefixListName", "AddressFamily", "MaxEntries"})
        void needs(String parameter) {
            assertRefused(
                    "CreateManagedPrefixList",
                    create("").replaceFirst(parameter + "=[^&]*", ""),
                    "MissingParameter",
                    "The request must contain the parameter " + parameter);
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                PrefixListName=com.amazonaws.x&AddressFamily=IPv4&MaxEntries=1                       | must not begin with
                PrefixListName=&AddressFamily=IPv4&MaxEntries=1                                      | 1 to 255 characters
                PrefixListName=a&AddressFamily=ipv5&MaxEntries=1                                     | IPv4 or IPv6
                PrefixListName=a&AddressFamily=IPv4&MaxEntries=0                                     | from 1 to 1000000
                PrefixListName=a&AddressFamily=IPv4&MaxEntries=many                                  | must be an integer
                PrefixListName=a&AddressFamily=IPv4&MaxEntries=1&Entry.1.Cidr=2001:db8::/32          | CIDR block 2001:db8::/32 is malformed
                PrefixListName=a&AddressFamily=IPv6&MaxEntries=1&Entry.1.Cidr=10.0.0.0/8             | CIDR block 10.0.0.0/8 is malformed
                PrefixListName=a&AddressFamily=IPv4&MaxEntries=1&Entry.1.Cidr=10.0.0.0               | CIDR block 10.0.0.0 is malformed
                PrefixListName=a&AddressFamily=IPv4&MaxEntries=2&Entry.1.Cidr=10.0.0.1/8&Entry.2.Cidr=10.0.0.0/8 | more than once
                """)
        void refusesValues(String form, String message) {
            assertRefused("CreateManagedPrefixList", form, "InvalidParameterValue", message);
        }

        @Test
        void refusesMoreEntriesThanFit() {
            assertRefused(
                    "CreateManagedPrefixList",
                    "PrefixListName=a&AddressFamily=IPv4&MaxEntries=1&Entry.1.Cidr=10.0.0.0/8&Entry.2.Cidr=11.0.0.0/8",
                    "PrefixListMaxEntriesExceeded",
                    "2 entries, and its maximum is 1");
        }

        @Test
        void refusesWhatTheFileCannotHold() {
            assertRefused(
                    "CreateManagedPrefixList",
                    "PrefixListName=a&AddressFamily=IPv6&MaxEntries=1",
                    "UnsupportedOperation",
                    "must have an entry");
            assertRefused("CreateManagedPrefixList", create("&Colour=red"), "UnknownParameter", "Colour");
        }
    }

    @Nested
    class Modify {

        @Test
        void changesEntriesAndRaisesTheVersion() {
            Answer changed = server.call(
                    "ModifyManagedPrefixList",
                    "PrefixListId=pl-offices&CurrentVersion=1&RemoveEntry.1.Cidr=203.0.113.0/24"
                            + "&AddEntry.1.Cidr=192.0.2.0/24&AddEntry.1.Description=Rome&AddEntry.2.Cidr=192.0.3.0/24");
            assertThat(changed.text("prefixList/version")).isEqualTo("2");
            assertThat(changed.text("prefixList/state")).isEqualTo("modify-complete");
            assertThat(server.call("DescribeManagedPrefixLists", "PrefixListId.1=pl-offices")
                            .text("prefixListSet/item/state"))
                    .isEqualTo("modify-complete");
            assertThat(server.rules())
                    .contains("      - 198.51.100.0/24    # Paris\n")
                    .doesNotContain("Berlin");
            Answer entries = server.call("GetManagedPrefixListEntries", "PrefixListId=pl-offices&TargetVersion=2");
            assertThat(entries.texts("entrySet/item/cidr"))
                    .containsExactly("198.51.100.0/24", "192.0.2.0/24", "192.0.3.0/24");
        }

        @Test
        void nameAndSizeLeaveTheVersion() {
            server.call("ModifyManagedPrefixList", "PrefixListId=pl-offices&PrefixListName=sites");
            Answer changed = server.call("ModifyManagedPrefixList", "PrefixListId=pl-offices&MaxEntries=9");
            assertThat(changed.text("prefixList/prefixListName")).isEqualTo("sites");
            assertThat(changed.text("prefixList/maxEntries")).isEqualTo("9");
            assertThat(changed.text("prefixList/version")).isEqualTo("1");
            assertThat(server.rules()).contains("name: sites", "max_entries: 9");
        }

        @Test
        void onePartOfARangeMayGo() {
            server.call(
                    "ModifyManagedPrefixList", "PrefixListId=pl-span&CurrentVersion=1&RemoveEntry.1.Cidr=10.0.0.5/32");
            assertThat(server.call("GetManagedPrefixListEntries", "PrefixListId=pl-span")
                            .texts("entrySet/item/cidr"))
                    .containsExactly("10.0.0.6/32", "10.0.0.6/31");
        }

        @Test
        void aListMayGrowWhereTheFileSetsNoBound() {
            Answer changed = server.call(
                    "ModifyManagedPrefixList", "PrefixListId=pl-both&CurrentVersion=1&AddEntry.1.Cidr=2001:db9::/32");
            assertThat(changed.text("prefixList/maxEntries")).isEqualTo("3");
            assertThat(changed.text("prefixList/addressFamily")).isEqualTo("IPv4");
        }

        @Test
        void theOnlyEntryCanBeReplacedInTwoSteps() {
            server.call(
                    "CreateManagedPrefixList",
                    "PrefixListName=six&AddressFamily=IPv6&MaxEntries=1&Entry.1.Cidr=2001:db8::/32");
            String list = "PrefixListId=pl-00000000000000001";
            server.call("ModifyManagedPrefixList", list + "&CurrentVersion=1&RemoveEntry.1.Cidr=2001:db8::/32");
            Answer changed = server.call(
                    "ModifyManagedPrefixList",
                    list + "&CurrentVersion=2&AddEntry.1.Cidr=2001:db8::/32&AddEntry.1.Description=new");
            assertThat(changed.text("prefixList/addressFamily")).isEqualTo("IPv6");
            assertThat(changed.text("prefixList/version")).isEqualTo("3");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                PrefixListId=pl-none                                                                     | InvalidPrefixListID.NotFound | The prefix list ID 'pl-none' does not exist.
                PrefixListId=offices                                                                     | InvalidPrefixListID.Malformed | expecting
                PrefixListId=pl-offices&CurrentVersion=2&AddEntry.1.Cidr=10.0.0.0/8                      | PrefixListVersionMismatch | The prefix list has the incorrect version number.
                PrefixListId=pl-offices&AddEntry.1.Cidr=10.0.0.0/8                                       | MissingParameter | CurrentVersion
                PrefixListId=pl-offices&CurrentVersion=1&AddEntry.1.Cidr=10.0.0.0/8&MaxEntries=9         | InvalidParameterCombination | You cannot modify the entries and the maximum entries
                PrefixListId=pl-offices&CurrentVersion=1&AddEntry.1.Cidr=203.0.113.9/24                  | InvalidPrefixListModification | 203.0.113.0/24 already exists
                PrefixListId=pl-offices&CurrentVersion=1&RemoveEntry.1.Cidr=10.0.0.0/8                   | InvalidPrefixListModification | 10.0.0.0/8 does not exist
                PrefixListId=pl-offices&CurrentVersion=1&RemoveEntry.1.Cidr=203.0.113.0/24&AddEntry.1.Cidr=203.0.113.0/24 | InvalidParameterValue | both
                PrefixListId=pl-offices&CurrentVersion=1&AddEntry.1.Cidr=2001:db8::/32                   | InvalidParameterValue | malformed
                PrefixListId=pl-offices&CurrentVersion=1&AddEntry.1.Cidr=10.0.0.0/8&AddEntry.2.Cidr=11.0.0.0/8 | PrefixListMaxEntriesExceeded | 4 entries, and its maximum is 3
                PrefixListId=pl-offices&MaxEntries=1                                                     | PrefixListMaxEntriesExceeded | 2 entries, and its maximum is 1
                PrefixListId=pl-offices&PrefixListName=com.aws.x                                         | InvalidParameterValue | must not begin
                PrefixListId=pl-offices&IpamPrefixListResolverSyncEnabled=true                           | UnsupportedOperation | IpamPrefixListResolverSyncEnabled
                PrefixListId=pl-file&CurrentVersion=1&AddEntry.1.Cidr=10.0.0.0/8                         | OperationNotPermitted | a file of their own
                """)
        void refuses(String form, String code, String message) {
            assertRefused("ModifyManagedPrefixList", form, code, message);
        }

        @Test
        void refusesMoreThanAHundredEntriesAtOnce() {
            var form = new StringBuilder("PrefixListId=pl-both&CurrentVersion=1");
            for (int i = 1; i <= 101; i++) {
                form.append("&AddEntry.")
                        .append(i)
                        .append(".Cidr=11.0.0.")
                        .append(i)
                        .append("/32");
            }
            assertRefused("ModifyManagedPrefixList", form.toString(), "InvalidParameterValue", "at most 100");
        }
    }

    @Nested
    class Delete {

        @Test
        void takesTheListAway() {
            Answer gone = server.call("DeleteManagedPrefixList", "PrefixListId=pl-offices");
            assertThat(gone.text("prefixList/prefixListId")).isEqualTo("pl-offices");
            assertThat(gone.text("prefixList/state")).isEqualTo("delete-complete");
            assertThat(server.rules()).doesNotContain("pl-offices", "Berlin").contains("pl-span");
            assertRefused(
                    "DescribeManagedPrefixLists",
                    "PrefixListId.1=pl-offices",
                    "InvalidPrefixListID.NotFound",
                    "pl-offices");
        }

        @Test
        void refusesAListThatRulesName() {
            assertRefused(
                    "DeleteManagedPrefixList", "PrefixListId=pl-span", "DependencyViolation", "rules of sg-web, sg-db");
        }
    }

    @Nested
    class Describe {

        @Test
        void showsAllListsInTheOrderOfTheFile() {
            Answer all = server.call("DescribeManagedPrefixLists", "");
            assertThat(all.texts("prefixListSet/item/prefixListId"))
                    .containsExactly("pl-offices", "pl-span", "pl-both", "pl-file");
            assertThat(all.texts("prefixListSet/item/prefixListName"))
                    .containsExactly("offices", "pl-span", "pl-both", "pl-file");
            assertThat(all.texts("prefixListSet/item/maxEntries")).containsExactly("3", "3", "2", "1");
            assertThat(all.count("nextToken")).isZero();
        }

        @ParameterizedTest
        @CsvSource({
            "prefix-list-name, off*, 1",
            "prefix-list-id, pl-span, 1",
            "owner-id, 000000000000, 4",
            "tag:team, net, 1",
            "tag-key, team, 1",
            "tag:team, sales, 0"
        })
        void filters(String name, String value, int found) {
            Answer some =
                    server.call("DescribeManagedPrefixLists", "Filter.1.Name=" + name + "&Filter.1.Value.1=" + value);
            assertThat(some.count("prefixListSet/item")).isEqualTo(found);
            assertThat(some.count("prefixListSet")).isEqualTo(1);
        }

        @Test
        void pages() {
            Answer first = server.call("DescribeManagedPrefixLists", "MaxResults=3");
            assertThat(first.count("prefixListSet/item")).isEqualTo(3);
            Answer last =
                    server.call("DescribeManagedPrefixLists", "MaxResults=3&NextToken=" + first.text("nextToken"));
            assertThat(last.texts("prefixListSet/item/prefixListId")).containsExactly("pl-file");
            assertThat(last.count("nextToken")).isZero();
            assertRefused("DescribeManagedPrefixLists", "MaxResults=101", "InvalidParameterValue", "maxResults");
            assertRefused(
                    "DescribeManagedPrefixLists",
                    "Filter.1.Name=x",
                    "InvalidParameterValue",
                    "The filter 'x' is invalid");
        }

        @Test
        void entriesOfAFileAreReadable() {
            Answer entries = server.call("GetManagedPrefixListEntries", "PrefixListId=pl-file");
            assertThat(entries.texts("entrySet/item/cidr")).containsExactly("192.0.2.0/24");
            Answer page = server.call("GetManagedPrefixListEntries", "PrefixListId=pl-both&MaxResults=1");
            assertThat(page.texts("entrySet/item/cidr")).containsExactly("10.0.0.0/8");
            assertThat(page.count("nextToken")).isEqualTo(1);
            assertRefused(
                    "GetManagedPrefixListEntries",
                    "PrefixListId=pl-both&TargetVersion=7",
                    "InvalidParameterValue",
                    "Only the current version, 1, is kept.");
        }

        @Test
        void associationsAreTheGroupsThatNameTheList() {
            Answer groups = server.call("GetManagedPrefixListAssociations", "PrefixListId=pl-span");
            assertThat(groups.texts("prefixListAssociationSet/item/resourceId")).containsExactly("sg-web", "sg-db");
            assertThat(groups.texts("prefixListAssociationSet/item/resourceOwner"))
                    .contains("000000000000");
            assertThat(server.call("GetManagedPrefixListAssociations", "PrefixListId=pl-both")
                            .isEmptyList("prefixListAssociationSet"))
                    .isTrue();
        }

        @Test
        void theOldOperationShowsTheEntriesToo() {
            Answer lists = server.call("DescribePrefixLists", "PrefixListId.1=pl-span");
            assertThat(lists.texts("prefixListSet/item/cidrSet/item"))
                    .containsExactly("10.0.0.5/32", "10.0.0.6/31", "10.0.0.6/32");
            assertThat(lists.text("prefixListSet/item/prefixListName")).isEqualTo("pl-span");
        }
    }
}
