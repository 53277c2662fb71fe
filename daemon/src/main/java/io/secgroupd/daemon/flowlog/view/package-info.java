/** The flow log as an operator wants to see it: lines in columns, rankings and summaries with bars, JSON, VPC. */
@NullMarked
package io.secgroupd.daemon.flowlog.view;

import org.jspecify.annotations.NullMarked;
