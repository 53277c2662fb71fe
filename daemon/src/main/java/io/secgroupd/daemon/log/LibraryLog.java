package io.secgroupd.daemon.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** What libraries would write into the log. */
public final class LibraryLog {

    private LibraryLog() {}

    /** pcap4j logs what it does, and the errors that it throws as well: an operator hears of them once, from us. */
    public static void silencePcap4j() {
        ((Logger) LoggerFactory.getLogger("org.pcap4j")).setLevel(Level.OFF);
    }
}
