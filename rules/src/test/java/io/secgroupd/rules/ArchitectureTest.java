package io.secgroupd.rules;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
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
                .layer("text")
                .definedBy("io.secgroupd.rules.text")
                .layer("model")
                .definedBy("io.secgroupd.rules.model")
                .layer("decide")
                .definedBy("io.secgroupd.rules.decide")
                .layer("compile")
                .definedBy("io.secgroupd.rules.compile")
                .layer("yaml")
                .definedBy("io.secgroupd.rules.yaml")
                .layer("file")
                .definedBy("io.secgroupd.rules.file")
                .layer("analyze")
                .definedBy("io.secgroupd.rules.analyze")
                .layer("pipeline")
                .definedBy("io.secgroupd.rules.pipeline")
                .whereLayer("net")
                .mayOnlyAccessLayers("text")
                .whereLayer("text")
                .mayNotAccessAnyLayer()
                .whereLayer("model")
                .mayOnlyAccessLayers("net", "text")
                .whereLayer("decide")
                .mayOnlyAccessLayers("net")
                .whereLayer("compile")
                .mayOnlyAccessLayers("net", "text", "model", "decide")
                .whereLayer("yaml")
                .mayOnlyAccessLayers("net", "text")
                .whereLayer("file")
                .mayOnlyAccessLayers("net", "text", "model", "yaml")
                .whereLayer("analyze")
                .mayOnlyAccessLayers("net", "text", "model", "decide", "compile")
                .whereLayer("pipeline")
                .mayNotBeAccessedByAnyLayer()
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
                .callMethod(Map.class, "copyOf", Map.class)
                .orShould()
                .callMethod(Set.class, "copyOf", java.util.Collection.class)
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

    /**
     * A bucket of a hash map becomes a tree only where its keys say themselves that they can be compared with each other:
     * records, lists and paths of one hash are compared one by one. 65,536 anchors of one hash took minutes.
     */
    @Test
    void keysThatAFileChoosesCanBeOrdered() {
        assertThat(CLASSES.stream()
                        .flatMap(owner -> Arrays.stream(owner.reflect().getDeclaredFields()))
                        .filter(ArchitectureTest::isHashed)
                        .filter(field -> !isSafeKey(key(field)))
                        .map(field -> field.getDeclaringClass().getSimpleName() + "." + field.getName()))
                .containsExactlyInAnyOrder(
                        "PeerClassCache.made", // lists of objects that are equal to themselves only
                        "SemanticDiff.compared", // of tables that are equal to themselves only
                        "SemanticDiff.numbers",
                        "ServiceDiff.allowing", // the peers of one table, which are gone through at each of its edges
                        "ServiceDiff.other",
                        "ServiceDiff.result");
    }

    private static boolean isHashed(Field field) {
        Class<?> type = field.getType();
        boolean keyed = Map.class.isAssignableFrom(type) || Set.class.isAssignableFrom(type);
        boolean sorted = SortedMap.class.isAssignableFrom(type) || SortedSet.class.isAssignableFrom(type);
        return keyed && !sorted && !IdentityHashMap.class.isAssignableFrom(type);
    }

    private static Class<?> key(Field field) {
        Type first = ((ParameterizedType) field.getGenericType()).getActualTypeArguments()[0];
        return (Class<?>) (first instanceof ParameterizedType generic ? generic.getRawType() : first);
    }

    private static boolean isSafeKey(Class<?> key) {
        boolean ordered = Arrays.stream(key.getGenericInterfaces())
                .anyMatch(type -> type instanceof ParameterizedType generic
                        && generic.getRawType().equals(Comparable.class)
                        && generic.getActualTypeArguments()[0].equals(key));
        return key.isEnum() || ordered || (!key.isInterface() && isEqualToItselfOnly(key));
    }

    /** Equal to itself only: its hash is a random number. */
    private static boolean isEqualToItselfOnly(Class<?> key) {
        return Arrays.stream(key.getMethods())
                .anyMatch(method -> method.getName().equals("hashCode")
                        && method.getDeclaringClass().equals(Object.class));
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
                        "java.util.concurrent..")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Thread.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(InstantSource.class) // an instant is given to the rules, like a packet
                .orShould()
                .callMethodWhere(target(name("now")).and(target(owner(resideInAPackage("java.time..")))))
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .because("the rules are a function from text and packet to verdict")
                .check(CLASSES);
    }
}
