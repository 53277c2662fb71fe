/** Elastic Compute Cloud: security groups, their rules, prefix lists, tags, and who has which groups. */
@NullMarked
package io.secgroupd.controlplane.aws.ec2;

import org.jspecify.annotations.NullMarked;
