/** The operations of the Security Token Service, of which clients need one. */
@NullMarked
package io.secgroupd.controlplane.aws.sts;

import org.jspecify.annotations.NullMarked;
