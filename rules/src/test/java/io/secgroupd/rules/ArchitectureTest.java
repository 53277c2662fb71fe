package io.secgroupd.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The package table of the design: dependencies point one way, and this module touches nothing of the machine. */
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.secgroupd.rules");

    @Test
    void dependenciesPointOneWay() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("net")
                .definedBy("io.secgroupd.rules.net")
                .layer("model")
                .definedBy("io.secgroupd.rules.model")
                .layer("decide")
                .definedBy("io.secgroupd.rules.decide")
                .layer("compile")
                .definedBy("io.secgroupd.rules.compile")
                .optionalLayer("yaml")
                .definedBy("io.secgroupd.rules.yaml")
                .optionalLayer("file")
                .definedBy("io.secgroupd.rules.file")
                .layer("analyze")
                .definedBy("io.secgroupd.rules.analyze")
                .whereLayer("file")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("net")
                .mayNotAccessAnyLayer()
                .whereLayer("model")
                .mayOnlyAccessLayers("net")
                .whereLayer("decide")
                .mayOnlyAccessLayers("net")
                .whereLayer("compile")
                .mayOnlyAccessLayers("net", "model", "decide")
                .whereLayer("yaml")
                .mayOnlyAccessLayers("net", "model")
                .whereLayer("analyze")
                .mayOnlyAccessLayers("net", "model", "decide", "compile", "yaml")
                .check(CLASSES);
    }

    @Test
    void noPackagesFormACycle() {
        slices().matching("io.secgroupd.rules.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    /** They look for a free place one by one: 65,536 ids with one hash, which are easily written, took a minute. */
    @Test
    void nothingThatAFileChoosesIsAKeyOfAnUnmodifiableCopy() {
        noClasses()
                .should()
                .callMethod(java.util.Map.class, "copyOf", java.util.Map.class)
                .orShould()
                .callMethod(java.util.Set.class, "copyOf", java.util.Collection.class)
                .orShould()
                .callMethod(java.util.stream.Collectors.class, "toUnmodifiableSet")
                .orShould()
                .callMethod(
                        java.util.stream.Collectors.class,
                        "toUnmodifiableMap",
                        java.util.function.Function.class,
                        java.util.function.Function.class)
                .because("their buckets never become trees")
                .check(CLASSES);
    }

    @Test
    void nothingKnowsNettyThreadsClocksLogsOrSockets() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.netty..",
                        "org.slf4j..",
                        "java.util.logging..",
                        "java.net..",
                        "java.nio.channels..",
                        "java.util.concurrent..",
                        "java.time..")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Thread.class)
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .because("the rules are a function from text and packet to verdict")
                .check(CLASSES);
    }
}
