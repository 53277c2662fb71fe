package io.secgroupd.controlplane.aws.rds;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.controlplane.aws.AwsError;
import io.secgroupd.controlplane.aws.operation.Answer;
import io.secgroupd.controlplane.aws.operation.OperationKit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClustersTest {

    private static final String RULES = """
            version: 1
            security_groups:
              sg-6789rdsexample: {}
              sg-old: {}
              sg-3: {}
              sg-4: {}
              sg-5: {}
              sg-6: {}
            instances:
              app-1: {addresses: [10.0.1.10], security_groups: [sg-3]}
            clusters:
              orders:
                security_groups: [sg-old]    # until the move
                engine: aurora-mysql
                port: 3306
                tags: {team: shop}
                instances:
                  orders-1: {addresses: [10.0.2.10, "2001:db8::10"]}
                  orders-2: {addresses: []}
              Archive:
                security_groups: [sg-3, sg-4]
            """;

    private static final String ORDERS_ARN = "arn:aws:rds:us-east-1:000000000000:cluster:orders";
    private static final String MEMBER_ARN = "arn:aws:rds:us-east-1:000000000000:db:orders-1";

    private final OperationKit server = OperationKit.given(Rds.catalog(), RULES);

    private void assertRefused(String action, String form, String code, int status, String message) {
        AwsError error = server.refusal(action, form);
        assertThat(error.code()).isEqualTo(code);
        assertThat(error.status()).isEqualTo(status);
        assertThat(error.message()).contains(message);
    }

    @Nested
    class Modify {

        @Test
        void theGroupsOfTheClusterAreThoseOfAllItsInstances() {
            Answer answer = server.call(
                    "ModifyDBCluster",
                    "DBClusterIdentifier=orders&VpcSecurityGroupIds.VpcSecurityGroupId.1=sg-6789rdsexample");
            String groups = "DBCluster/VpcSecurityGroups/VpcSecurityGroupMembership";
            assertThat(answer.text(groups + "/VpcSecurityGroupId")).isEqualTo("sg-6789rdsexample");
            assertThat(answer.text(groups + "/Status")).isEqualTo("active");
            assertThat(answer.text("DBCluster/Status")).isEqualTo("available");
            assertThat(answer.count("DBCluster/PendingModifiedValues")).isZero();
            assertThat(answer.targets()).containsExactly("orders");
            assertThat(server.rules())
                    .isEqualTo(RULES.replace(
                            "security_groups: [sg-old]    #", "security_groups: [sg-6789rdsexample]    #"));
            Answer instances = server.call("DescribeDBInstances", "");
            assertThat(instances.texts("DBInstances/DBInstance/VpcSecurityGroups/*/VpcSecurityGroupId"))
                    .containsExactly("sg-6789rdsexample", "sg-6789rdsexample");
        }

        @ParameterizedTest
        @ValueSource(strings = {"orders", "ORDERS", ORDERS_ARN})
        void findsTheClusterBy(String identifier) {
            Answer answer = server.call(
                    "ModifyDBCluster",
                    "DBClusterIdentifier=" + identifier + "&VpcSecurityGroupIds.member.1=sg-3&ApplyImmediately=true");
            assertThat(answer.text("DBCluster/DBClusterIdentifier")).isEqualTo("orders");
        }

        @Test
        void groupsThatAreNamedTwiceCountOnce() {
            Answer answer = server.call(
                    "ModifyDBCluster",
                    "DBClusterIdentifier=orders&VpcSecurityGroupIds.VpcSecurityGroupId.1=sg-3"
                            + "&VpcSecurityGroupIds.VpcSecurityGroupId.2=sg-3");
            assertThat(answer.count("DBCluster/VpcSecurityGroups/VpcSecurityGroupMembership"))
                    .isEqualTo(1);
        }

        @Test
        void withoutAListTheGroupsStay() {
            Answer answer = server.call("ModifyDBCluster", "DBClusterIdentifier=orders&Port=3307");
            assertThat(answer.text("DBCluster/Port")).isEqualTo("3307");
            assertThat(server.rules()).isEqualTo(RULES.replace("3306", "3307"));
        }

        @Test
        void whatEveryClusterIsShownWithMayBeAskedFor() {
            server.call(
                    "ModifyDBCluster",
                    "DBClusterIdentifier=orders&DeletionProtection=false&CopyTagsToSnapshot=false"
                            + "&BackupRetentionPeriod=1");
            assertThat(server.rules()).isEqualTo(RULES);
        }

        @Test
        void theClusterMustExist() {
            assertRefused(
                    "ModifyDBCluster",
                    "DBClusterIdentifier=none&VpcSecurityGroupIds.VpcSecurityGroupId.1=sg-3",
                    "DBClusterNotFoundFault",
                    404,
                    "DBCluster none not found.");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                VpcSecurityGroupIds.VpcSecurityGroupId.1=sg-x | InvalidParameterValue       | Invalid security group , groupId= sg-x, groupName=.
                VpcSecurityGroupIds=                          | InvalidParameterValue       | is empty
                Port=80                                       | InvalidParameterValue       | from 1150 to 65535
                ApplyImmediately=maybe                        | InvalidParameterValue       | true or false
                MasterUserPassword=geheim                     | InvalidParameterCombination | The parameter MasterUserPassword is not supported
                EngineVersion=8.0                             | InvalidParameterCombination | EngineVersion
                BackupRetentionPeriod=7                       | InvalidParameterCombination | BackupRetentionPeriod
                DeletionProtection=true                       | InvalidParameterCombination | DeletionProtection
                ScalingConfiguration.MinCapacity=2            | InvalidParameterCombination | ScalingConfiguration
                NewDBClusterIdentifier=other                  | InvalidParameterCombination | NewDBClusterIdentifier
                Colour=red                                    | UnknownParameter            | Colour
                """)
        void refuses(String form, String code, String message) {
            assertRefused("ModifyDBCluster", "DBClusterIdentifier=orders&" + form, code, 400, message);
        }

        @Test
        void refusesMoreGroupsThanTheLimit() {
            var form = new StringBuilder("DBClusterIdentifier=orders");
            String[] groups = {"sg-old", "sg-3", "sg-4", "sg-5", "sg-6", "sg-6789rdsexample"};
            for (int i = 0; i < groups.length; i++) {
                form.append("&VpcSecurityGroupIds.VpcSecurityGroupId.")
                        .append(i + 1)
                        .append('=')
                        .append(groups[i]);
            }
            assertRefused("ModifyDBCluster", form.toString(), "InvalidParameterValue", 400, "at most 5");
        }
    }

    @Nested
    class Describe {

        @Test
        void showsWhatTheFileSays() {
            Answer answer = server.call("DescribeDBClusters", "DBClusterIdentifier=orders");
            String cluster = "DBClusters/DBCluster/";
            assertThat(answer.text(cluster + "Engine")).isEqualTo("aurora-mysql");
            assertThat(answer.text(cluster + "Port")).isEqualTo("3306");
            assertThat(answer.text(cluster + "DBClusterArn")).isEqualTo(ORDERS_ARN);
            assertThat(answer.texts(cluster + "DBClusterMembers/DBClusterMember/DBInstanceIdentifier"))
                    .containsExactly("orders-1", "orders-2");
            assertThat(answer.texts(cluster + "DBClusterMembers/DBClusterMember/IsClusterWriter"))
                    .containsExactly("true", "false");
            assertThat(answer.text(cluster + "TagList/Tag/Key")).isEqualTo("team");
            assertThat(answer.text(cluster + "TagList/Tag/Value")).isEqualTo("shop");
            assertThat(answer.text(cluster + "AllocatedStorage")).isEqualTo("1");
            assertThat(answer.text(cluster + "BackupRetentionPeriod")).isEqualTo("1");
            assertThat(answer.isEmptyList(cluster + "AssociatedRoles")).isTrue();
        }

        @Test
        void inventsNothing() {
            Answer answer = server.call("DescribeDBClusters", "DBClusterIdentifier=archive");
            String cluster = "DBClusters/DBCluster/";
            assertThat(answer.text(cluster + "DBClusterIdentifier")).isEqualTo("Archive");
            for (String unknown : new String[] {"Engine", "EngineVersion", "Port", "Endpoint", "ReaderEndpoint"}) {
                assertThat(answer.count(cluster + unknown)).as(unknown).isZero();
            }
            assertThat(answer.isEmptyList(cluster + "DBClusterMembers")).isTrue();
            assertThat(answer.isEmptyList(cluster + "TagList")).isTrue();
        }

        @ParameterizedTest
        @CsvSource({
            "db-cluster-id, orders, 1",
            "db-cluster-id, " + ORDERS_ARN + ", 1",
            "db-cluster-id, none, 0",
            "db-cluster-resource-id, cluster-orders, 1",
            "engine, aurora-mysql, 1",
            "engine, aurora-*, 0",
            "clone-group-id, x, 0",
            "domain, x, 0"
        })
        void filters(String name, String value, int found) {
            Answer answer = server.call(
                    "DescribeDBClusters",
                    "Filters.Filter.1.Name=" + name + "&Filters.Filter.1.Values.Value.1=" + value);
            assertThat(answer.count("DBClusters/DBCluster")).isEqualTo(found);
            assertThat(answer.count("DBClusters")).isEqualTo(1);
        }

        @Test
        void refusesWhatItDoesNotKnow() {
            assertRefused(
                    "DescribeDBClusters",
                    "DBClusterIdentifier=none",
                    "DBClusterNotFoundFault",
                    404,
                    "DBCluster none not found.");
            assertRefused(
                    "DescribeDBClusters",
                    "Filters.Filter.1.Name=x",
                    "InvalidParameterValue",
                    400,
                    "Unrecognized filter name: x");
            assertRefused("DescribeDBClusters", "MaxRecords=19", "InvalidParameterValue", 400, "from 20 to 100");
            assertRefused("DescribeDBClusters", "Marker=x", "InvalidParameterValue", 400, "Marker");
        }

        @Test
        void aHundredClustersMakeAPage() {
            var rules = new StringBuilder("version: 1\nsecurity_groups: {sg-1: {}}\nclusters:\n");
            for (int i = 0; i < 120; i++) {
                rules.append("  c-").append(i).append(": {security_groups: [sg-1]}\n");
            }
            OperationKit many = OperationKit.given(Rds.catalog(), rules.toString());
            Answer first = many.call("DescribeDBClusters", "");
            assertThat(first.count("DBClusters/DBCluster")).isEqualTo(100);
            Answer last = many.call("DescribeDBClusters", "Marker=" + first.text("Marker"));
            assertThat(last.texts("DBClusters/DBCluster/DBClusterIdentifier"))
                    .hasSize(20)
                    .contains("c-100");
            assertThat(last.count("Marker")).isZero();
        }

        @Test
        void thereAreNoGlobalClusters() {
            assertThat(server.call("DescribeGlobalClusters", "").isEmptyList("GlobalClusters"))
                    .isTrue();
        }
    }

    @Nested
    class CreateAndDelete {

        @Test
        void whatIsMadeIsShownAndCanBeDeleted() {
            Answer made = server.call(
                    "CreateDBCluster",
                    "DBClusterIdentifier=stock&Engine=aurora-postgresql&Port=5432&MasterUsername=admin"
                            + "&MasterUserPassword=geheim&VpcSecurityGroupIds.VpcSecurityGroupId.1=sg-4"
                            + "&Tags.Tag.1.Key=env&Tags.Tag.1.Value=true&EngineMode=provisioned"
                            + "&CopyTagsToSnapshot=false&DeletionProtection=false");
            assertThat(made.text("DBCluster/Status")).isEqualTo("available");
            assertThat(server.rules()).contains("stock:").doesNotContain("geheim", "admin");
            Answer shown = server.call("DescribeDBClusters", "DBClusterIdentifier=stock");
            String cluster = "DBClusters/DBCluster/";
            assertThat(shown.text(cluster + "Engine")).isEqualTo("aurora-postgresql");
            assertThat(shown.text(cluster + "Port")).isEqualTo("5432");
            assertThat(shown.text(cluster + "VpcSecurityGroups/VpcSecurityGroupMembership/VpcSecurityGroupId"))
                    .isEqualTo("sg-4");
            assertThat(shown.text(cluster + "TagList/Tag/Value")).isEqualTo("true");
            server.call("DeleteDBCluster", "DBClusterIdentifier=stock&SkipFinalSnapshot=true");
            assertThat(server.rules()).isEqualTo(RULES);
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                DBClusterIdentifier=-x&Engine=mysql                | InvalidParameterValue       | not a valid identifier
                DBClusterIdentifier=x--y&Engine=mysql              | InvalidParameterValue       | not a valid identifier
                DBClusterIdentifier=x                              | MissingParameter            | Engine
                Engine=mysql                                       | MissingParameter            | DBClusterIdentifier
                DBClusterIdentifier=ORDERS&Engine=mysql            | DBClusterAlreadyExistsFault | DB Cluster already exists
                DBClusterIdentifier=app-1&Engine=mysql             | DBClusterAlreadyExistsFault | an instance is called app-1
                DBClusterIdentifier=x&Engine=mysql                 | InvalidParameterValue       | no default security group
                DBClusterIdentifier=x&Engine=my sql                | InvalidParameterValue       | Engine
                DBClusterIdentifier=x&Engine=mysql&DatabaseName=d  | InvalidParameterCombination | DatabaseName
                DBClusterIdentifier=x&Engine=mysql&StorageEncrypted=true | InvalidParameterCombination | StorageEncrypted
                """)
        void createRefuses(String form, String code, String message) {
            assertRefused("CreateDBCluster", form, code, 400, message);
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                DBClusterIdentifier=none&SkipFinalSnapshot=true          | DBClusterNotFoundFault      | 404 | none not found
                DBClusterIdentifier=orders&SkipFinalSnapshot=true        | InvalidDBClusterStateFault  | 400 | still contains DB instances
                DBClusterIdentifier=archive                              | InvalidParameterCombination | 400 | SkipFinalSnapshot
                DBClusterIdentifier=archive&FinalDBSnapshotIdentifier=s  | InvalidParameterCombination | 400 | FinalDBSnapshotIdentifier
                """)
        void deleteRefuses(String form, String code, int status, String message) {
            assertRefused("DeleteDBCluster", form, code, status, message);
        }
    }

    @Nested
    class Instances {

        @Test
        void areTheMembersOfClusters() {
            Answer answer = server.call("DescribeDBInstances", "");
            assertThat(answer.texts("DBInstances/DBInstance/DBInstanceIdentifier"))
                    .containsExactly("orders-1", "orders-2");
            Answer one = server.call("DescribeDBInstances", "DBInstanceIdentifier=" + MEMBER_ARN);
            String instance = "DBInstances/DBInstance/";
            assertThat(one.text(instance + "DBInstanceStatus")).isEqualTo("available");
            assertThat(one.text(instance + "DBClusterIdentifier")).isEqualTo("orders");
            assertThat(one.text(instance + "Endpoint/Address")).isEqualTo("10.0.2.10");
            assertThat(one.text(instance + "Endpoint/Port")).isEqualTo("3306");
            assertThat(one.text(instance + "DBInstanceArn")).isEqualTo(MEMBER_ARN);
            assertThat(one.text(instance + "VpcSecurityGroups/VpcSecurityGroupMembership/VpcSecurityGroupId"))
                    .isEqualTo("sg-old");
        }

        @ParameterizedTest
        @CsvSource({
            "db-cluster-id, ORDERS, 2",
            "db-cluster-id, archive, 0",
            "db-instance-id, orders-2, 1",
            "dbi-resource-id, db-orders-2, 1",
            "engine, aurora-mysql, 2",
            "domain, x, 0"
        })
        void filters(String name, String value, int found) {
            Answer answer = server.call(
                    "DescribeDBInstances",
                    "Filters.Filter.1.Name=" + name + "&Filters.Filter.1.Values.Value.1=" + value);
            assertThat(answer.count("DBInstances/DBInstance")).isEqualTo(found);
        }

        @Test
        void areChangedWithTheirClusterAlone() {
            assertRefused(
                    "ModifyDBInstance",
                    "DBInstanceIdentifier=orders-1&VpcSecurityGroupIds.VpcSecurityGroupId.1=sg-3",
                    "InvalidParameterCombination",
                    400,
                    "ModifyDBCluster");
            assertRefused("DescribeDBInstances", "DBInstanceIdentifier=app-1", "DBInstanceNotFound", 404, "app-1");
            assertRefused("ModifyDBInstance", "DBInstanceIdentifier=x", "DBInstanceNotFound", 404, "x");
            assertRefused("CreateDBInstance", "DBInstanceIdentifier=x", "UnsupportedOperation", 400, "no addresses");
        }
    }

    @Nested
    class Tags {

        @Test
        void areAddedReplacedAndRemoved() {
            Answer added = server.call(
                    "AddTagsToResource",
                    "ResourceName=" + ORDERS_ARN + "&Tags.Tag.1.Key=team&Tags.Tag.1.Value=web&Tags.Tag.2.Key=tier");
            assertThat(added.toString())
                    .doesNotContain("AddTagsToResourceResult")
                    .contains("ResponseMetadata");
            Answer tags = server.call("ListTagsForResource", "ResourceName=" + ORDERS_ARN);
            assertThat(tags.texts("TagList/Tag/Key")).containsExactly("team", "tier");
            assertThat(tags.texts("TagList/Tag/Value")).containsExactly("web", "");
            server.call(
                    "RemoveTagsFromResource",
                    "ResourceName=" + ORDERS_ARN + "&TagKeys.member.1=team&TagKeys.member.2=tier&TagKeys.member.3=x");
            assertThat(server.call("ListTagsForResource", "ResourceName=" + ORDERS_ARN)
                            .isEmptyList("TagList"))
                    .isTrue();
            assertThat(server.rules()).doesNotContain("tags:");
        }

        @Test
        void instancesHaveNoneOfTheirOwn() {
            assertThat(server.call("ListTagsForResource", "ResourceName=" + MEMBER_ARN)
                            .isEmptyList("TagList"))
                    .isTrue();
            assertRefused(
                    "AddTagsToResource",
                    "ResourceName=" + MEMBER_ARN + "&Tags.Tag.1.Key=a",
                    "OperationNotPermitted",
                    400,
                    "tag the cluster orders");
        }

        @Test
        void refuses() {
            String add = "AddTagsToResource";
            String arn = "ResourceName=" + ORDERS_ARN;
            assertRefused(add, "ResourceName=orders", "InvalidParameterValue", 400, "Invalid resource name: orders");
            assertRefused(add, arn + "x&Tags.Tag.1.Key=a", "DBClusterNotFoundFault", 404, "ordersx");
            assertRefused(add, arn, "MissingParameter", 400, "Tags");
            assertRefused(add, arn + "&Tags.Tag.1.Key=AWS:x", "InvalidParameterValue", 400, "reserved");
            assertRefused(
                    add, arn + "&Tags.Tag.1.Key=a&Tags.Tag.2.Key=a", "InvalidParameterValue", 400, "more than once");
        }
    }
}
