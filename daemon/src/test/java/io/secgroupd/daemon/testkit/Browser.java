package io.secgroupd.daemon.testkit;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.awaitility.core.ConditionTimeoutException;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.remote.CommandExecutor;
import org.openqa.selenium.remote.CommandInfo;
import org.openqa.selenium.remote.HttpCommandExecutor;
import org.openqa.selenium.remote.RemoteWebDriver;
import org.openqa.selenium.remote.http.HttpClient;
import org.openqa.selenium.remote.http.HttpMethod;

/** Debian's Chromium on a host. What tests click has an attribute {@code data-test}. */
public final class Browser implements AutoCloseable {

    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int PORT = 9515;

    /** A command of Chromium's driver that is none of WebDriver's. */
    private static final String CDP = "executeCdpCommand";

    private static final Map<String, CommandInfo> DEVTOOLS =
            Map.of(CDP, new CommandInfo("/session/:sessionId/goog/cdp/execute", HttpMethod.POST));

    private final Chromium driver;

    /** The browser with what only its developer tools can do. */
    private static final class Chromium extends RemoteWebDriver {

        Chromium(CommandExecutor commands, ChromeOptions options) {
            super(commands, options);
        }

        void devTools(String command, Map<String, ?> parameters) {
            var unused = execute(CDP, Map.of("cmd", command, "params", parameters));
        }
    }

    private Browser(Chromium driver) {
        this.driver = driver;
    }

    /** Whether the browser and its driver are here. */
    public static boolean isInstalled() {
        return Files.isExecutable(DRIVER) && Files.isExecutable(Path.of("/usr/bin/chromium"));
    }

    /**
     * Starts one in a namespace, which ends it with itself.
     *
     * @param directory for its profile and its log
     */
    public static Browser in(NetworkNamespace host, Path directory) {
        Logger.getLogger("org.openqa.selenium").setLevel(Level.WARNING);
        File log = directory.resolve("chromedriver.log").toFile();
        host.start(new ProcessBuilder(DRIVER.toString(), "--port=" + PORT, "--allowed-origins=*")
                .redirectErrorStream(true)
                .redirectOutput(log)
                .redirectInput(new File("/dev/null")));
        await("the driver listens")
                .atMost(PATIENCE)
                .until(() -> Files.readString(log.toPath()).contains("started successfully"));
        int port = NamespaceDoor.open(host, PORT).port();
        try {
            var commands = new HttpCommandExecutor(
                    DEVTOOLS, URI.create("http://127.0.0.1:" + port).toURL(), HttpClient.Factory.createDefault());
            return new Browser(new Chromium(commands, options(directory))).look(1280, 900, false);
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The sandbox of Chromium refuses to work for root, and these pages are our own. */
    private static ChromeOptions options(Path directory) {
        var logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        var options = new ChromeOptions();
        options.setBinary("/usr/bin/chromium");
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", // it looks for its maker's servers
                // otherwise
                "--user-data-dir=" + directory.resolve("profile"));
        options.setCapability("goog:loggingPrefs", logs);
        return options;
    }

    /** Opens an address. */
    public Browser open(String address) {
        driver.get(address);
        return this;
    }

    /** Gives the page this size, in CSS pixels, and these colours. */
    public Browser look(int width, int height, boolean dark) {
        driver.manage().window().setSize(new Dimension(width, height));
        driver.devTools(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        driver.devTools(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
        return this;
    }

    /** Clicks what has this {@code data-test}, once it is there. */
    public Browser click(String test) {
        return clickOn(selector(test));
    }

    /** Clicks the one of several that has this {@code data-id}. */
    public Browser click(String test, String id) {
        return clickOn(By.cssSelector("[data-test='" + test + "'][data-id='" + id + "']"));
    }

    /** A button that does not work yet takes a click and does nothing. */
    private Browser clickOn(By what) {
        until("click " + what, () -> {
            WebElement element = driver.findElement(what);
            boolean works = element.isEnabled();
            if (works) {
                element.click();
            }
            return works;
        });
        return this;
    }

    /** Writes a text in place of that of a field. */
    public Browser type(String test, String text) {
        until("type into " + test, () -> {
            WebElement field = element(test);
            field.sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE);
            field.sendKeys(text);
            return true;
        });
        return this;
    }

    /** Chooses an option of a select by its value. */
    public Browser choose(String test, String value) {
        until("choose " + value + " in " + test, () -> {
            element(test)
                    .findElement(By.cssSelector("option[value='" + value + "']"))
                    .click();
            return true;
        });
        return this;
    }

    /** Waits until what has this {@code data-test} shows a text. */
    public Browser awaitText(String test, String text) {
        until("\"" + text + "\" in " + test, () -> texts(test).stream().anyMatch(shown -> shown.contains(text)));
        return this;
    }

    /** Waits until nothing with this {@code data-test} is on the page. */
    public Browser awaitGone(String test) {
        until(test + " is gone", () -> texts(test).isEmpty());
        return this;
    }

    /** The texts of all that has this {@code data-test}. */
    public List<String> texts(String test) {
        try {
            return driver.findElements(selector(test)).stream()
                    .map(WebElement::getText)
                    .toList();
        } catch (StaleElementReferenceException e) {
            return texts(test); // the page has drawn anew meanwhile
        }
    }

    /** The value of an expression of JavaScript. */
    public Object value(String expression) {
        return driver.executeScript("return " + expression);
    }

    /** Waits until an expression of JavaScript is true. */
    public Browser awaitValue(String expression) {
        until(expression, () -> Boolean.TRUE.equals(value(expression)));
        return this;
    }

    /** What the browser has complained about since it was asked last. */
    public List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(entry -> entry.getLevel() + " " + entry.getMessage())
                .toList();
    }

    /** Writes a picture of the page. */
    public void screenshot(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for something on the page; when it does not come, what the page shows instead is told. */
    private void until(String what, Callable<Boolean> isSo) {
        try {
            await(what).atMost(PATIENCE).ignoreExceptions().until(isSo);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    what + ", on a page that says:\n" + value("document.body.innerText") + "\n" + complaints(), e);
        }
    }

    private WebElement element(String test) {
        return driver.findElement(selector(test));
    }

    private static By selector(String test) {
        return By.cssSelector("[data-test='" + test + "']");
    }

    @Override
    public void close() {
        driver.quit();
    }
}
