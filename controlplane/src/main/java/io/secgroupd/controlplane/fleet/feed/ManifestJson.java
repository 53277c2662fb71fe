package io.secgroupd.controlplane.fleet.feed;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The text of a manifest. A piece is a text too, its hash and its length: that is short, and there are thousands. */
final class ManifestJson {

    private ManifestJson() {}

    static byte[] bytes(Manifest manifest) {
        return FlatJson.bytes(json -> {
            json.writeNumberField("serial", manifest.serial());
            if (manifest.edition() > 0) {
                json.writeNumberField("edition", manifest.edition());
            }
            json.writeStringField("policy", manifest.policy());
            json.writeObjectFieldStart("files");
            for (var file : manifest.files().entrySet()) {
                json.writeFieldName(file.getKey());
                write(json, file.getValue());
            }
            json.writeEndObject();
        });
    }

    private static void write(JsonGenerator json, ManifestFile file) throws IOException {
        json.writeStartObject();
        json.writeStringField("sha256", file.sha256());
        json.writeArrayFieldStart("pieces");
        for (ManifestPiece piece : file.pieces()) {
            json.writeString(piece.sha256() + " " + piece.bytes());
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    static Manifest parse(byte[] bytes) throws IOException {
        if (bytes.length > FeedLimits.MANIFEST) {
            throw new IOException("The manifest is longer than " + (FeedLimits.MANIFEST >> 20) + " MiB.");
        }
        try (JsonParser json = FlatJson.FACTORY.createParser(bytes)) {
            Manifest manifest = manifest(json);
            // What is unknown, twice, or in another order was passed over; here it is seen.
            FlatJson.expect(Arrays.equals(manifest.bytes(), bytes));
            return manifest;
        } catch (IllegalArgumentException e) {
            throw new IOException("The manifest is refused: " + e.getMessage() + ".", e);
        }
    }

    private static Manifest manifest(JsonParser json) throws IOException {
        FlatJson.expect(json.nextToken() == JsonToken.START_OBJECT);
        field(json, "serial", JsonToken.VALUE_NUMBER_INT);
        long serial = json.getLongValue();
        long edition = 0;
        FlatJson.expect(json.nextToken() == JsonToken.FIELD_NAME);
        if (json.currentName().equals("edition")) {
            FlatJson.expect(json.nextToken() == JsonToken.VALUE_NUMBER_INT);
            edition = json.getLongValue();
            FlatJson.expect(json.nextToken() == JsonToken.FIELD_NAME);
        }
        value(json, "policy", JsonToken.VALUE_STRING);
        String policy = json.getText();
        field(json, "files", JsonToken.START_OBJECT);
        return new Manifest(serial, edition, policy, files(json));
    }

    private static void field(JsonParser json, String name, JsonToken value) throws IOException {
        FlatJson.expect(json.nextToken() == JsonToken.FIELD_NAME);
        value(json, name, value);
    }

    private static void value(JsonParser json, String name, JsonToken value) throws IOException {
        FlatJson.expect(json.currentName().equals(name) && json.nextToken() == value);
    }

    private static SortedMap<String, ManifestFile> files(JsonParser json) throws IOException {
        var files = new TreeMap<String, ManifestFile>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            FlatJson.expect(files.size() < FeedLimits.FILES && json.nextToken() == JsonToken.START_OBJECT);
            files.put(name, file(json));
            FlatJson.expect(json.nextToken() == JsonToken.END_OBJECT);
        }
        return files;
    }

    private static ManifestFile file(JsonParser json) throws IOException {
        field(json, "sha256", JsonToken.VALUE_STRING);
        String sha256 = json.getText();
        field(json, "pieces", JsonToken.START_ARRAY);
        List<ManifestPiece> pieces = new ArrayList<>();
        while (json.nextToken() == JsonToken.VALUE_STRING) {
            pieces.add(piece(json.getText()));
        }
        FlatJson.expect(json.currentToken() == JsonToken.END_ARRAY);
        long all = pieces.stream().mapToLong(ManifestPiece::bytes).sum();
        return new ManifestFile(sha256, all, pieces);
    }

    private static ManifestPiece piece(String text) {
        int blank = text.indexOf(' ');
        FeedText.require(blank > 0, "a piece has no length");
        return new ManifestPiece(text.substring(0, blank), Integer.parseInt(text.substring(blank + 1)));
    }
}
