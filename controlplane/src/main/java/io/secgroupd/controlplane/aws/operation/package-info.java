/** What the operations of all services have in common: a call in, a plan of changes and an answer out. */
@NullMarked
package io.secgroupd.controlplane.aws.operation;

import org.jspecify.annotations.NullMarked;
