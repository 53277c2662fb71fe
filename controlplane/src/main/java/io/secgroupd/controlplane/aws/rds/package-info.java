/** Relational Database Service: clusters, their instances, and the security groups that they have. */
@NullMarked
package io.secgroupd.controlplane.aws.rds;

import org.jspecify.annotations.NullMarked;
