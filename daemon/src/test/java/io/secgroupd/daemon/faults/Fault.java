package io.secgroupd.daemon.faults;

/** Something that happens to a host under traffic. At its end the last edit is in force, and a daemon runs. */
@FunctionalInterface
interface Fault {

    void inject(Scene scene) throws Exception;
}
