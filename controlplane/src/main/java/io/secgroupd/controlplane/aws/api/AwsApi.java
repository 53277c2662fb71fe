package io.secgroupd.controlplane.aws.api;

import io.secgroupd.controlplane.aws.AwsError;
import io.secgroupd.controlplane.aws.AwsRefusal;
import io.secgroupd.controlplane.aws.AwsService;
import io.secgroupd.controlplane.aws.api.AuditLog.Asked;
import io.secgroupd.controlplane.aws.operation.AwsAccount;
import io.secgroupd.controlplane.aws.operation.Catalog;
import io.secgroupd.controlplane.aws.operation.Catalog.CatalogEntry;
import io.secgroupd.controlplane.aws.operation.NewIds;
import io.secgroupd.controlplane.aws.operation.OperationCall;
import io.secgroupd.controlplane.aws.operation.OperationPlan;
import io.secgroupd.controlplane.aws.operation.PolicyState;
import io.secgroupd.controlplane.aws.query.Parameters;
import io.secgroupd.controlplane.aws.query.XmlAnswer;
import io.secgroupd.controlplane.aws.sigv4.Identity;
import io.secgroupd.controlplane.aws.sigv4.Identity.Caller;
import io.secgroupd.controlplane.aws.sigv4.Right;
import io.secgroupd.controlplane.aws.sigv4.SignatureVerifier;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers requests to all services. Safe for use by several threads; changes take turns. */
public final class AwsApi {

    private static final Logger LOG = LoggerFactory.getLogger(AwsApi.class);

    private final Map<AwsService, Catalog> catalogs = new EnumMap<>(AwsService.class);
    private final Supplier<SignatureVerifier> verifier;
    private final SoundRevision inForce;
    private final WriteLane lane;
    private final AwsAccount account;
    private final NewIds ids = NewIds.random();

    /** @param verifier the one that knows the keys of now */
    public AwsApi(List<Catalog> catalogs, Supplier<SignatureVerifier> verifier, WriteLane lane, AwsAccount account) {
        catalogs.forEach(catalog -> this.catalogs.put(catalog.service(), catalog));
        this.verifier = verifier;
        this.lane = lane;
        this.inForce = lane.inForce();
        this.account = account;
    }

    /** Answers a request. Whatever it holds, the answer is XML that its sender can read. */
    public AwsReply answer(AwsRequest request) {
        String requestId = UUID.randomUUID().toString();
        AwsService service = AwsService.EC2;
        try {
            Parameters parameters = Parameters.parse(request.signed().body());
            String action = parameters.text("Action").orElse("");
            Optional<AwsService> asked = parameters.text("Version").flatMap(AwsService::ofVersion);
            service = asked.orElse(AwsService.STS);
            if (asked.isEmpty() || !catalogs.containsKey(service)) {
                throw ApiRefusals.invalidAction(action);
            }
            Caller caller = caller(request, service);
            CatalogEntry entry =
                    catalogs.get(service).find(action).orElseThrow(() -> ApiRefusals.invalidAction(action));
            return answer(new Signed(request, requestId, service, entry, parameters, caller));
        } catch (AwsRefusal refusal) {
            return refused(service, refusal.error(), requestId);
        } catch (IOException e) {
            LOG.error("api.failed request={}: {}", requestId, e.toString());
            return refused(service, ApiRefusals.failed(e), requestId);
        } catch (RuntimeException e) {
            LOG.error("api.failed request={}", requestId, e);
            return refused(
                    service,
                    new AwsError("InternalError", 500, "The request failed by a defect of the server."),
                    requestId);
        }
    }

    /** The answer to something that is not a request to any service. */
    public AwsReply refusal(int status, String code, String sentence) {
        return refused(
                AwsService.STS,
                new AwsError(code, status, sentence),
                UUID.randomUUID().toString());
    }

    /** A request that is known to come from the holder of a key. */
    private record Signed(
            AwsRequest request,
            String requestId,
            AwsService service,
            CatalogEntry entry,
            Parameters parameters,
            Caller caller) {}

    private Caller caller(AwsRequest request, AwsService service) {
        Identity identity = verifier.get().verify(request.signed(), service);
        if (identity instanceof Identity.Refused refused) {
            throw new AwsRefusal(refused.error());
        }
        return (Caller) identity;
    }

    private AwsReply answer(Signed signed) throws IOException {
        boolean dryRun = signed.service() == AwsService.EC2
                && signed.parameters().bool("DryRun").orElse(false);
        if (!signed.entry().writes()) {
            return read(signed, dryRun);
        }
        var asked = new Asked(
                signed.caller(),
                signed.entry().action(),
                signed.requestId(),
                signed.request().source());
        if (signed.caller().right() != Right.WRITE) {
            AwsRefusal refusal = ApiRefusals.mayNotWrite(signed.service());
            AuditLog.wrote(asked, List.of(), refusal.error().code(), "", "");
            throw refusal;
        }
        WriteLane.Done done = lane.write(
                asked,
                state -> plan(signed, state),
                new WriteLane.Manner(dryRun, signed.request().client()));
        return done(signed, done.state(), done.plan());
    }

    private AwsReply read(Signed signed, boolean dryRun) throws IOException {
        PolicyState state = inForce.state();
        OperationPlan plan = signed.entry().operation().plan(call(signed, state));
        if (dryRun) {
            throw ApiRefusals.dryRun();
        }
        return done(signed, state, plan);
    }

    private OperationPlan plan(Signed signed, PolicyState state) {
        OperationPlan plan = signed.entry().operation().plan(call(signed, state));
        signed.parameters().refuseUnread();
        return plan;
    }

    private OperationCall call(Signed signed, PolicyState state) {
        return new OperationCall(signed.parameters(), state, account, signed.caller(), ids);
    }

    private static AwsReply done(Signed signed, PolicyState state, OperationPlan plan) {
        String action = signed.entry().action();
        byte[] body = signed.entry().silent()
                ? XmlAnswer.done(signed.service(), action, signed.requestId())
                : XmlAnswer.success(
                        signed.service(),
                        action,
                        signed.requestId(),
                        xml -> plan.answer().accept(state, xml));
        return new AwsReply(200, signed.requestId(), body);
    }

    private static AwsReply refused(AwsService service, AwsError error, String requestId) {
        return new AwsReply(error.status(), requestId, XmlAnswer.error(service, error, requestId));
    }
}
