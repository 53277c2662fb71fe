/** Lists live connections and cuts those that the policy does not allow. */
@NullMarked
package io.secgroupd.daemon.conntrack;

import org.jspecify.annotations.NullMarked;
