package io.secgroupd.controlplane.fuzz;

import io.secgroupd.rules.fuzz.FuzzTargets;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ControlPlaneFuzzTest {

    @TestFactory
    Stream<DynamicTest> whateverIsReadIsAnsweredWithinItsBounds() throws IOException {
        return FuzzTargets.tests(Map.of("EditorFuzz", 6));
    }
}
