package io.secgroupd.controlplane.fleet.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.controlplane.fleet.rollout.RolloutSettings;
import io.secgroupd.controlplane.store.Origin;
import io.secgroupd.controlplane.store.Revision;
import io.secgroupd.rules.net.IpAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MembershipTest {

    private static final IpAddress SEVEN = IpAddress.ipv4(0x0a000007);
    private static final IpAddress EIGHT = IpAddress.ipv4(0x0a000008);
    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    private Path directory;

    @Test
    void aHostThatReportsJoinsWithARevisionForAllAtOnce() throws Exception {
        try (var fleet = new MembershipFixture(directory)) {
            fleet.joins("web1", "web-1", "10.0.0.7");
            fleet.after(SECOND);

            assertThat(fleet.addresses("web-1")).containsExactly(SEVEN);
            Origin origin = fleet.store.current().origin();
            assertThat(origin.author()).isEqualTo("fleet");
            assertThat(origin.reason()).isEqualTo("web-1 joins with 10.0.0.7");
            RolloutWish wish = RolloutWish.parse(
                    fleet.store.records().get(RecordNames.WISH).orElseThrow().value());
            assertThat(wish)
                    .isEqualTo(new RolloutWish(
                            fleet.store.current().serial(),
                            fleet.store.current().hash(),
                            Optional.of(MembershipFixture.AT_ONCE)));

            long serial = fleet.serial();
            fleet.after(SECOND);
            assertThat(fleet.serial()).isEqualTo(serial);
        }
    }

    @Test
    void aThousandTimesAwayForLessThanHalfAMinuteMakeNoRevision() throws Exception {
        try (var fleet = new MembershipFixture(directory)) {
            fleet.joins("web1", "web-1", "10.0.0.7");
            fleet.joins("web2", "web-2", "10.0.0.8");
            fleet.settle();
            Revision before = fleet.store.current();

            for (int i = 0; i < 1000; i++) {
                fleet.leaves("web1");
                fleet.after(Duration.ofSeconds(i % 30));
                fleet.connects("web1");
                fleet.after(SECOND);
            }

            assertThat(fleet.serial()).isEqualTo(before.serial());
            assertThat(fleet.addresses("web-1")).containsExactly(SEVEN);

            fleet.leaves("web1");
            fleet.after(Duration.ofSeconds(30));
            assertThat(fleet.serial()).isEqualTo(before.serial() + 1);
            assertThat(fleet.reason()).isEqualTo("web-1 has left");
            assertThat(fleet.addresses("web-1")).isEmpty();
            assertThat(fleet.addresses("web-2")).containsExactly(EIGHT);

            fleet.connects("web1");
            fleet.after(SECOND);
            assertThat(fleet.reason()).isEqualTo("web-1 joins with 10.0.0.7");
        }
    }

    @Test
    void anAddressOfAnotherInstanceIsNeverTaken() throws Exception {
        try (var fleet = new MembershipFixture(directory)) {
            fleet.joins("web1", "web-1", "10.0.0.7");
            fleet.after(SECOND);
            fleet.enrol("web2", "web-2");
            fleet.connects("web2");
            fleet.reports("web2", "web-2", "10.0.0.7", "10.0.0.8", "10.0.0.9");
            fleet.after(SECOND);

            assertThat(fleet.addresses("web-1")).containsExactly(SEVEN);
            assertThat(fleet.addresses("web-2")).containsExactly(EIGHT);
            assertThat(fleet.addresses("db-1")).containsExactly(IpAddress.ipv4(0x0a000009));
        }
    }

    @Test
    void aHostWithoutInstancesChangesNothing() throws Exception {
        try (var fleet = new MembershipFixture(directory)) {
            long serial = fleet.serial();
            fleet.enrol("web1");
            fleet.connects("web1");
            fleet.reports("web1", "web-1", "10.0.0.7");
            fleet.after(SECOND);

            assertThat(fleet.serial()).isEqualTo(serial);
        }
    }

    @Test
    void whatAPersonPublishesReachesAllBeforeMembersChange() throws Exception {
        try (var fleet = new MembershipFixture(directory)) {
            fleet.joins("web1", "web-1", "10.0.0.7");
            long serial = fleet.serial();
            fleet.begin(RolloutSettings.DEFAULT);
            fleet.membership.run();
            assertThat(fleet.serial()).isEqualTo(serial);

            fleet.after(SECOND);
            assertThat(fleet.serial()).isEqualTo(serial + 1);

            fleet.begin(MembershipFixture.AT_ONCE);
            fleet.joins("web2", "web-2", "10.0.0.8");
            fleet.membership.run();
            assertThat(fleet.addresses("web-2")).containsExactly(EIGHT);
        }
    }

    @Test
    void whoHasJustStartedWaitsForHostsToComeBack() throws Exception {
        try (var fleet = new MembershipFixture(directory)) {
            fleet.joins("web1", "web-1", "10.0.0.7");
            fleet.sign("server-0");
            fleet.connects("web1", "server-0");
            fleet.after(SECOND);
            assertThat(fleet.addresses("web-1")).containsExactly(SEVEN);

            long serial = fleet.serial();
            for (int i = 0; i < 8; i++) {
                fleet.after(Duration.ofSeconds(10)); // server-0 gives no sign any more
            }
            assertThat(fleet.serial()).isEqualTo(serial);
            fleet.after(Duration.ofSeconds(10));
            assertThat(fleet.reason()).isEqualTo("web-1 has left");
        }
    }

    @Test
    void afterTheStoreWasAwayNobodyIsTakenForGone() throws Exception {
        try (var fleet = new MembershipFixture(directory)) {
            fleet.joins("web1", "web-1", "10.0.0.7");
            fleet.settle();
            long serial = fleet.serial();

            fleet.clock.goOn(Duration.ofMinutes(10)); // without any sign in the records
            fleet.membership.run();
            fleet.leaves("web1");
            fleet.after(Duration.ofSeconds(60));
            assertThat(fleet.serial()).isEqualTo(serial);

            fleet.settle();
            assertThat(fleet.serial()).isEqualTo(serial + 1);
        }
    }

    @Test
    void aRevisionThatWasTakenBackIsNotMadeAgainAtOnce() throws Exception {
        try (var fleet = new MembershipFixture(directory)) {
            fleet.joins("web1", "web-1", "10.0.0.7");
            fleet.after(SECOND);
            long back = fleet.takesBack();
            fleet.waits(Membership.AFTER_A_FAILURE.minusSeconds(1));
            fleet.membership.run();
            assertThat(fleet.serial()).isEqualTo(back);

            fleet.joins("web2", "web-2", "10.0.0.8");
            fleet.membership.run();
            assertThat(fleet.reason()).isEqualTo("web-1 joins with 10.0.0.7; web-2 joins with 10.0.0.8");
        }
    }

    @Test
    void afterAWhileItIsTriedAgain() throws Exception {
        try (var fleet = new MembershipFixture(directory)) {
            fleet.joins("web1", "web-1", "10.0.0.7");
            fleet.after(SECOND);
            long back = fleet.takesBack();
            fleet.waits(Membership.AFTER_A_FAILURE);
            fleet.membership.run();

            assertThat(fleet.serial()).isEqualTo(back + 1);
            assertThat(fleet.addresses("web-1")).containsExactly(SEVEN);
        }
    }

    @Test
    void whatWouldFailATestIsNotWritten() throws Exception {
        String rules = MembershipFixture.RULES
                + "security_groups: { sg-a: { outbound: [] } }\n"
                + "tests: [{ from: web-1, to: 192.0.2.1, protocol: tcp, port: 1, expect: allow }]\n";
        try (var fleet = new MembershipFixture(directory, rules)) {
            long serial = fleet.serial();
            fleet.joins("web1", "web-1", "10.0.0.7");
            fleet.after(SECOND);
            assertThat(fleet.serial()).isEqualTo(serial);

            fleet.joins("web2", "web-2", "10.0.0.8");
            fleet.after(SECOND);
            assertThat(fleet.serial()).isEqualTo(serial);
        }
    }

    @Test
    void aPolicyWithoutTheFileIsLeftAlone() throws Exception {
        String rules = MembershipFixture.RULES.replace("include: [registered.yaml]\n", "");
        try (var fleet = new MembershipFixture(directory, rules)) {
            long serial = fleet.serial();
            fleet.joins("web1", "web-1", "10.0.0.7");
            fleet.after(SECOND);
            fleet.after(SECOND);

            assertThat(fleet.serial()).isEqualTo(serial);
        }
    }

    @Test
    void severalControlServersMakeOneRevision() throws Exception {
        try (var fleet = new MembershipFixture(directory)) {
            Membership other = fleet.another();
            long serial = fleet.serial();
            fleet.joins("web1", "web-1", "10.0.0.7");
            fleet.after(SECOND);
            other.run();
            fleet.allHaveIt();
            other.run();

            assertThat(fleet.serial()).isEqualTo(serial + 1);
        }
    }

    @Test
    void whatAPersonHasBroughtIsMendedWhenAllHaveIt() throws Exception {
        try (var fleet = new MembershipFixture(directory)) {
            fleet.joins("web1", "web-1", "10.0.0.7");
            fleet.after(SECOND);
            Revision now = fleet.store.current();
            Path file = directory.resolve("registered.yaml");
            fleet.store.put(
                    now,
                    Map.of(file, "version: 1\n".getBytes(UTF_8)),
                    new Origin("ann", "edit", fleet.clock.instant()));
            assertThat(fleet.addresses("web-1")).isEmpty();

            fleet.after(SECOND);
            assertThat(fleet.addresses("web-1")).containsExactly(SEVEN);
        }
    }
}
