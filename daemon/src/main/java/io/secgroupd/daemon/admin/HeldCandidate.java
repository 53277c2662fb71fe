package io.secgroupd.daemon.admin;

/**
 * What is being tried, for whoever writes it where the rules file is.
 *
 * @param hash     hex SHA-256 of the policy: reading the content there must give it
 * @param rules    the file that the daemon follows: to be compared with the one that is about to be written, never to be
 *                 written because it stands here
 * @param expected hex SHA-256 of what the rules file said when the trial began
 * @param by       who began it; empty when that is not known
 */
public record HeldCandidate(String hash, String rules, String expected, String by, String content) {}
