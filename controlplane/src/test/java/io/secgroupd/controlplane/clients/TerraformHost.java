package io.secgroupd.controlplane.clients;

import io.secgroupd.controlplane.aws.operation.AwsAccount;
import io.secgroupd.controlplane.aws.sigv4.AccessKey;
import io.secgroupd.controlplane.aws.sigv4.Right;
import io.secgroupd.controlplane.console.ConsoleSettings;
import io.secgroupd.controlplane.fleet.server.FleetSettings;
import io.secgroupd.controlplane.http.HttpServerSettings;
import io.secgroupd.controlplane.keys.KeyFile;
import io.secgroupd.controlplane.server.ControlServer;
import io.secgroupd.controlplane.server.ControlSettings;
import io.secgroupd.controlplane.server.HostAround;
import io.secgroupd.controlplane.server.StoreSettings;
import io.secgroupd.controlplane.store.etcd.EtcdSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.ProxyConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * A control server on a free port of loopback, and AWS's own clients of it: real signatures over real HTTP. Unless a test asks
 * for it, the clients never send a request twice, so that no test is green because the second attempt was.
 */
final class TerraformHost implements AutoCloseable {

    private final Path rules;
    private final ControlServer server;
    private final AccessKey key;
    private final Ec2Client ec2;

    private TerraformHost(Path rules, ControlServer server, AccessKey key) {
        this.rules = rules;
        this.server = server;
        this.key = key;
        ec2 = client(Ec2Client.builder(), key.secret());
    }

    /** A host with one key, {@code terraform}, and this policy. */
    static TerraformHost start(Path directory, String policy) throws IOException {
        Path rules = Files.writeString(directory.resolve("rules.yaml"), policy);
        return start(directory, rules, new StoreSettings.InDirectory(rules));
    }

    /** The same with a policy in etcd, where it is put when there is none. */
    static TerraformHost start(Path directory, String policy, EtcdSettings etcd) throws IOException {
        Path rules = Files.writeString(directory.resolve("rules.yaml"), policy);
        return start(directory, rules, new StoreSettings.InEtcd(etcd, Optional.of(rules)));
    }

    private static TerraformHost start(Path directory, Path rules, StoreSettings store) throws IOException {
        Path keys = directory.resolve("keys.yaml");
        AccessKey key = KeyFile.add(keys, "terraform", Right.WRITE, new SecureRandom());
        var anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        var http = new HttpServerSettings(anyPort, Optional.empty(), List.of());
        var settings = new ControlSettings(
                http, store, keys, AwsAccount.DEFAULT, FleetSettings.DEFAULT, ConsoleSettings.DEFAULT);
        return new TerraformHost(
                rules, ControlServer.start(settings, directory.resolve("state"), HostAround.NONE), key);
    }

    Ec2Client ec2() {
        return ec2;
    }

    /** A new client, for the caller to close: most tests need none. */
    RdsClient newRds() {
        return client(RdsClient.builder(), key.secret());
    }

    /** A new client, for the caller to close: most tests need none. */
    StsClient newSts() {
        return client(StsClient.builder(), key.secret());
    }

    AccessKey key() {
        return key;
    }

    /** The control-plane file. */
    Path rules() {
        return rules;
    }

    String text() throws IOException {
        return Files.readString(rules);
    }

    /** A client with a secret that may be wrong. */
    <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> C client(B builder, String secret) {
        return client(builder, secret, AwsRetryStrategy.doNotRetry());
    }

    /** A client of this host alone: no setting, proxy or key of whoever runs the tests has a say. */
    <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> C client(
            B builder, String secret, RetryStrategy retries) {
        var nothing = ProfileFile.aggregator().build();
        var direct = ProxyConfiguration.builder()
                .useSystemPropertyValues(false)
                .useEnvironmentVariablesValues(false)
                .build();
        return builder.region(Region.EU_CENTRAL_1)
                .endpointOverride(
                        URI.create("http://127.0.0.1:" + server.address().getPort()))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(key.id(), secret)))
                .overrideConfiguration(
                        settings -> settings.defaultProfileFile(nothing).retryStrategy(retries))
                .httpClientBuilder(UrlConnectionHttpClient.builder().proxyConfiguration(direct))
                .build();
    }

    @Override
    public void close() throws IOException {
        ec2.close();
        server.close();
    }
}
