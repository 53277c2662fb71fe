/** The Query protocol of EC2, RDS and STS: a form of parameters in, XML out. */
@NullMarked
package io.secgroupd.controlplane.aws.query;

import org.jspecify.annotations.NullMarked;
