/** Presents the flow log to an operator: lines in columns, rankings and summaries with bars, JSON, and VPC lines. */
@NullMarked
package io.secgroupd.daemon.flowlog.view;

import org.jspecify.annotations.NullMarked;
