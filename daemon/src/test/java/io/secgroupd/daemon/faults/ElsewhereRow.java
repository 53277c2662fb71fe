package io.secgroupd.daemon.faults;

/**
 * A fault that is not done here.
 *
 * @param reason why, and what shows it instead
 */
record ElsewhereRow(int number, String name, String what, String reason) implements FaultEntry {}
