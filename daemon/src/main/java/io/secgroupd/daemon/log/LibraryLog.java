package io.secgroupd.daemon.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** Controls what libraries write to the log. */
public final class LibraryLog {

    private LibraryLog() {}

    /** Silences pcap4j, which logs what it does and also the errors that it throws: the daemon reports those once itself. */
    public static void silencePcap4j() {
        ((Logger) LoggerFactory.getLogger("org.pcap4j")).setLevel(Level.OFF);
    }
}
