package io.secgroupd.daemon.terms;

/** How a decision becomes a line of the flow log. */
public enum FlowLogFormat {
    JSON,
    /** The default line of AWS VPC flow logs, with group, rule and reason behind it. */
    VPC
}
