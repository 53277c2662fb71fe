/** Questions of a page and answers to it, as JSON. */
@NullMarked
package io.secgroupd.controlplane.console.api;

import org.jspecify.annotations.NullMarked;
