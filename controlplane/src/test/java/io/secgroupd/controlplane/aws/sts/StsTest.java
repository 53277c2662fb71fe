package io.secgroupd.controlplane.aws.sts;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.controlplane.aws.operation.Answer;
import io.secgroupd.controlplane.aws.operation.OperationKit;
import org.junit.jupiter.api.Test;

class StsTest {

    @Test
    void theCallerIsTheHolderOfTheKey() {
        Answer answer = OperationKit.given(Sts.catalog(), "version: 1\n").call("GetCallerIdentity", "");
        assertThat(answer.text("Arn")).isEqualTo("arn:aws:iam::000000000000:user/alice");
        assertThat(answer.text("UserId")).isEqualTo("AKIDALICE");
        assertThat(answer.text("Account")).isEqualTo("000000000000");
    }
}
