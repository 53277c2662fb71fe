package io.secgroupd.daemon.admin;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/**
 * A policy to try.
 *
 * @param name     the name of the file, as the operator knows it
 * @param content  the content of the file, read-only
 * @param time     the time within which it must be confirmed
 * @param existing {@code keep}, {@code cut} or {@code report}: what happens to running connections; empty means as the
 *                 settings say
 * @param by       the requester, in their own words
 * @param caller   the connection by which the operator works on this host, as in SSH_CONNECTION: the candidate must allow it
 */
public record ApplyRequest(
        String name,
        ByteBuffer content,
        Duration time,
        Optional<String> existing,
        Optional<String> by,
        Optional<String> caller) {}
