package io.secgroupd.controlplane.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A page of the console in a browser, as the server sees it. Its header lines can be set to what another page would send. */
final class PageClient {

    private final HttpClient http = HttpClient.newHttpClient();
    private final String root;
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    PageClient(int port) {
        root = "http://127.0.0.1:" + port;
        headers.put("Origin", root);
        headers.put("Sec-Fetch-Site", "same-origin");
    }

    /** Has it send another value, or none. */
    PageClient with(String header, @Nullable String value) {
        if (value == null) {
            headers.remove(header);
        } else {
            headers.put(header, value);
        }
        return this;
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    HttpResponse<String> ask(String question) throws IOException, InterruptedException {
        return get("/console/api/" + question);
    }

    HttpResponse<String> post(String question, String body) throws IOException, InterruptedException {
        return send(request("/console/api/" + question).POST(BodyPublishers.ofString(body)));
    }

    HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(root + path));
        headers.forEach(request::header);
        return request;
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
        cookie(answer).ifPresent(cookie -> headers.put("Cookie", cookie));
        return answer;
    }

    HttpClient http() {
        return http;
    }

    /** What a browser would send back. */
    static Optional<String> cookie(HttpResponse<String> answer) {
        return answer.headers().firstValue("Set-Cookie").map(cookie -> cookie.substring(0, cookie.indexOf(';')));
    }

    /** Enters, and says the token from then on. */
    PageClient enter(String code) throws IOException, InterruptedException {
        HttpResponse<String> entered = post("enter", "{\"code\":\"" + code + "\"}");
        assertThat(entered.statusCode()).as(entered.body()).isEqualTo(200);
        headers.put("X-Secgroupd-Token", text(entered, "token"));
        return this;
    }

    String cookie() {
        return headers.getOrDefault("Cookie", "");
    }

    static String text(HttpResponse<String> answer, String field) throws IOException {
        try (JsonParser json = new JsonFactory().createParser(answer.body())) {
            json.nextToken();
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                json.nextToken();
                if (name.equals(field)) {
                    return json.getText();
                }
            }
        }
        throw new IOException("There is no " + field + " in " + answer.body());
    }
}
