package io.secgroupd.controlplane.aws.sigv4;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.controlplane.aws.AwsService;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Requests that the AWS command line 1.45.11 sent to a listener on loopback, signed with the key of AWS's examples. */
class RecordedClientsTest {

    @Test
    void modifyDbCluster() {
        assertVerifies(
                AwsService.RDS,
                "127.0.0.1:19471",
                "20261128T180148Z",
                "31eb60b7cb682235dbdaaf75cfc274c1ce70caf78a9023674a6b40fdb5916799",
                "Action=ModifyDBCluster&Version=2014-10-31&DBClusterIdentifier=orders"
                        + "&VpcSecurityGroupIds.VpcSecurityGroupId.1=sg-6789rdsexample");
    }

    @Test
    void authorizeSecurityGroupIngressWithTextBeyondAscii() {
        assertVerifies(
                AwsService.EC2,
                "127.0.0.1:19471",
                "20261128T180154Z",
                "1e174baedb3ae687d0aa8ee782cfb870e2c51af5a23d8add4daa2b17b5cfc24c",
                "Action=AuthorizeSecurityGroupIngress&Version=2016-11-15&GroupId=sg-1&IpPermissions.1.IpProtocol=tcp"
                        + "&IpPermissions.1.FromPort=5432&IpPermissions.1.ToPort=5432"
                        + "&IpPermissions.1.IpRanges.1.CidrIp=10.0.0.0%2F8"
                        + "&IpPermissions.1.IpRanges.1.Description=caf%C3%A9+%2B+%25");
    }

    @Test
    void getCallerIdentity() {
        assertVerifies(
                AwsService.STS,
                "127.0.0.1:19471",
                "20261128T180158Z",
                "4b7af37506707ed6a9ff2e700249bd45eecf72bba49b4da7c55c143d012b0c57",
                "Action=GetCallerIdentity&Version=2011-06-15");
    }

    @Test
    void describeSecurityGroups() {
        assertVerifies(
                AwsService.EC2,
                "127.0.0.1:19471",
                "20261128T180203Z",
                "7e5be7fd58f636de78ef496f4ca163a0929cdd59abbd3cc8b51cc6d9c5e76f63",
                "Action=DescribeSecurityGroups&Version=2016-11-15&Filter.1.Name=group-name&Filter.1.Value.1=a"
                        + "&Filter.1.Value.2=b%2A");
    }

    @Test
    void describeDbClustersByTheNameOfTheHost() {
        assertVerifies(
                AwsService.RDS,
                "localhost:19471",
                "20261128T180210Z",
                "fe2f535b6e41cad77b2b5c03400d15387ea247313f7f2438d18501e69c88466e",
                "Action=DescribeDBClusters&Version=2014-10-31&Filters.Filter.1.Name=engine"
                        + "&Filters.Filter.1.Values.Value.1=pg");
    }

    private static void assertVerifies(AwsService service, String host, String date, String signature, String body) {
        List<HttpHeader> headers = List.of(
                new HttpHeader("Host", host),
                new HttpHeader("Accept-Encoding", "identity"),
                new HttpHeader("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"),
                new HttpHeader("X-Amz-Date", date),
                new HttpHeader(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/" + date.substring(0, 8) + "/us-east-1/"
                                + service.scope() + "/aws4_request, SignedHeaders=content-type;host;x-amz-date,"
                                + " Signature=" + signature),
                new HttpHeader("Content-Length", String.valueOf(body.length())));
        SignedRequest request = new SignedRequest("POST", "/", "", headers, body.getBytes(UTF_8));
        assertThat(SignatureVerifierTest.verify(request, service, Instant.parse("2026-11-28T18:03:00Z")))
                .isEqualTo(new Identity.Caller("AKIDEXAMPLE", "terraform", Right.WRITE));
    }
}
