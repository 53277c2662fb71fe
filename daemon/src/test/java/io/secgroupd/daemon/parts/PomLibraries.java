package io.secgroupd.daemon.parts;

import static io.secgroupd.daemon.parts.PartPom.child;
import static io.secgroupd.daemon.parts.PartPom.children;
import static io.secgroupd.daemon.parts.PartPom.text;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.w3c.dom.Element;

/** What the POMs of this project name: libraries and tools, each as its name and version. */
final class PomLibraries {

    private static final Path PROJECT = Path.of("..");

    private final Element root;
    private final List<Element> modules = new ArrayList<>();
    private final Map<String, String> managed = new TreeMap<>();
    private final Map<String, String> groups = new TreeMap<>();

    PomLibraries() throws IOException {
        root = PartPom.root(PROJECT.resolve("pom.xml"));
        modules.add(root);
        for (String module : List.of("rules", "controlplane", "daemon")) {
            modules.add(PartPom.root(PROJECT.resolve(module).resolve("pom.xml")));
        }
        in(child(root, "dependencyManagement")).forEach(this::manage);
    }

    private void manage(Element dependency) {
        String name = text(dependency, "artifactId").orElseThrow();
        String version = version(dependency).orElseThrow();
        if (text(dependency, "scope").equals(Optional.of("import"))) {
            groups.put(text(dependency, "groupId").orElseThrow(), version);
        } else if (!isOurs(dependency)) {
            managed.put(name, version);
        }
    }

    /** The libraries that the program needs, and those of which only the version is chosen here. */
    Set<String> shipped() {
        Set<String> all = new TreeSet<>();
        managed.forEach((name, version) -> all.add(name + " " + version));
        dependencies(false).forEach(all::add);
        all.removeAll(forTests());
        return all;
    }

    /** The libraries that only tests need, and benches. */
    Set<String> forTests() {
        return new TreeSet<>(dependencies(true).toList());
    }

    /** The plugins, those of profiles too, and what they are given to work with. */
    Set<String> tools() {
        var tools = new TreeSet<String>();
        partsOf(root)
                .flatMap(part -> child(part, "build").stream())
                .flatMap(build -> Stream.concat(child(build, "pluginManagement").stream(), Stream.of(build)))
                .flatMap(all -> child(all, "plugins").stream())
                .flatMap(plugins -> children(plugins, "plugin"))
                .flatMap(plugin -> Stream.concat(Stream.of(plugin), givenTo(plugin)))
                .forEach(tool -> tools.add(named(tool)));
        tools.add("palantir-java-format " + resolved("${palantir-java-format.version}"));
        return tools;
    }

    private static Stream<Element> givenTo(Element plugin) {
        Stream<Element> processors = child(plugin, "configuration").stream()
                .flatMap(configuration -> child(configuration, "annotationProcessorPaths").stream())
                .flatMap(paths -> children(paths, "path"));
        return Stream.concat(processors, in(Optional.of(plugin)));
    }

    private static Stream<Element> partsOf(Element module) {
        return Stream.concat(
                Stream.of(module),
                child(module, "profiles").stream().flatMap(profiles -> children(profiles, "profile")));
    }

    private String named(Element element) {
        return text(element, "artifactId").orElseThrow() + " "
                + version(element).orElseThrow();
    }

    private Stream<String> dependencies(boolean forTests) {
        return modules.stream()
                .flatMap(PomLibraries::partsOf)
                .flatMap(part -> in(Optional.of(part)))
                .filter(dependency -> !isOurs(dependency))
                .filter(dependency -> text(dependency, "scope").equals(Optional.of("test")) == forTests)
                .map(dependency -> text(dependency, "artifactId").orElseThrow() + " " + versionOf(dependency));
    }

    private static Stream<Element> in(Optional<Element> parent) {
        return parent.stream()
                .flatMap(part -> child(part, "dependencies").stream())
                .flatMap(list -> children(list, "dependency"));
    }

    private static boolean isOurs(Element dependency) {
        return text(dependency, "groupId").equals(Optional.of("io.secgroupd"));
    }

    private String versionOf(Element dependency) {
        String name = text(dependency, "artifactId").orElseThrow();
        String group = text(dependency, "groupId").orElseThrow();
        return version(dependency)
                .or(() -> Optional.ofNullable(managed.get(name)))
                .or(() -> groups.entrySet().stream()
                        .filter(each -> (group + ".").startsWith(each.getKey() + "."))
                        .map(Map.Entry::getValue)
                        .findFirst())
                .orElseThrow(() -> new IllegalStateException(name + " has no version"));
    }

    private Optional<String> version(Element element) {
        return text(element, "version").map(this::resolved);
    }

    private String resolved(String version) {
        if (!version.startsWith("${")) {
            return version;
        }
        String property = version.substring(2, version.length() - 1);
        return child(root, "properties")
                .flatMap(all -> text(all, property))
                .orElseGet(() -> text(root, "version").orElseThrow());
    }
}
