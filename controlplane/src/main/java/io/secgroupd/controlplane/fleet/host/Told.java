package io.secgroupd.controlplane.fleet.host;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of a fault once, however often it repeats itself, and of its end. */
final class Told {

    private static final Logger LOG = LoggerFactory.getLogger(Told.class);

    private Optional<String> fault = Optional.empty();
    private long times;

    void failed(String sentence) {
        if (!fault.equals(Optional.of(sentence))) {
            LOG.warn("pull.failed: {}", sentence);
            times = 0;
        }
        fault = Optional.of(sentence);
        times++;
    }

    void well() {
        if (fault.isPresent()) {
            LOG.info("pull.resumed failures={}", times);
        }
        fault = Optional.empty();
    }
}
