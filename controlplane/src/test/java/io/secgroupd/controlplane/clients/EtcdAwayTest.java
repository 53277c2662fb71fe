package io.secgroupd.controlplane.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.controlplane.store.etcd.Etcd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.retries.api.AcquireInitialTokenRequest;
import software.amazon.awssdk.retries.api.AcquireInitialTokenResponse;
import software.amazon.awssdk.retries.api.RecordSuccessRequest;
import software.amazon.awssdk.retries.api.RecordSuccessResponse;
import software.amazon.awssdk.retries.api.RefreshRetryTokenRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenResponse;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** What clients of AWS meet while etcd is away, and when it comes back. */
class EtcdAwayTest {

    private static final String POLICY = "version: 1\nsecurity_groups:\n  sg-old: {}\n";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void clientsAreToldToComeBackAndThoseThatDoAreServed() throws IOException {
        try (Etcd etcd = Etcd.start(directory, 1).ready();
                TerraformHost host = TerraformHost.start(directory, POLICY, etcd.settings("/away/"))) {
            assertThat(host.ec2().describeSecurityGroups().securityGroups()).hasSize(1);
            etcd.kill(0);

            assertIsAway(Refusal.of(host.ec2()::describeSecurityGroups));
            assertIsAway(Refusal.of(() -> create(host.ec2(), "lost")));
            var retries = new StartingRetries(etcd);
            try (Ec2Client patient = host.client(Ec2Client.builder(), host.key().secret(), retries)) {
                create(patient, "made");
            }
            assertThat(retries.statuses).isNotEmpty().containsOnly(503);
            assertThat(host.ec2().describeSecurityGroups().securityGroups())
                    .extracting(group -> group.groupName())
                    .contains("made")
                    .doesNotContain("lost");
        }
    }

    private static void create(Ec2Client client, String name) {
        client.createSecurityGroup(request -> request.groupName(name).description("one"));
    }

    private static void assertIsAway(Refusal refusal) {
        assertThat(refusal.status()).isEqualTo(503);
        assertThat(refusal.code()).isEqualTo("ServiceUnavailable");
        assertThat(refusal.message()).startsWith("etcd ");
    }

    /** What AWS's client does by itself; with the first attempt that fails, etcd is started again. */
    private static final class StartingRetries implements RetryStrategy {

        private final RetryStrategy standard = AwsRetryStrategy.standardRetryStrategy();
        private final Etcd etcd;
        private final List<Integer> statuses = new ArrayList<>();

        StartingRetries(Etcd etcd) {
            this.etcd = etcd;
        }

        @Override
        public RefreshRetryTokenResponse refreshRetryToken(RefreshRetryTokenRequest request) {
            if (statuses.isEmpty()) {
                start();
            }
            statuses.add(((AwsServiceException) request.failure()).statusCode());
            return standard.refreshRetryToken(request);
        }

        private void start() {
            try {
                etcd.startMember(0);
                etcd.ready();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public AcquireInitialTokenResponse acquireInitialToken(AcquireInitialTokenRequest request) {
            return standard.acquireInitialToken(request);
        }

        @Override
        public RecordSuccessResponse recordSuccess(RecordSuccessRequest request) {
            return standard.recordSuccess(request);
        }

        @Override
        public int maxAttempts() {
            return standard.maxAttempts();
        }

        @Override
        public Builder<?, ?> toBuilder() {
            return standard.toBuilder();
        }
    }
}
