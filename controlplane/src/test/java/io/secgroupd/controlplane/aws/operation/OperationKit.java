package io.secgroupd.controlplane.aws.operation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.secgroupd.controlplane.aws.AwsError;
import io.secgroupd.controlplane.aws.AwsRefusal;
import io.secgroupd.controlplane.aws.query.Parameters;
import io.secgroupd.controlplane.aws.query.Xml;
import io.secgroupd.controlplane.aws.query.XmlAnswer;
import io.secgroupd.controlplane.aws.sigv4.Identity.Caller;
import io.secgroupd.controlplane.aws.sigv4.Right;
import io.secgroupd.controlplane.edit.EditResult;
import io.secgroupd.controlplane.edit.EditResult.EditRefused;
import io.secgroupd.controlplane.edit.EditResult.Edited;
import io.secgroupd.controlplane.edit.Editor;
import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.PolicyReader;
import io.secgroupd.rules.model.Policy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A small server without a network: it holds the text of a policy, answers calls of a catalog, and writes what they change. Its
 * new ids are counted up from 1, and the caller is {@code alice}.
 */
public final class OperationKit {

    /** The key that all calls are signed with. */
    public static final Caller ALICE = new Caller("AKIDALICE", "alice", Right.WRITE);

    private static final Path RULES = Path.of("rules.yaml");

    private final Catalog catalog;
    private PolicyFiles files;
    private ListVersions versions = ListVersions.NONE;
    private int lastId;

    private OperationKit(Catalog catalog, PolicyFiles files) {
        this.catalog = catalog;
        this.files = files;
        versions = versions.after(policy());
    }

    /** A server whose policy is this one file. */
    public static OperationKit given(Catalog catalog, String rules) {
        return given(catalog, rules, Map.of());
    }

    /** A server whose policy names other files, such as lists of addresses. */
    public static OperationKit given(Catalog catalog, String rules, Map<String, String> others) {
        Map<Path, byte[]> contents = new HashMap<>();
        contents.put(RULES, rules.getBytes(UTF_8));
        others.forEach((path, text) -> contents.put(Path.of(path), text.getBytes(UTF_8)));
        return new OperationKit(catalog, new PolicyFiles(RULES, contents));
    }

    /**
     * Calls an operation, and writes what it changes.
     *
     * @param form parameters as in a body: {@code Name=value&Other=value}; a space may stand as it is
     */
    public Answer call(String action, String form) {
        Parameters parameters = Parameters.parse(form.getBytes(UTF_8));
        Catalog.CatalogEntry entry = catalog.find(action).orElseThrow();
        PolicyState before = new PolicyState(policy(), versions);
        OperationPlan plan =
                entry.operation().plan(new OperationCall(parameters, before, AwsAccount.DEFAULT, ALICE, this::nextId));
        if (entry.writes()) {
            parameters.refuseUnread();
        } else if (!plan.changes().isEmpty()) {
            throw new AssertionError(action + " is said to change nothing");
        }
        PolicyState after = plan.changes().isEmpty() ? before : before.with(written(plan));
        versions = after.versions();
        Consumer<Xml> content = xml -> plan.answer().accept(after, xml);
        byte[] body = entry.silent()
                ? XmlAnswer.done(catalog.service(), action, "request-1")
                : XmlAnswer.success(catalog.service(), action, "request-1", content);
        return new Answer(new String(body, UTF_8), action, plan.targets());
    }

    /** The error of a call that must be refused, and must leave the text as it is. */
    public AwsError refusal(String action, String form) {
        String before = rules();
        try {
            call(action, form);
        } catch (AwsRefusal refusal) {
            if (!rules().equals(before)) {
                throw new AssertionError("a refused call has changed the file", refusal);
            }
            return refusal.error();
        }
        throw new AssertionError(action + " is not refused");
    }

    /** The text of the first file, as it is now. */
    public String rules() {
        return new String(files.content(RULES).orElseThrow(), UTF_8);
    }

    /** The policy in force. */
    public Policy policy() {
        var read = PolicyReader.read(files);
        return read.policy().orElseThrow(() -> new AssertionError(read.errors().toString()));
    }

    private Policy written(OperationPlan plan) {
        EditResult result = Editor.edit(files, List.copyOf(plan.changes()), Instant.EPOCH);
        if (result instanceof EditRefused refused) {
            throw new AwsRefusal(AwsError.of("OperationNotPermitted", refused.toString()));
        }
        files = files.with(((Edited) result).files());
        return policy();
    }

    private String nextId() {
        return String.format("%017x", ++lastId);
    }
}
