package io.secgroupd.daemon.doctor;

/**
 * A fact about the host that the doctor reports.
 *
 * @param topic one word for what was examined
 * @param what  the fact, in plain words
 * @param next  what to do about it, or how to see more; empty when there is nothing to do
 */
public record Finding(Level level, String topic, String what, String next) {

    static Finding ok(String topic, String what) {
        return new Finding(Level.OK, topic, what, "");
    }

    static Finding note(String topic, String what) {
        return new Finding(Level.NOTE, topic, what, "");
    }

    static Finding note(String topic, String what, String next) {
        return new Finding(Level.NOTE, topic, what, next);
    }

    static Finding warning(String topic, String what, String next) {
        return new Finding(Level.WARNING, topic, what, next);
    }

    static Finding problem(String topic, String what, String next) {
        return new Finding(Level.PROBLEM, topic, what, next);
    }
}
