/** Where things stand in the text of a YAML file, and how a text is changed in places without touching the rest. */
@NullMarked
package io.secgroupd.controlplane.edit.text;

import org.jspecify.annotations.NullMarked;
