package io.secgroupd.controlplane.aws.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.StringWriter;
import java.util.Collection;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes the elements of an answer. Names of elements come from this program; any content leaves the document whole. */
public final class Xml {

    private static final XMLOutputFactory FACTORY = XMLOutputFactory.newDefaultFactory();

    private final XMLStreamWriter out;

    private Xml(XMLStreamWriter out) {
        this.out = out;
    }

    /** A whole document in UTF-8 with this root, in this namespace or in none. */
    static byte[] document(String root, Optional<String> namespace, Consumer<Xml> content) {
        // The writer onto characters leaves the encoding to the text itself, which keeps the halves of pairs together.
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter out = FACTORY.createXMLStreamWriter(text);
            out.writeStartDocument("UTF-8", "1.0");
            out.writeStartElement(root);
            if (namespace.isPresent()) {
                out.writeDefaultNamespace(namespace.get());
            }
            content.accept(new Xml(out));
            out.writeEndDocument();
            out.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
        return text.toString().getBytes(UTF_8);
    }

    /** An element that holds others, or none. */
    public void element(String name, Consumer<Xml> content) {
        try {
            out.writeStartElement(name);
            content.accept(this);
            out.writeEndElement();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An element with text. A character that XML cannot hold becomes U+FFFD; a carriage return stays what it is. */
    public void text(String name, String value) {
        try {
            out.writeStartElement(name);
            String[] lines = XmlText.legal(value).split("\r", -1);
            out.writeCharacters(lines[0]);
            for (int at = 1; at < lines.length; at++) {
                // Parsers make a line feed of a carriage return that is not written as a reference.
                out.writeEntityRef("#13");
                out.writeCharacters(lines[at]);
            }
            out.writeEndElement();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An element with text, or no element: clients take an empty one for a value. */
    public void text(String name, Optional<String> value) {
        value.ifPresent(text -> text(name, text));
    }

    /** A whole number. */
    public void number(String name, long value) {
        text(name, Long.toString(value));
    }

    /** Exactly {@code true} or {@code false}: clients wait for ever on any other word. */
    public void bool(String name, boolean value) {
        text(name, value ? "true" : "false");
    }

    /** A list of structures. The element is there even when the list is empty: clients ask how long it is. */
    public <T> void list(String name, String member, Collection<T> items, BiConsumer<Xml, T> content) {
        element(name, list -> items.forEach(item -> list.element(member, xml -> content.accept(xml, item))));
    }

    /** A list of texts. */
    public void texts(String name, String member, Collection<String> items) {
        element(name, list -> items.forEach(item -> list.text(member, item)));
    }
}
