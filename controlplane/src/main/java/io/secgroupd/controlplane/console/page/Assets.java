package io.secgroupd.controlplane.console.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files of the page by their addresses. They come from the class path, each when it is asked for the first time; a name with
 * anything but letters, digits and hyphens is none, so that no name leads anywhere else.
 */
public final class Assets {

    private static final String PAGE = "/io/secgroupd/controlplane/console/";
    private static final String LIBRARY = "/META-INF/resources/webjars/lit-html/3.3.2/";

    private static final Pattern OWN = Pattern.compile("(?:(?:app/(?:[a-z0-9-]+/){0,2})?[a-z0-9-]+)\\.(js|css|svg)");
    private static final Pattern OF_THE_LIBRARY = Pattern.compile("lib/lit-html/((?:directives/)?[a-z-]+\\.(js))");

    private static final Map<String, String> TYPES = Map.of(
            "js", "text/javascript;charset=UTF-8",
            "css", "text/css;charset=UTF-8",
            "svg", "image/svg+xml");

    private final Map<String, Asset> known = new ConcurrentHashMap<>();

    /**
     * Finds a file.
     *
     * @param name what stands behind {@code /console/} in the address
     */
    public Optional<Asset> find(String name) {
        Asset before = known.get(name);
        return before == null ? read(name) : Optional.of(before);
    }

    private Optional<Asset> read(String name) {
        if (name.isEmpty()) {
            return keep(name, PAGE + "index.html", "text/html;charset=UTF-8");
        }
        Matcher own = OWN.matcher(name);
        if (own.matches()) {
            return keep(name, PAGE + name, type(own.group(1)));
        }
        Matcher library = OF_THE_LIBRARY.matcher(name);
        return library.matches() ? keep(name, LIBRARY + library.group(1), type(library.group(2))) : Optional.empty();
    }

    private static String type(String ending) {
        return TYPES.getOrDefault(ending, "application/octet-stream");
    }

    /** Only what exists is kept, so that nobody can fill the memory with names. */
    private Optional<Asset> keep(String name, String resource, String type) {
        try (InputStream in = Assets.class.getResourceAsStream(resource)) {
            if (in == null) {
                return Optional.empty();
            }
            var asset = new Asset(type, in.readAllBytes());
            known.put(name, asset);
            return Optional.of(asset);
        } catch (IOException e) {
            throw new UncheckedIOException(resource + " of the program cannot be read.", e);
        }
    }
}
