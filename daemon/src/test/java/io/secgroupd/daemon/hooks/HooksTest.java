package io.secgroupd.daemon.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.secgroupd.daemon.terms.Backend;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class HooksTest {

    private final Hooks bareHost =
            new Hooks(new CommandRunner(List.of(Path.of("/nonexistent")), Duration.ofSeconds(1)));

    @Test
    void saysWhatToInstallOnAHostWithoutTools() {
        assertThatExceptionOfType(HooksException.class)
                .isThrownBy(() -> bareHost.install(Backend.AUTO, SkeletonSettings.DEFAULT))
                .withMessage("neither nft nor iptables can queue packets here:"
                        + " nft is not installed: install the package nftables;"
                        + " iptables-save is not installed: install the package iptables");
    }

    @Test
    void hasNothingToRemoveFromAHostWithoutTools() throws HooksException {
        bareHost.remove(Backend.AUTO);

        assertThat(bareHost.choose(Backend.NFT)).isEqualTo(Backend.NFT);
    }
}
