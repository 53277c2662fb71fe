package io.secgroupd.rules.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** A schema, and YAML seen as an editor sees it: scalars have the types of the core schema. */
final class SchemaFile {

    private static final JsonSchemaFactory DRAFT = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private static final LoadSettings AS_EDITORS_DO =
            LoadSettings.builder().setSchema(new CoreSchema()).build();

    private final JsonSchema schema;

    private SchemaFile(JsonSchema schema) {
        this.schema = schema;
    }

    static SchemaFile at(Path path) throws IOException {
        return new SchemaFile(DRAFT.getSchema(Files.readString(path)));
    }

    /** What the schema, or already YAML itself, has against a file. */
    List<String> problems(Path file) {
        JsonNode tree;
        try {
            tree = new ObjectMapper().valueToTree(new Load(AS_EDITORS_DO).loadFromString(Files.readString(file)));
        } catch (StackOverflowError e) {
            return List.of("an alias of itself has no tree");
        } catch (IOException | YamlEngineException | IllegalArgumentException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
        return schema.validate(tree).stream()
                .map(ValidationMessage::toString)
                .sorted()
                .toList();
    }
}
