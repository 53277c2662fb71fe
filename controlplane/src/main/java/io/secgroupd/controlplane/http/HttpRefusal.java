package io.secgroupd.controlplane.http;

/**
 * Why the server does not let a request pass.
 *
 * @param sentence for people; it repeats nothing of what the client sent
 */
record HttpRefusal(int status, String sentence) {}
