package io.secgroupd.controlplane.aws.sigv4;

/**
 * What a signature is good for.
 *
 * @param date    a day as {@code yyyymmdd}
 * @param region  any region: this server has only one
 * @param service such as {@code ec2}
 */
record CredentialScope(String date, String region, String service) {

    /** The last part of every scope. */
    static final String END = "aws4_request";

    /** The scope as it stands in the string that is signed. */
    @Override
    public String toString() {
        return date + "/" + region + "/" + service + "/" + END;
    }
}
