package io.secgroupd.controlplane.fleet.host;

import java.time.Duration;

/**
 * How long everything takes.
 *
 * @param spread within which a host turns to the next server when it loses the one that it had: thousands lose it at once
 * @param least  the shortest wait after a failure; each further one is twice as long
 * @param most   the longest wait after a failure
 * @param none   the wait while there is no revision
 * @param poll   after which a server that has not answered a long poll is given up; it answers in 50 s
 * @param call   the same of any other request
 * @param trial  after which the daemon returns to what it had, if this host is never heard of again
 * @param proof  how long the control server is sought under the new rules
 * @param minute in which refused packets are counted
 * @param look   how often the addresses of this host are looked at
 */
record PullTimes(
        Duration spread,
        Duration least,
        Duration most,
        Duration none,
        Duration poll,
        Duration call,
        Duration trial,
        Duration proof,
        Duration minute,
        Duration look) {

    static final PullTimes DEFAULT = new PullTimes(
            Duration.ofSeconds(20),
            Duration.ofSeconds(1),
            Duration.ofSeconds(60),
            Duration.ofSeconds(5),
            Duration.ofSeconds(60),
            Duration.ofSeconds(20),
            Duration.ofSeconds(60),
            Duration.ofSeconds(15),
            Duration.ofMinutes(1),
            Duration.ofSeconds(3));
}
