package io.secgroupd.daemon;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Dependencies point one way: the build fails on any other edge, and on a cycle. */
class ArchitectureTest {

    private static final String OURS = "io.secgroupd..";
    private static final String[] HOT_PATH = {
        "io.secgroupd.daemon.netlink..",
        "io.secgroupd.daemon.nfqueue..",
        "io.secgroupd.daemon.packet..",
        "io.secgroupd.daemon.answer..",
        "io.secgroupd.daemon.dataplane..",
        "io.secgroupd.daemon.terms.."
    };

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("io.secgroupd");

    @Test
    void theHotPathSeesOnlyTheDecisionAndTheWordsOfTheNetwork() {
        classes()
                .that(resideInAnyPackage(HOT_PATH))
                .should()
                .onlyDependOnClassesThat(not(resideInAPackage(OURS))
                        .or(resideInAnyPackage(HOT_PATH))
                        .or(resideInAnyPackage("io.secgroupd.rules.decide..", "io.secgroupd.rules.net..")))
                .check(CLASSES);
    }

    @Test
    void theWordsOfTheSettingsStandOnTheWordsOfTheNetworkAlone() {
        classes()
                .that()
                .resideInAPackage("io.secgroupd.daemon.terms..")
                .should()
                .onlyDependOnClassesThat(not(resideInAPackage(OURS))
                        .or(resideInAnyPackage("io.secgroupd.daemon.terms..", "io.secgroupd.rules.net..")))
                .check(CLASSES);
    }

    @Test
    void controlIsGivenAConsumerAndNeverSeesTheDataPlane() {
        noClasses()
                .that()
                .resideInAPackage("io.secgroupd.daemon.control..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.secgroupd.daemon.dataplane..",
                        "io.secgroupd.daemon.nfqueue..",
                        "io.secgroupd.daemon.packet..",
                        "io.secgroupd.daemon.flowlog..")
                .check(CLASSES);
    }

    @Test
    void nobodyImportsTheCompositionRoot() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.secgroupd.daemon.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.secgroupd.daemon.cli..")
                .check(CLASSES);
    }

    @Test
    void theServiceIsCalledByTheCommandLineAloneAndKnowsNothingOfIt() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.secgroupd.daemon.cli..", "io.secgroupd.daemon.service..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.secgroupd.daemon.service..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackage("io.secgroupd.daemon.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("picocli..")
                .check(CLASSES);
    }

    @Test
    void commandsStandOnWhatIsCommonAndKnowNeitherEachOtherNorTheProgram() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("io.secgroupd.daemon.cli..")
                .layer("program")
                .definedBy("io.secgroupd.daemon.cli")
                .layer("running")
                .definedBy("io.secgroupd.daemon.cli.running")
                .layer("policy")
                .definedBy("io.secgroupd.daemon.cli.policy")
                .layer("logs")
                .definedBy("io.secgroupd.daemon.cli.logs")
                .layer("usage")
                .definedBy("io.secgroupd.daemon.cli.usage")
                .layer("common")
                .definedBy("io.secgroupd.daemon.cli.common")
                .whereLayer("program")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("running")
                .mayOnlyBeAccessedByLayers("program")
                .whereLayer("policy")
                .mayOnlyBeAccessedByLayers("program")
                .whereLayer("logs")
                .mayOnlyBeAccessedByLayers("program")
                .whereLayer("usage")
                .mayOnlyBeAccessedByLayers("program")
                .check(CLASSES);
    }

    @Test
    void theRulesNeverSeeTheDaemon() {
        noClasses()
                .that()
                .resideInAPackage("io.secgroupd.rules..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.secgroupd.daemon..")
                .check(CLASSES);
    }

    @Test
    void noPackageDependsOnItselfThroughOthers() {
        slices().matching("io.secgroupd.(*).(*)..")
                .should()
                .beFreeOfCycles()
                .ignoreDependency(alwaysTrue(), not(resideInAPackage(OURS)))
                .check(CLASSES);
    }
}
