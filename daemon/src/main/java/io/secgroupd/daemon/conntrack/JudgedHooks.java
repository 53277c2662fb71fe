package io.secgroupd.daemon.conntrack;

/** Where this host judges first packets: a connection that was never judged is never cut. */
public record JudgedHooks(boolean input, boolean output, boolean forward) {}
