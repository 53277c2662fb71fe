package io.secgroupd.controlplane;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/** Dependencies point one way, and this module knows the language of the rules and nothing of the daemon. */
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.secgroupd.controlplane");

    @Test
    void ofOurOwnModulesOnlyTheRulesAreKnown() {
        classes()
                .should()
                .onlyDependOnClassesThat(DescribedPredicate.not(resideInAPackage("io.secgroupd.."))
                        .or(resideInAnyPackage("io.secgroupd.rules..", "io.secgroupd.controlplane..")))
                .check(CLASSES);
    }

    @Test
    void theEditorIsBuiltInLayers() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("change")
                .definedBy("io.secgroupd.controlplane.edit.change")
                .layer("text")
                .definedBy("io.secgroupd.controlplane.edit.text")
                .layer("draft")
                .definedBy("io.secgroupd.controlplane.edit.draft")
                .layer("plan")
                .definedBy("io.secgroupd.controlplane.edit.plan")
                .layer("intent")
                .definedBy("io.secgroupd.controlplane.edit.intent")
                .layer("edit")
                .definedBy("io.secgroupd.controlplane.edit")
                .whereLayer("change")
                .mayNotAccessAnyLayer()
                .whereLayer("text")
                .mayNotAccessAnyLayer()
                .whereLayer("draft")
                .mayOnlyAccessLayers("text")
                .whereLayer("plan")
                .mayOnlyAccessLayers("change", "text", "draft")
                .whereLayer("intent")
                .mayOnlyAccessLayers("change")
                .whereLayer("edit")
                .mayNotBeAccessedByAnyLayer()
                .check(CLASSES);
    }

    @Test
    void noPackagesFormACycle() {
        slices().matching("io.secgroupd.controlplane.(**)")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void theEditorTouchesNothingOfTheMachine() {
        noClasses()
                .that()
                .resideInAPackage("io.secgroupd.controlplane.edit..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.netty..",
                        "org.slf4j..",
                        "java.util.logging..",
                        "java.net..",
                        "java.nio.channels..",
                        "java.util.concurrent..")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Thread.class)
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.nio.file.Files")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(InstantSource.class)
                .orShould()
                .callMethodWhere(target(name("now")).and(target(owner(resideInAPackage("java.time..")))))
                .because("an edit is a function from files and changes to files")
                .check(CLASSES);
    }

    @Test
    void signaturesFormsAndOperationsAreOnlyCalculated() {
        noClasses()
                .that()
                .resideInAPackage("io.secgroupd.controlplane.aws..")
                .and()
                // It answers requests one after the other, and logs them.
                .resideOutsideOfPackage("io.secgroupd.controlplane.aws.api..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.netty..",
                        "org.slf4j..",
                        "java.util.logging..",
                        "java.net..",
                        "java.nio.channels..",
                        "java.nio.file..",
                        "java.util.concurrent..")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Thread.class)
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .because("they are functions from bytes or a call to an answer, and the time comes from outside")
                .check(CLASSES);
    }

    @Test
    void serverStoreAndKeysKnowNothingOfEachOther() {
        assertKnowsOnly("http");
        assertKnowsOnly("store", "io.secgroupd.rules..");
        assertKnowsOnly("keys", "io.secgroupd.rules..", "io.secgroupd.controlplane.aws.sigv4");
    }

    private static void assertKnowsOnly(String room, String... packages) {
        String own = "io.secgroupd.controlplane." + room + "..";
        classes()
                .that()
                .resideInAPackage(own)
                .should()
                .onlyDependOnClassesThat(DescribedPredicate.not(resideInAPackage("io.secgroupd.."))
                        .or(resideInAPackage(own))
                        .or(resideInAnyPackage(packages)))
                .check(CLASSES);
    }

    @Test
    void whatAStoreIsDoesNotDependOnHowItKeeps() {
        noClasses()
                .that()
                .resideInAPackage("io.secgroupd.controlplane.store")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.secgroupd.controlplane.store.*..")
                .check(CLASSES);
    }

    @Test
    void nettyServesHttpAndEncryptsEtcd() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.secgroupd.controlplane.http..")
                .and()
                // jetcd takes the certificates so.
                .doNotHaveFullyQualifiedName("io.secgroupd.controlplane.store.etcd.EtcdClients")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.netty..")
                .check(CLASSES);
    }

    @Test
    void onlyTheStoreOnEtcdKnowsItsClient() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.secgroupd.controlplane.store.etcd..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.etcd..", "io.grpc..", "io.vertx..", "com.google..", "dev.failsafe..")
                .because("who keeps the policy in files loads nothing of it")
                .check(CLASSES);
    }

    @Test
    void nothingOfTheClientOfEtcdLeaksOut() {
        methods()
                .that()
                .areDeclaredInClassesThat()
                .resideInAPackage("io.secgroupd.controlplane.store.etcd..")
                .and()
                .arePublic()
                .and()
                .areDeclaredInClassesThat()
                .arePublic()
                .should()
                .notHaveRawReturnType(resideInAnyPackage("io.etcd..", "io.grpc..", "io.netty.."))
                .check(CLASSES);
    }
}
