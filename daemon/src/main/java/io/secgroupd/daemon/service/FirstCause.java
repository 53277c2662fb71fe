package io.secgroupd.daemon.service;

/**
 * Tells what went wrong at first. A class that could not be prepared fails again wherever it is used, and only the cause of that says
 * why, such as a library that found no room to be unpacked.
 */
final class FirstCause {

    private FirstCause() {}

    /** The message of what was thrown, or the text of its innermost cause where it has one. */
    static String of(Throwable thrown) {
        Throwable first = thrown;
        while (first.getCause() != null) {
            first = first.getCause();
        }
        return first == thrown && thrown.getMessage() != null ? thrown.getMessage() : first.toString();
    }
}
