package io.secgroupd.daemon.parts;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.parts.DependenciesPage.Library;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page about dependencies has those of the POMs, with their versions, and no other. */
class LibrariesTest {

    private final PomLibraries poms = new PomLibraries();
    private final DependenciesPage page = new DependenciesPage();

    LibrariesTest() throws IOException {}

    @Test
    void everyLibraryThatIsShippedHasItsReason() {
        assertListed("Shipped", poms.shipped());
    }

    @Test
    void everyLibraryOfTheTestsHasItsReason() {
        assertListed("For the tests", poms.forTests());
    }

    @Test
    void everyToolOfTheBuildHasItsReason() {
        assertListed("For the build", poms.tools());
    }

    private void assertListed(String heading, Set<String> named) {
        assertThat(page.under(heading)).map(Library::named).containsExactlyInAnyOrderElementsOf(named);
        assertThat(page.under(heading))
                .allSatisfy(library -> assertThat(library.rest()).noneMatch(String::isBlank));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Apache License, Version 2.0", "The Apache Software License, Version 2.0", "Apache 2.0"})
    void theApacheLicenceIsKnownByItsNames(String name) {
        assertThat(Licence.named(name)).isEqualTo(Licence.APACHE_2);
    }
}
