package io.secgroupd.rules.fuzz;

import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class RulesFuzzTest {

    @TestFactory
    Stream<DynamicTest> whateverIsReadIsAnsweredWithinItsBounds() throws IOException {
        return FuzzTargets.tests(Map.of());
    }
}
