package io.secgroupd.controlplane.console.draft;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.PolicyReader;
import io.secgroupd.rules.file.ReadResult;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.text.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A file with one element alone, which the strict reader reads: so a form is told the same about a port or a prefix as a file. It
 * is written as JSON, which is YAML. The other groups and lists are in it by their names, because rules refer to them.
 */
final class Scratch {

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final Path FILE = Path.of("draft.yaml");

    private final Policy before;
    private final Set<String> groups;
    private final Set<String> lists;

    /** @param before whose groups and lists are known */
    Scratch(Policy before) {
        this.before = before;
        this.groups = new LinkedHashSet<>(before.securityGroups().keySet());
        this.lists = new LinkedHashSet<>(before.prefixLists().keySet());
    }

    /** What has been read of an element; the problems have those that are not about it too. */
    record Read(ReadResult result) {

        List<Problem> errors() {
            return result.errors();
        }

        Policy policy() {
            return result.policy().orElseThrow();
        }
    }

    /** Has a group be known from now on. */
    void addGroup(String id) {
        groups.add(id);
    }

    /** Has a list be known from now on. */
    void addList(String id) {
        lists.add(id);
    }

    /**
     * Reads an element.
     *
     * @param section such as {@code security_groups}
     * @param element texts, numbers, lists and maps
     */
    Read read(String section, String name, Map<String, ?> element) {
        Map<String, Map<String, Object>> sections = new LinkedHashMap<>();
        sections.put("prefix_lists", empty(lists, List.of()));
        sections.put("security_groups", empty(groups, Map.of()));
        sections.computeIfAbsent(section, unused -> new LinkedHashMap<>()).put(name, element);
        return new Read(PolicyReader.read(new PolicyFiles(FILE, Map.of(FILE, bytes(sections)))));
    }

    private static Map<String, Object> empty(Set<String> names, Object content) {
        Map<String, Object> all = new LinkedHashMap<>();
        names.forEach(name -> all.put(name, content));
        return all;
    }

    private byte[] bytes(Map<String, Map<String, Object>> sections) {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeNumberField("version", 1);
            json.writeObjectFieldStart("limits");
            json.writeNumberField("rules_per_security_group", before.limits().rulesPerSecurityGroup());
            json.writeNumberField(
                    "security_groups_per_instance", before.limits().securityGroupsPerInstance());
            json.writeEndObject();
            for (Map.Entry<String, Map<String, Object>> section : sections.entrySet()) {
                json.writeFieldName(section.getKey());
                write(section.getValue(), json);
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    private static void write(Object value, JsonGenerator json) throws IOException {
        if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                json.writeFieldName(entry.getKey().toString());
                write(entry.getValue(), json);
            }
            json.writeEndObject();
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            for (Object item : list) {
                write(item, json);
            }
            json.writeEndArray();
        } else {
            json.writeString(value.toString());
        }
    }
}
