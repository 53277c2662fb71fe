package io.secgroupd.rules.net;

/** The answer to one flow. REJECT is a silent drop, as in AWS: the peer times out. */
public enum Verdict {
    ACCEPT,
    REJECT
}
