package io.secgroupd.controlplane.aws.operation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * An answer as a client reads it. Paths are XPath, and begin below the root, or below the result where the service has one.
 *
 * @param body    the document
 * @param targets the ids that the audit is told
 */
public record Answer(String body, String action, List<String> targets) {

    /** The text of the only element at a path. */
    public String text(String path) {
        List<String> texts = texts(path);
        if (texts.size() != 1) {
            throw new AssertionError(path + " is there " + texts.size() + " times in " + this);
        }
        return texts.get(0);
    }

    /** The texts of all elements at a path, in order. */
    public List<String> texts(String path) {
        return find(path).stream().map(Node::getTextContent).toList();
    }

    /** How many elements stand at a path. */
    public int count(String path) {
        return find(path).size();
    }

    /** Reports whether there is a list at a path, and nothing in it. */
    public boolean isEmptyList(String path) {
        List<Node> found = find(path);
        return found.size() == 1 && !found.get(0).hasChildNodes();
    }

    private List<Node> find(String path) {
        try {
            Document document = DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(body.getBytes(UTF_8)));
            Node root = document.getDocumentElement();
            if (!root.getNodeName().equals(action + "Response")) {
                throw new AssertionError(root.getNodeName());
            }
            Node result = root.getFirstChild();
            boolean wrapped = result.getNodeName().equals(action + "Result");
            var nodes = (NodeList) XPathFactory.newDefaultInstance()
                    .newXPath()
                    .evaluate(path, wrapped ? result : root, XPathConstants.NODESET);
            return IntStream.range(0, nodes.getLength()).mapToObj(nodes::item).toList();
        } catch (Exception e) {
            throw new AssertionError(toString(), e);
        }
    }

    /** The document. */
    @Override
    public String toString() {
        return body;
    }
}
