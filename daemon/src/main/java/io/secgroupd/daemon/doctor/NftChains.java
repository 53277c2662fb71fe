package io.secgroupd.daemon.doctor;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.secgroupd.daemon.doctor.Ruleset.BaseChain;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the output of {@code nft -j list chains}: an array of objects, each holding one object of plain values. */
final class NftChains {

    private NftChains() {}

    /** If the text is not such a listing, returns the chains before the fault. */
    static Ruleset parse(String json) {
        List<BaseChain> base = new ArrayList<>();
        Map<String, List<String>> chains = new LinkedHashMap<>();
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.FIELD_NAME && "chain".equals(parser.currentName())) {
                    parser.nextToken();
                    add(values(parser), base, chains);
                }
            }
        } catch (IOException e) {
            return new Ruleset(base, chains);
        }
        return new Ruleset(base, chains);
    }

    private static Map<String, String> values(JsonParser parser) throws IOException {
        var values = new HashMap<String, String>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            values.put(name, parser.getValueAsString(""));
            parser.skipChildren();
        }
        return values;
    }

    private static void add(Map<String, String> chain, List<BaseChain> base, Map<String, List<String>> chains) {
        String table = chain.getOrDefault("family", "") + " " + chain.getOrDefault("table", "");
        chains.computeIfAbsent(table, key -> new ArrayList<>()).add(chain.getOrDefault("name", ""));
        String priority = chain.getOrDefault("prio", "");
        if (priority.matches("-?\\d{1,9}")) {
            base.add(new BaseChain(
                    table,
                    chain.getOrDefault("type", ""),
                    chain.getOrDefault("hook", ""),
                    Integer.parseInt(priority),
                    "drop".equals(chain.get("policy"))));
        }
    }
}
