package io.secgroupd.controlplane.clients;

import static io.secgroupd.controlplane.clients.Ec2Filters.filter;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkGlobalTime;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsResponse;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Vpc;
import software.amazon.awssdk.services.ec2.model.VpcAttributeName;
import software.amazon.awssdk.services.ec2.waiters.Ec2Waiter;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** What programs do with AWS's SDK beside making and changing things: they say who they are, look, page and wait. */
class SdkClientTest extends ClientFixture {

    private static final int SECONDS_BEHIND = 3600;

    private static final List<String> GROUPS =
            IntStream.range(10, 22).mapToObj(number -> "sg-" + number).toList();

    private static final String RULES = GROUPS.stream()
            .map(group -> "  " + group + ": {}\n")
            .collect(Collectors.joining("", "version: 1\nsecurity_groups:\n", ""));

    SdkClientTest() {
        super(RULES);
    }

    @Test
    void callerIsTheKey() {
        try (StsClient sts = host.newSts()) {
            GetCallerIdentityResponse caller = sts.getCallerIdentity();
            assertThat(caller.account()).isEqualTo("000000000000");
            assertThat(caller.arn()).isEqualTo("arn:aws:iam::000000000000:user/terraform");
            assertThat(caller.userId()).isEqualTo(host.key().id());
        }
    }

    @Test
    void wrongSecretIsRefused() {
        try (Ec2Client ec2 = host.client(Ec2Client.builder(), "another secret");
                StsClient sts = host.client(StsClient.builder(), "another secret")) {
            // It is AuthFailure; the JDK's HTTP client drops the body of this status when the request had one.
            assertThat(Refusal.of(ec2::describeSecurityGroups).status()).isEqualTo(401);
            Refusal refusal = Refusal.of(sts::getCallerIdentity);
            assertThat(refusal.status()).isEqualTo(403);
            assertThat(refusal.code()).isEqualTo("SignatureDoesNotMatch");
            assertThat(refusal.message()).startsWith("The request signature we calculated does not match");
        }
    }

    /** The SDK takes the header Date of an answer that it knows to be about time, and signs anew. */
    @Test
    void clientWhoseClockIsWrongCorrectsIt() {
        var retries = AwsRetryStrategy.standardRetryStrategy();
        SdkGlobalTime.setGlobalTimeOffset(SECONDS_BEHIND);
        try (Ec2Client once = host.client(Ec2Client.builder(), host.key().secret());
                Ec2Client ec2 = host.client(Ec2Client.builder(), host.key().secret(), retries)) {
            assertThat(Refusal.of(once::describeSecurityGroups))
                    .isEqualTo(new Refusal(400, "RequestExpired", "Request has expired."));
            assertThat(ec2.describeSecurityGroups().securityGroups()).hasSameSizeAs(GROUPS);
        } finally {
            SdkGlobalTime.setGlobalTimeOffset(0);
        }
    }

    @Test
    void dryRunChangesNothing() throws IOException {
        Refusal refusal = Refusal.of(() -> host.ec2()
                .deleteSecurityGroup(request -> request.groupId("sg-10").dryRun(true)));
        assertThat(refusal.status()).isEqualTo(412);
        assertThat(refusal.code()).isEqualTo("DryRunOperation");
        assertThat(host.text()).isEqualTo(RULES);
    }

    @Test
    void pagesHoldAllGroupsInTheirOrder() {
        var pages = host.ec2().describeSecurityGroupsPaginator(request -> request.maxResults(5));
        assertThat(pages.stream().map(DescribeSecurityGroupsResponse::securityGroups))
                .extracting(List::size)
                .containsExactly(5, 5, 2);
        assertThat(pages.securityGroups().stream().map(SecurityGroup::groupId)).containsExactlyElementsOf(GROUPS);
    }

    @Test
    void whoeverWaitsForAGroupFindsItAtOnce() {
        String id = host.ec2()
                .createSecurityGroup(request -> request.groupName("new").description("waited for"))
                .groupId();
        try (Ec2Waiter waiter = host.ec2().waiter()) {
            var waited = waiter.waitUntilSecurityGroupExists(request -> request.groupIds(id));
            assertThat(waited.attemptsExecuted()).isEqualTo(1);
            assertThat(waited.matched().response()).isPresent();
        }
    }

    @Test
    void dataSourcesFindTheNetworkAndTheGroupsInIt() {
        List<Vpc> vpcs = host.ec2()
                .describeVpcs(request -> request.filters(filter("isDefault", "true")))
                .vpcs();
        assertThat(vpcs).singleElement().satisfies(vpc -> {
            assertThat(vpc.isDefault()).isTrue();
            assertThat(vpc.ownerId()).isEqualTo("000000000000");
        });
        String vpc = vpcs.get(0).vpcId();
        assertThat(host.ec2()
                        .describeVpcAttribute(
                                request -> request.vpcId(vpc).attribute(VpcAttributeName.ENABLE_DNS_SUPPORT))
                        .enableDnsSupport())
                .isNotNull();
        assertThat(host.ec2()
                        .describeSecurityGroups(
                                request -> request.filters(filter("vpc-id", vpc), filter("group-name", "sg-1?")))
                        .securityGroups())
                .hasSize(10)
                .allMatch(group -> group.ownerId().equals("000000000000"));
    }
}
