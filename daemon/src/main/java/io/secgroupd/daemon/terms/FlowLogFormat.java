package io.secgroupd.daemon.terms;

/** The form of a decision as a line of the flow log. */
public enum FlowLogFormat {
    JSON,
    /** The default line of AWS VPC flow logs, followed by group, rule and reason. */
    VPC
}
