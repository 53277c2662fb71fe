package io.secgroupd.daemon.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secgroupd.rules.file.PolicyText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;

/** Real files, edited in every way that editors and deployment tools have. */
class ControlPlaneTest extends ControlPlaneFixture {

    @Test
    void followsARename() throws Exception {
        Files.move(Files.writeString(directory.resolve("new"), allowing(81)), rules, StandardCopyOption.ATOMIC_MOVE);

        assertAllowed(nextPolicy(), 81);
    }

    @Test
    void followsAWrite() throws Exception {
        Files.writeString(rules, allowing(81));

        assertAllowed(nextPolicy(), 81);
    }

    @Test
    void followsAnIncludedFileFromTheMomentItIsNamed() throws Exception {
        Path included = Files.writeString(directory.resolve("more.yaml"), "security_groups: { sg-spare: {} }\n");
        Files.writeString(rules, allowing(80) + "include: [more.yaml]\n");
        assertAllowed(nextPolicy(), 80);

        Files.writeString(included, "security_groups: { sg-other: {} }\n");

        assertThat(nextPolicy().compiled().policy().securityGroups()).containsKey("sg-other");
    }

    @Test
    void keepsTheOldPolicyWhileTheFileIsBrokenOrGone() throws Exception {
        Files.writeString(rules, allowing(81) + "oops: 1\n");
        Files.delete(rules);
        Files.createDirectory(rules);
        Files.delete(rules);

        Files.writeString(rules, allowing(82));

        // Nothing came of the broken states: the next policy is the mended one.
        assertAllowed(nextPolicy(), 82);
        assertThat(inForce).isEmpty();
    }

    @Test
    void doesNotPutTheSameContentInForceAgain() throws Exception {
        Files.writeString(rules, allowing(80));
        Files.setLastModifiedTime(rules, FileTime.fromMillis(1));
        Files.writeString(rules, allowing(81));

        assertAllowed(nextPolicy(), 81);
        assertThat(inForce).isEmpty();
    }

    @Test
    void listThatBecameEmptyKeepsTheOldPolicy() throws Exception {
        Path list = Files.writeString(directory.resolve("office.txt"), "192.0.2.0/24\n");
        Files.writeString(rules, allowing(81) + "prefix_lists: { pl-a: { file: office.txt } }\n");
        assertAllowed(nextPolicy(), 81);

        Files.writeString(list, "# fetched at 04:00\n");
        assertThat(controlPlane.reloadNow())
                .hasValueSatisfying(refusal -> assertThat(refusal.problems())
                        .anyMatch(problem -> problem.isError() && problem.path().equals("prefix_lists.pl-a")));
        var candidate = new PolicyText("candidate.yaml", Files.readAllBytes(rules), rules);
        assertThatThrownBy(() -> controlPlane.read(candidate)).isInstanceOf(RefusedPolicyException.class);

        Files.writeString(rules, allowing(82) + "prefix_lists: { pl-a: { file: office.txt, allow_empty: true } }\n");
        assertAllowed(nextPolicy(), 82);
        assertThat(inForce).isEmpty();
    }
}
