package io.secgroupd.daemon.doctor;

import java.util.Optional;
import java.util.function.Supplier;

/** Reports whether the kernel can refuse by itself what is refused again and again. */
final class CacheCheck {

    private static final String TOPIC = "cache";

    private CacheCheck() {}

    /**
     * Reports whether it will, and otherwise why not.
     *
     * @param whyNot the reason in the settings; empty when they allow it
     * @param privileged whether this user may try it
     * @param trial what stands against it in the kernel; empty when nothing does
     */
    static Finding finding(Optional<String> whyNot, boolean privileged, Supplier<Optional<String>> trial) {
        if (whyNot.isPresent()) {
            return Finding.note(TOPIC, "off, since " + whyNot.get() + ": the daemon judges every first packet itself");
        }
        if (!privileged) {
            return Finding.note(
                    TOPIC, "whether the kernel can refuse repeated attempts was not tried", "sudo secgroupd doctor");
        }
        return trial.get()
                .map(why -> Finding.note(
                        TOPIC,
                        "this kernel cannot refuse repeated attempts by itself: " + why
                                + "; the daemon judges every first packet, which is slower in a flood and nothing else",
                        "a kernel with nf_tables, 5.12 or newer; or cache: off in daemon.yaml"))
                .orElseGet(() -> Finding.ok(TOPIC, "the kernel refuses repeated attempts by itself"));
    }
}
