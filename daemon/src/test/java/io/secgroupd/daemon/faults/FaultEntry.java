package io.secgroupd.daemon.faults;

/** A line of the table: a fault that is done here, or one that this machine cannot do. */
sealed interface FaultEntry permits FaultRow, ElsewhereRow {

    /** Its number in the table; rows beside it, of the control plane, begin at 101. Several rows can have one. */
    int number();

    /** By which it is chosen. */
    String name();

    /** What happens. */
    String what();
}
