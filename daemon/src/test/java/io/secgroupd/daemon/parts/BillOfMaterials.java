package io.secgroupd.daemon.parts;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The software bill of materials: each jar that is shipped, with its version, licences and hash, in the form of CycloneDX 1.6.
 *
 * @param program the jar of the program itself, which the bill is about
 * @param parts   the others
 * @param runtime the Java runtime, where one is shipped
 * @param made    when, as RFC 3339 writes it: fixed, so that equal sources give equal bytes
 */
record BillOfMaterials(ShippedPart program, List<ShippedPart> parts, Optional<JavaRuntime> runtime, String made) {

    BillOfMaterials {
        parts = List.copyOf(parts);
    }

    /** The whole text. */
    String json() throws IOException {
        var text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text).useDefaultPrettyPrinter()) {
            json.writeStartObject();
            json.writeStringField("bomFormat", "CycloneDX");
            json.writeStringField("specVersion", "1.6");
            json.writeStringField("serialNumber", "urn:uuid:" + number());
            json.writeNumberField("version", 1);
            json.writeObjectFieldStart("metadata");
            json.writeStringField("timestamp", made);
            json.writeFieldName("component");
            write(json, "application", program);
            json.writeEndObject();
            json.writeArrayFieldStart("components");
            for (ShippedPart part : parts) {
                write(json, "library", part);
            }
            if (runtime.isPresent()) {
                write(json, runtime.get());
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return text + "\n";
    }

    /** The same for equal parts. */
    private UUID number() throws IOException {
        var all = new StringBuilder(program.sha256());
        for (ShippedPart part : parts) {
            all.append(part.sha256());
        }
        all.append(runtime.map(JavaRuntime::version).orElse(""));
        return UUID.nameUUIDFromBytes(all.toString().getBytes(StandardCharsets.US_ASCII));
    }

    private static void write(JsonGenerator json, String type, ShippedPart part) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", type);
        json.writeStringField("bom-ref", part.purl());
        json.writeStringField("group", part.group());
        json.writeStringField("name", part.name());
        json.writeStringField("version", part.version());
        json.writeArrayFieldStart("hashes");
        json.writeStartObject();
        json.writeStringField("alg", "SHA-256");
        json.writeStringField("content", part.sha256());
        json.writeEndObject();
        json.writeEndArray();
        writeLicences(json, part.licences());
        json.writeStringField("purl", part.purl());
        writeUrl(json, part.url());
        json.writeEndObject();
    }

    private static void writeLicences(JsonGenerator json, List<Licence> licences) throws IOException {
        json.writeArrayFieldStart("licenses");
        json.writeStartObject();
        if (licences.size() == 1) {
            json.writeObjectFieldStart("license");
            json.writeStringField("id", licences.get(0).id());
            json.writeEndObject();
        } else {
            json.writeStringField(
                    "expression",
                    String.join(" OR ", licences.stream().map(Licence::id).toList()));
        }
        json.writeEndObject();
        json.writeEndArray();
    }

    private static void writeUrl(JsonGenerator json, Optional<String> url) throws IOException {
        if (url.isPresent()) {
            json.writeArrayFieldStart("externalReferences");
            json.writeStartObject();
            json.writeStringField("type", "website");
            json.writeStringField("url", url.get());
            json.writeEndObject();
            json.writeEndArray();
        }
    }

    private static void write(JsonGenerator json, JavaRuntime java) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "platform");
        json.writeStringField("bom-ref", "java-runtime");
        json.writeStringField("publisher", java.maker());
        json.writeStringField("name", "java-runtime");
        json.writeStringField("version", java.version());
        json.writeArrayFieldStart("licenses");
        json.writeStartObject();
        json.writeStringField("expression", JavaRuntime.LICENCE);
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
    }
}
