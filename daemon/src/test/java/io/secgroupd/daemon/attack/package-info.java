/**
 * Strangers who send whatever they like, at a host that allows one client two services: odd packets, forged ones beside a live
 * connection, and clients of the admin socket. Each suite takes a seed.
 */
@NullMarked
package io.secgroupd.daemon.attack;

import org.jspecify.annotations.NullMarked;
