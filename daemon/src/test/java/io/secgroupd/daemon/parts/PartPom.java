package io.secgroupd.daemon.parts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The POM of a part in the local repository, and those of its parents, from which it has what it does not say itself. */
final class PartPom {

    private final Path repository;
    private final Element root;

    private PartPom(Path repository, Element root) {
        this.repository = repository;
        this.root = root;
    }

    /** Reads a POM that lies in a repository. */
    static PartPom read(Path repository, Path pom) throws IOException {
        return new PartPom(repository, root(pom));
    }

    /** The root of a POM. */
    static Element root(Path pom) throws IOException {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(pom.toFile())
                    .getDocumentElement();
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(pom + " cannot be read", e);
        }
    }

    /** The licences, the one that is taken first. */
    List<Licence> licences() throws IOException {
        List<Licence> own = child(root, "licenses").stream()
                .flatMap(list -> children(list, "license"))
                .flatMap(licence -> text(licence, "name").stream())
                .map(Licence::named)
                .sorted()
                .toList();
        Optional<PartPom> parent = parent();
        return !own.isEmpty() || parent.isEmpty() ? own : parent.get().licences();
    }

    /** Where the part comes from. */
    Optional<String> url() throws IOException {
        Optional<String> own = text(root, "url").filter(url -> !url.contains("${"));
        Optional<PartPom> parent = parent();
        return own.isPresent() || parent.isEmpty() ? own : parent.get().url();
    }

    private Optional<PartPom> parent() throws IOException {
        Optional<Element> named = child(root, "parent");
        if (named.isEmpty()) {
            return Optional.empty();
        }
        Element parent = named.get();
        String name = text(parent, "artifactId").orElseThrow();
        String version = text(parent, "version").orElseThrow();
        Path pom = repository
                .resolve(text(parent, "groupId").orElseThrow().replace('.', '/'))
                .resolve(name)
                .resolve(version)
                .resolve(name + "-" + version + ".pom");
        return Files.exists(pom) ? Optional.of(read(repository, pom)) : Optional.empty();
    }

    /** The first child of a name. */
    static Optional<Element> child(Element of, String name) {
        return children(of, name).findFirst();
    }

    /** All children of a name. */
    static Stream<Element> children(Element of, String name) {
        NodeList nodes = of.getChildNodes();
        List<Element> found = new ArrayList<>();
        IntStream.range(0, nodes.getLength()).forEach(i -> {
            if (nodes.item(i) instanceof Element element && element.getTagName().equals(name)) {
                found.add(element);
            }
        });
        return found.stream();
    }

    /** The text of the first child of a name. */
    static Optional<String> text(Element of, String name) {
        return child(of, name).map(element -> element.getTextContent().strip());
    }
}
