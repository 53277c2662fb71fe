package io.secgroupd.controlplane.aws.rds;

import io.secgroupd.controlplane.aws.AwsError;
import io.secgroupd.controlplane.aws.AwsRefusal;
import io.secgroupd.controlplane.aws.operation.AwsAccount;
import io.secgroupd.controlplane.aws.operation.OperationCall;
import io.secgroupd.rules.model.Cluster;
import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.model.Policy;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** Finds clusters and their instances by identifier or by ARN. RDS compares identifiers without regard to case. */
record Directory(Policy policy, AwsAccount account) {

    static Directory of(OperationCall call) {
        return new Directory(call.policy(), call.account());
    }

    /** The ARN of a cluster. */
    String arn(Cluster cluster) {
        return account.arn("rds", "cluster:" + cluster.name());
    }

    /** The ARN of an instance of a cluster. */
    String arn(Instance instance) {
        return account.arn("rds", "db:" + instance.name());
    }

    /** The instances of all clusters, in the order of the file. */
    List<Instance> members() {
        return policy.clusters().values().stream()
                .flatMap(cluster -> cluster.instances().stream())
                .map(name -> Objects.requireNonNull(policy.instances().get(name), name))
                .toList();
    }

    /** The cluster that an instance belongs to. */
    Cluster clusterOf(Instance member) {
        String name = member.cluster().orElseThrow();
        return Objects.requireNonNull(policy.clusters().get(name), name);
    }

    /**
     * The cluster that a client names.
     *
     * @throws AwsRefusal when there is none
     */
    Cluster cluster(String named) {
        return findCluster(named)
                .orElseThrow(() -> new AwsRefusal(
                        new AwsError("DBClusterNotFoundFault", 404, "DBCluster " + named + " not found.")));
    }

    Optional<Cluster> findCluster(String named) {
        return find(policy.clusters().values(), named, Cluster::name, this::arn);
    }

    /**
     * The instance of a cluster that a client names. Instances that belong to no cluster are no databases.
     *
     * @throws AwsRefusal when there is none
     */
    Instance member(String named) {
        return find(members(), named, Instance::name, this::arn)
                .orElseThrow(() -> new AwsRefusal(
                        // Here the code lacks the last word that the one for clusters has.
                        new AwsError("DBInstanceNotFound", 404, "DBInstance " + named + " not found.")));
    }

    private static <T> Optional<T> find(
            Collection<T> all, String named, Function<T, String> name, Function<T, String> arn) {
        // Of two names that differ in case alone, the one that is written exactly so is meant.
        return all.stream()
                .filter(one -> name.apply(one).equals(named))
                .findFirst()
                .or(() -> all.stream()
                        .filter(one -> isNamed(named, name.apply(one), arn.apply(one)))
                        .findFirst());
    }

    /** Reports whether a client means something with this name and this ARN. */
    static boolean isNamed(String named, String name, String arn) {
        return name.equalsIgnoreCase(named) || arn.equalsIgnoreCase(named);
    }
}
