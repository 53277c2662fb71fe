package io.secgroupd.rules.analyze;

import io.secgroupd.rules.model.Endpoint;
import io.secgroupd.rules.model.Service;

/** May {@code from} open this to {@code to}? An instance or cluster stands for each of its addresses. */
public record Question(Endpoint from, Endpoint to, Service service) {}
