package io.secgroupd.rules.bench;

/** What the objects that are still referred to take, in bytes. */
final class Heap {

    /** Compiled code that is no longer called lets go of what it referred to only after a few collections. */
    private static final int COLLECTIONS = 8;

    private Heap() {}

    static long used() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
