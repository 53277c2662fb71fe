package io.secgroupd.controlplane.aws;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The services that are spoken. All three share one port, and the version of the request tells them apart. */
public enum AwsService {
    /** Elastic Compute Cloud: security groups, their rules and prefix lists. */
    EC2("2016-11-15", "http://ec2.amazonaws.com/doc/2016-11-15/"),
    /** Relational Database Service: clusters and the security groups that they have. */
    RDS("2014-10-31", "http://rds.amazonaws.com/doc/2014-10-31/"),
    /** Security Token Service: the question who the caller is. */
    STS("2011-06-15", "https://sts.amazonaws.com/doc/2011-06-15/");

    private final String version;
    private final String namespace;

    AwsService(String version, String namespace) {
        this.version = version;
        this.namespace = namespace;
    }

    /** The service whose requests carry this {@code Version}. */
    public static Optional<AwsService> ofVersion(String version) {
        return Arrays.stream(values())
                .filter(service -> service.version.equals(version))
                .findFirst();
    }

    /** The date that clients send as {@code Version}. */
    public String version() {
        return version;
    }

    /** The XML namespace of its answers. */
    public String namespace() {
        return namespace;
    }

    /** The name by which a signature is bound to this service, such as {@code ec2}. */
    public String scope() {
        return name().toLowerCase(Locale.ROOT);
    }
}
