package io.secgroupd.controlplane.fleet.host;

import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of each fault once, however often it repeats itself and whatever others come in between, and of the end of all. */
final class Told {

    private static final Logger LOG = LoggerFactory.getLogger(Told.class);

    /** Should faults be different each time, the first ones are enough. */
    private static final int MOST = 20;

    private final Set<String> faults = new HashSet<>();
    private long times;

    void failed(String sentence) {
        if (faults.size() < MOST && faults.add(sentence)) {
            LOG.warn("pull.failed: {}", sentence);
        }
        times++;
    }

    void well() {
        if (times > 0) {
            LOG.info("pull.resumed failures={}", times);
        }
        faults.clear();
        times = 0;
    }
}
