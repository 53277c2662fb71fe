/** What the rooms of the AWS-compatible API share: the services that are spoken, and errors as AWS writes them. */
@NullMarked
package io.secgroupd.controlplane.aws;

import org.jspecify.annotations.NullMarked;
