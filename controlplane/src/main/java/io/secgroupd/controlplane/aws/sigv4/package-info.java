/** Tells who signed a request: AWS Signature Version 4 over the request as it was received. */
@NullMarked
package io.secgroupd.controlplane.aws.sigv4;

import org.jspecify.annotations.NullMarked;
