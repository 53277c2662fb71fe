package io.secgroupd.rules.model;

import java.util.Optional;
import java.util.stream.Stream;

/** What becomes of the packets that an instance's rules refuse. */
public enum InstanceMode {
    /** They are refused. */
    ENFORCE("enforce"),
    /** They are let in, and logged with the verdict that the rules give. */
    OBSERVE("observe");

    private final String word;

    InstanceMode(String word) {
        this.word = word;
    }

    /** The mode that a file names with this word; empty when it is no mode. */
    public static Optional<InstanceMode> parse(String word) {
        return Stream.of(values()).filter(mode -> mode.word.equals(word)).findFirst();
    }

    /** The word that files, logs and answers use. */
    public String word() {
        return word;
    }

    /** Reports whether what the rules refuse is let in. */
    public boolean observes() {
        return this == OBSERVE;
    }
}
