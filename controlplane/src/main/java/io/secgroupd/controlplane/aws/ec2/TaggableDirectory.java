package io.secgroupd.controlplane.aws.ec2;

import io.secgroupd.controlplane.aws.AwsError;
import io.secgroupd.controlplane.aws.AwsRefusal;
import io.secgroupd.controlplane.aws.operation.OperationCall;
import io.secgroupd.rules.model.Policy;

/** Finds what a client wants to tag. Its id says what kind of thing it is. */
record TaggableDirectory(Policy policy, GroupDirectory groups) {

    static TaggableDirectory of(OperationCall call) {
        return new TaggableDirectory(call.policy(), GroupDirectory.of(call));
    }

    /**
     * The thing with this id.
     *
     * @throws AwsRefusal when there is none, or when it cannot have tags
     */
    Taggable byId(String id) {
        return switch (id.substring(0, id.indexOf('-') + 1)) {
            case "sg-" -> Taggable.of(groups.byId(id));
            case "sgr-" -> rule(id);
            case "pl-" -> Taggable.of(ShownList.byId(policy, id));
            case "i-" -> Taggable.ofInstance(ShownInstance.byInstance(policy, id));
            case "eni-" -> networkInterface(id);
            case "vpc-" -> throw vpc(id);
            default -> throw new AwsRefusal(AwsError.of("InvalidID", "The ID '" + id + "' is not valid"));
        };
    }

    private Taggable rule(String id) {
        return policy.securityGroups().values().stream()
                .flatMap(GroupRules::all)
                .filter(rule -> GroupRules.isCalled(rule, id))
                .findFirst()
                .map(Taggable::of)
                .orElseThrow(() -> GroupRules.notFound(id));
    }

    private Taggable networkInterface(String id) {
        ShownInstance of = ShownInstance.byInterface(policy, id);
        of.instance().cluster().ifPresent(cluster -> {
            throw notPermitted("The network interface '" + id + "' belongs to the DB cluster " + cluster
                    + " and has no tags of its own; tag the cluster with rds add-tags-to-resource.");
        });
        return Taggable.ofInterface(of);
    }

    private AwsRefusal vpc(String id) {
        groups.requireVpc(id);
        return notPermitted("The VPC '" + id + "' stands in no rules file, and can have no tags.");
    }

    private static AwsRefusal notPermitted(String message) {
        return new AwsRefusal(AwsError.of("OperationNotPermitted", message));
    }
}
