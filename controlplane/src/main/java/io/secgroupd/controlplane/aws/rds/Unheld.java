package io.secgroupd.controlplane.aws.rds;

import io.secgroupd.controlplane.aws.AwsError;
import io.secgroupd.controlplane.aws.AwsRefusal;
import io.secgroupd.controlplane.aws.query.Parameters;
import java.util.List;
import java.util.Map;

/**
 * What AWS keeps of a cluster and the rules file does not. A request that sets it is refused, unless it asks for what every
 * cluster is shown with anyway: Terraform always sends some of these, and Ansible the retention of one day, AWS's least.
 */
final class Unheld {

    private static final Map<String, String> SHOWN_ALWAYS = Map.of(
            "AllocatedStorage", "1",
            "BackupRetentionPeriod", "1",
            "CopyTagsToSnapshot", "false",
            "DeletionProtection", "false",
            "EnableHttpEndpoint", "false",
            "EnableIAMDatabaseAuthentication", "false",
            "EngineMode", "provisioned",
            "ManageMasterUserPassword", "false",
            "PubliclyAccessible", "false",
            "StorageEncrypted", "false");

    /** Those that AWS has both for new clusters and for changes. */
    private static final List<String> NAMES = List.of(
            "AllocatedStorage",
            "AutoMinorVersionUpgrade",
            "BacktrackWindow",
            "BackupRetentionPeriod",
            "CACertificateIdentifier",
            "CopyTagsToSnapshot",
            "DBClusterInstanceClass",
            "DBClusterParameterGroupName",
            "DatabaseInsightsMode",
            "DeletionProtection",
            "Domain",
            "DomainIAMRoleName",
            "EnableGlobalWriteForwarding",
            "EnableHttpEndpoint",
            "EnableIAMDatabaseAuthentication",
            "EnableLimitlessDatabase",
            "EnableLocalWriteForwarding",
            "EnablePerformanceInsights",
            "EngineMode",
            "EngineVersion",
            "Iops",
            "ManageMasterUserPassword",
            "MasterUserAuthenticationType",
            "MasterUserSecretKmsKeyId",
            "MonitoringInterval",
            "MonitoringRoleArn",
            "NetworkType",
            "OptionGroupName",
            "PerformanceInsightsKMSKeyId",
            "PerformanceInsightsRetentionPeriod",
            "PreferredBackupWindow",
            "PreferredMaintenanceWindow",
            "ScalingConfiguration",
            "ServerlessV2ScalingConfiguration",
            "StorageType");

    private static final List<String> OF_CHANGES = List.of(
            "AllowEngineModeChange",
            "AllowMajorVersionUpgrade",
            "AwsBackupRecoveryPointArn",
            "CloudwatchLogsExportConfiguration",
            "DBInstanceParameterGroupName",
            "MasterUserPassword",
            "NewDBClusterIdentifier",
            "RotateMasterUserPassword");

    private static final List<String> OF_NEW_CLUSTERS = List.of(
            "AvailabilityZones",
            "CharacterSetName",
            "ClusterScalabilityType",
            "DBSubnetGroupName",
            "DBSystemId",
            "DatabaseName",
            "EnableCloudwatchLogsExports",
            "EngineLifecycleSupport",
            "GlobalClusterIdentifier",
            "KmsKeyId",
            "PreSignedUrl",
            "PubliclyAccessible",
            "RdsCustomClusterConfiguration",
            "ReplicationSourceIdentifier",
            "StorageEncrypted",
            "TagSpecifications",
            "WithExpressConfiguration");

    private Unheld() {}

    /** Refuses what cannot be changed of a cluster. */
    static void refuseForChange(Parameters request) {
        refuse(request, NAMES);
        refuse(request, OF_CHANGES);
    }

    /** Refuses what a new cluster cannot have. */
    static void refuseForNew(Parameters request) {
        refuse(request, NAMES);
        refuse(request, OF_NEW_CLUSTERS);
    }

    private static void refuse(Parameters request, List<String> names) {
        for (String name : names) {
            if (request.has(name) && !isShownAlways(request, name)) {
                throw new AwsRefusal(AwsError.of(
                        "InvalidParameterCombination",
                        "The parameter " + name
                                + " is not supported here: of a cluster, only the security groups, the port,"
                                + " the engine and the tags are kept."));
            }
        }
    }

    private static boolean isShownAlways(Parameters request, String name) {
        String only = SHOWN_ALWAYS.get(name);
        return only != null && request.text(name).orElse("").equalsIgnoreCase(only);
    }
}
