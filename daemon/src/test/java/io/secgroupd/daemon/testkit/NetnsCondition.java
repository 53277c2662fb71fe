package io.secgroupd.daemon.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Says whether this process can make network namespaces. */
final class NetnsCondition implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (!"root".equals(System.getProperty("user.name"))) {
            return ConditionEvaluationResult.disabled("needs root: it makes network namespaces");
        }
        if (Stream.of("/usr/sbin/ip", "/sbin/ip", "/usr/bin/ip", "/bin/ip")
                .map(Path::of)
                .noneMatch(Files::isExecutable)) {
            return ConditionEvaluationResult.disabled("needs root and ip: install the package iproute2");
        }
        return ConditionEvaluationResult.enabled("root can make network namespaces");
    }
}
