package io.secgroupd.controlplane.aws.rds;

import io.secgroupd.controlplane.aws.AwsError;
import io.secgroupd.controlplane.aws.AwsRefusal;
import io.secgroupd.controlplane.aws.operation.Catalog;
import io.secgroupd.controlplane.aws.operation.OperationCall;
import io.secgroupd.controlplane.aws.operation.OperationPlan;
import io.secgroupd.controlplane.aws.query.Parameters;
import io.secgroupd.controlplane.edit.change.IntendedChange.AddCluster;
import io.secgroupd.rules.model.Policy;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Makes a cluster that has groups and no instances yet. Its addresses are written by the operator. */
final class CreateCluster {

    private static final Pattern IDENTIFIER = Pattern.compile("[a-zA-Z](-?[a-zA-Z0-9])*");
    private static final Pattern ENGINE = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_-]{0,62}");
    private static final int LONGEST = 63;

    private CreateCluster() {}

    static void addTo(Catalog catalog) {
        catalog.writes("CreateDBCluster", CreateCluster::plan);
    }

    private static OperationPlan plan(OperationCall call) {
        Parameters request = call.parameters();
        String name = name(request, call.policy());
        String engine = request.required("Engine");
        if (!ENGINE.matcher(engine).matches()) {
            throw request.invalid("Engine", engine, "It must be a word such as aurora-mysql.");
        }
        Unheld.refuseForNew(request);
        forgetSecrets(request);
        List<String> groups = ClusterParameters.groups(request, call.policy())
                .orElseThrow(() -> new AwsRefusal(AwsError.invalid(
                        "The parameter VpcSecurityGroupIds must be given: there is no default security group.")));
        var cluster = new AddCluster(name, groups, ResourceTags.read(request), ClusterParameters.port(request), engine);
        return OperationPlan.change(
                cluster, name, (after, xml) -> ClusterXml.writeOne(xml, call.account(), after, name));
    }

    /** They belong to the database, and nothing here needs them. They are never stored, and never logged. */
    private static void forgetSecrets(Parameters request) {
        request.text("MasterUsername");
        request.text("MasterUserPassword");
    }

    private static String name(Parameters request, Policy policy) {
        String name = request.required("DBClusterIdentifier");
        if (name.length() > LONGEST || !IDENTIFIER.matcher(name).matches()) {
            throw new AwsRefusal(AwsError.invalid("The parameter DBClusterIdentifier is not a valid identifier."
                    + " Identifiers must begin with a letter; must contain only ASCII letters, digits, and hyphens;"
                    + " and must not end with a hyphen or contain two consecutive hyphens."));
        }
        // In the rules file, instances and clusters share their names.
        if (Stream.concat(policy.clusters().keySet().stream(), policy.instances().keySet().stream())
                .anyMatch(name::equalsIgnoreCase)) {
            throw new AwsRefusal(AwsError.of(
                    "DBClusterAlreadyExistsFault",
                    "DB Cluster already exists, or an instance is called " + name + "."));
        }
        return name;
    }
}
