/** The candidate that is judged beside the policy in force: how long, what it would decide otherwise, and how it ends. */
@NullMarked
package io.secgroupd.daemon.shadow;

import org.jspecify.annotations.NullMarked;
