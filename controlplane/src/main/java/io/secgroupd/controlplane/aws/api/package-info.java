/** The AWS-compatible API: a signed request in, an answer out, and each change by way of the publisher. */
@NullMarked
package io.secgroupd.controlplane.aws.api;

import org.jspecify.annotations.NullMarked;
