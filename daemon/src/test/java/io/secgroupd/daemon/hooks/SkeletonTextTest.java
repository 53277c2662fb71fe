package io.secgroupd.daemon.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.secgroupd.daemon.terms.Backend;
import io.secgroupd.daemon.terms.JudgedHooks;
import java.io.IOException;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SkeletonTextTest {

    /** Everything switched on: routed traffic too, two queues, open while nobody listens. */
    private static final SkeletonSettings FULL =
            new SkeletonSettings(JudgedHooks.ALL, 100, 2, true, SkeletonSettings.DEFAULT_CUT_MARK);

    @ParameterizedTest
    @EnumSource(names = {"NFT", "IPTABLES"})
    void printsTheDefaultSkeleton(Backend backend) throws IOException {
        GoldenText.assertMatches(file(backend, "default"), Hooks.print(backend, SkeletonSettings.DEFAULT));
    }

    @ParameterizedTest
    @EnumSource(names = {"NFT", "IPTABLES"})
    void printsForwardTwoQueuesAndBypass(Backend backend) throws IOException {
        GoldenText.assertMatches(file(backend, "forward-balance-bypass"), Hooks.print(backend, FULL));
    }

    @ParameterizedTest
    @EnumSource(names = {"NFT", "IPTABLES"})
    void printsWhatDropsNothing(Backend backend) throws IOException {
        var observe = new SkeletonSettings(JudgedHooks.HOST, 4700, 1, false, SkeletonSettings.DEFAULT_CUT_MARK, true);

        String text = Hooks.print(backend, observe);

        GoldenText.assertMatches(file(backend, "observe"), text);
        assertThat(text.toLowerCase(Locale.ROOT)).doesNotContain("drop");
    }

    @ParameterizedTest
    @EnumSource(names = {"NFT", "IPTABLES"})
    void printsWhatLetsAnswersToRefusedPacketsOut(Backend backend) throws IOException {
        var answers = new SkeletonSettings(JudgedHooks.HOST, 4700, 1, false, SkeletonSettings.NO_MARK, false, true);

        GoldenText.assertMatches(file(backend, "answers"), Hooks.print(backend, answers));
    }

    @ParameterizedTest
    @EnumSource(names = "AUTO")
    void cannotPrintWhatDependsOnTheKernel(Backend backend) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Hooks.print(backend, SkeletonSettings.DEFAULT))
                .withMessageContaining("nft or iptables");
    }

    private static String file(Backend backend, String name) {
        return (backend == Backend.NFT ? "nft-" : "iptables-") + name + ".txt";
    }
}
