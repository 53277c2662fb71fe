package io.secgroupd.controlplane.aws.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.controlplane.aws.AwsError;
import io.secgroupd.controlplane.aws.operation.OperationKit;
import org.junit.jupiter.api.Test;

/** What the file promises of all flows, no AWS client can break, by whichever operation. */
class InvariantTest {

    private static final String RULES = """
            version: 1
            prefix_lists: {pl-office: {entries: [10.9.0.0/16], max_entries: 5}}
            security_groups:
              sg-app:
                outbound: [{protocol: all, destination: any}]
              sg-db:
                inbound:
                  - {protocol: tcp, ports: 3306, source: sg-app}
                  - {protocol: tcp, ports: 3306, source: pl-office}
            instances:
              app-1: {addresses: [10.0.1.10], security_groups: [sg-app]}
              orders-1: {addresses: [10.0.2.10], security_groups: [sg-db]}
            invariants:
              - name: the database is never open to the internet
                only: {from: 10.0.0.0/8, to: orders-1, protocol: tcp, ports: 3306}
            """;

    private final OperationKit server = OperationKit.given(Ec2.catalog(), RULES);

    @Test
    void aRuleThatBreaksItIsRefusedWithTheFlowAndTheRule() {
        AwsError error = server.refusal(
                "AuthorizeSecurityGroupIngress",
                "GroupId=sg-db&IpProtocol=tcp&FromPort=3000&ToPort=4000&CidrIp=0.0.0.0/0");

        assertThat(error.code()).isEqualTo("OperationNotPermitted");
        assertThat(error.message())
                .contains("\"the database is never open to the internet\"")
                .contains("port 3306 is ACCEPT: ingress by sgr-")
                .contains("tcp 3000-4000 from 0.0.0.0/0");
    }

    @Test
    void anEntryOfAListThatBreaksItIsRefused() {
        AwsError error = server.refusal(
                "ModifyManagedPrefixList", "PrefixListId=pl-office&CurrentVersion=1&AddEntry.1.Cidr=198.51.100.0/24");

        assertThat(error.message()).contains("tcp 3306 from pl-office");
    }

    @Test
    void whatKeepsItIsDone() {
        server.call(
                "AuthorizeSecurityGroupIngress",
                "GroupId=sg-db&IpProtocol=tcp&FromPort=3307&ToPort=3307&CidrIp=0.0.0.0/0");

        assertThat(server.rules()).contains("3307");
    }
}
