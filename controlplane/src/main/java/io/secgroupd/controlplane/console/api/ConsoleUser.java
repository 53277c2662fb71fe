package io.secgroupd.controlplane.console.api;

/**
 * Who looks at the console.
 *
 * @param name     what the history says of a change
 * @param mayWrite whether the session may change anything
 */
public record ConsoleUser(String name, boolean mayWrite) {}
