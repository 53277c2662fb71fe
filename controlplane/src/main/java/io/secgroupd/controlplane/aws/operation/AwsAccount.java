package io.secgroupd.controlplane.aws.operation;

/**
 * Who and where this server says that it is. AWS has many of each; there is one of each here.
 *
 * @param id     twelve digits
 * @param region the name that stands in ARNs; signatures may name any
 * @param vpc    the id of the only network
 */
public record AwsAccount(String id, String region, String vpc) {

    /** The account of an operator who has configured none. */
    public static final AwsAccount DEFAULT = new AwsAccount("000000000000", "us-east-1", "vpc-00000000");

    public AwsAccount {
        if (!id.matches("[0-9]{12}")) {
            throw new IllegalArgumentException("an account id has twelve digits");
        }
        if (!region.matches("[a-z]{2,}(-[a-z0-9]+)+")) {
            throw new IllegalArgumentException("a region is named like us-east-1");
        }
    }

    /** The Amazon Resource Name of something in this account. */
    public String arn(String service, String resource) {
        return "arn:aws:" + service + ":" + region + ":" + id + ":" + resource;
    }
}
