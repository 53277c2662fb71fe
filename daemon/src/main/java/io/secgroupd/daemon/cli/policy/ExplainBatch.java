package io.secgroupd.daemon.cli.policy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.secgroupd.daemon.cli.common.CommandFailedException;
import io.secgroupd.daemon.cli.common.ExitCode;
import io.secgroupd.daemon.control.FileObstacle;
import io.secgroupd.daemon.flowlog.view.JsonEscapes;
import io.secgroupd.rules.analyze.Explainer;
import io.secgroupd.rules.analyze.Explainer.Question;
import io.secgroupd.rules.analyze.Explanation;
import io.secgroupd.rules.analyze.UnknownEndpointException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Answers each JSON line with one JSON line, in order. An invalid question gets an error as its answer. */
final class ExplainBatch {

    /** An error quotes the question, which may come from anybody. */
    private static final JsonFactory JSON =
            new JsonFactoryBuilder().characterEscapes(new JsonEscapes()).build();

    private static final Path STANDARD_INPUT = Path.of("-");

    private final Explainer explainer;
    private final PrintWriter out;
    private boolean allGood = true;

    ExplainBatch(Explainer explainer, PrintWriter out) {
        this.explainer = explainer;
        this.out = out;
    }

    /** Returns the exit code, which is 1 when any line was not a valid question. */
    int run(Path file) {
        try (InputStream in = open(file);
                JsonGenerator json = JSON.createGenerator(out).setRootValueSeparator(null)) {
            var lines = new QuestionLines(in);
            var halves = new HalfTexts(JSON);
            while (lines.next()) {
                answer(lines, halves, json);
                json.writeRaw('\n');
            }
        } catch (IOException e) {
            throw new CommandFailedException(ExitCode.FAILED, file + " cannot be read: " + e.getMessage(), e);
        }
        return allGood ? ExitCode.DONE : ExitCode.NO;
    }

    private static InputStream open(Path file) {
        try {
            if (Files.isDirectory(file)) {
                throw new FileSystemException(file.toString(), null, "a directory");
            }
            return file.equals(STANDARD_INPUT) ? System.in : Files.newInputStream(file);
        } catch (IOException e) {
            throw new CommandFailedException(
                    ExitCode.FAILED,
                    file + " " + FileObstacle.words(file) + "; correct the path, or write - for standard input",
                    e);
        }
    }

    private void answer(QuestionLines lines, HalfTexts halves, JsonGenerator json) throws IOException {
        try {
            BatchQuestion asked = question(lines);
            Question question = new Question(
                    explainer.endpoints().parse(asked.from()),
                    explainer.endpoints().parse(asked.to()),
                    asked.service());
            Explanation answer = explainer
                    .answer(question)
                    .orElseThrow(() -> new IllegalArgumentException(
                            asked.from() + " and " + asked.to() + " have no addresses of one family"));
            ExplanationJson.write(answer, halves, json);
        } catch (JsonProcessingException e) {
            error("not a JSON object: " + e.getOriginalMessage(), json);
        } catch (IllegalArgumentException | UnknownEndpointException e) {
            error(String.valueOf(e.getMessage()), json);
        }
    }

    private static BatchQuestion question(QuestionLines lines) throws IOException {
        Optional<BatchQuestion> plain = PlainQuestion.read(lines.buffer(), lines.from(), lines.to());
        return plain.isPresent() ? plain.get() : BatchQuestion.parse(lines.text());
    }

    private void error(String sentence, JsonGenerator json) throws IOException {
        allGood = false;
        json.writeStartObject();
        json.writeStringField("error", sentence);
        json.writeEndObject();
    }
}
