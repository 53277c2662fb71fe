package io.secgroupd.rules.written;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.rules.analyze.Explainer;
import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.decide.Decision;
import io.secgroupd.rules.decide.MatchedRule;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.net.Hook;
import io.secgroupd.rules.oracle.Questions;
import io.secgroupd.rules.testkit.Seeds;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The program against {@link WrittenPolicy}, from the text of a file to the verdict at a hook. */
class SecondJudgeTest {

    private static final int FILES = 100;
    private static final int QUESTIONS = 200;

    /** One policy, as both have read it. */
    private record Read(String text, CompiledPolicy compiled, WrittenPolicy written, Questions questions) {
        static Read of(Random random, boolean ending) {
            String text = RandomRulesFile.of(random, Places.everywhere(), 1 + random.nextInt(6), ending);
            CompiledPolicy compiled = BothReaders.compiled(text);
            return new Read(text, compiled, BothReaders.written(text), new Questions(random, compiled.policy()));
        }

        /** The description of the entry whose place this is; nobody has described that everything may go out. */
        String nameOf(MatchedRule rule) {
            String line = text.lines()
                    .skip(Long.parseLong(rule.at().substring(rule.at().lastIndexOf(':') + 1)) - 1)
                    .findFirst()
                    .orElseThrow();
            return line.contains("description: r") ? line.replaceAll(".*description: (r\\d+).*", "$1") : "implied";
        }
    }

    @Test
    void eachHalfIsDecidedByTheFirstRuleInTheOrderOfTheFile() {
        var told = new HashSet<String>();
        Seeds.each(FILES, seed -> {
            Read read = Read.of(new Random(seed), false);
            var explainer = new Explainer(read.compiled());
            for (int i = 0; i < QUESTIONS; i++) {
                FlowTuple flow = read.questions().next();
                var judgement = explainer.explain(flow).judgement();
                judgement.egress().ifPresent(half -> told.add(same(read, flow, half)));
                judgement.ingress().ifPresent(half -> told.add(same(read, flow, half)));
            }
        });
        assertThat(told).as("both verdicts, and many rules").contains("REJECT").hasSizeGreaterThan(30);
    }

    /** Asserts that the second judge says the same. Returns what both say. */
    private static String same(Read read, FlowTuple flow, Decision half) {
        boolean leaving = half.direction() == Direction.EGRESS;
        WrittenInstance local =
                read.written().at(leaving ? flow.source() : flow.destination()).orElseThrow();
        String told = told(read, half);
        String expected = read.written().half(local, half.direction(), flow);
        if (!told.equals(expected)) { // a million descriptions would take longer than the questions
            assertThat(told)
                    .as(half.direction() + " " + flow + " in\n" + read.text())
                    .isEqualTo(expected);
        }
        return told;
    }

    private static String told(Read read, Decision half) {
        MatchedRule rule = half.rule();
        return rule == null ? half.verdict().toString() : "ACCEPT " + rule.group() + " " + read.nameOf(rule);
    }

    @Test
    void aHostLetsPassWhatEachOfItsInstancesLetsPass() {
        Seeds.each(FILES, seed -> {
            var random = new Random(seed);
            Read read = Read.of(random, random.nextBoolean());
            WrittenHost host = BothReaders.host(
                    random,
                    read.written(),
                    List.copyOf(read.compiled().policy().instances().keySet()),
                    read.questions().strangers());
            var filter = BothReaders.filter(read.compiled(), host);
            for (int i = 0; i < QUESTIONS; i++) {
                FlowTuple flow = read.questions().next();
                for (Hook hook : Hook.values()) {
                    Decision decision = filter.judge(hook, flow);
                    if (decision.passes() != host.passes(hook, flow)) {
                        assertThat(decision)
                                .as(hook + " " + flow + " at " + host.carried() + ", " + host.answers() + " in\n"
                                        + read.text())
                                .isEqualTo(host.passes(hook, flow) ? "passes" : "does not pass");
                    }
                }
            }
        });
    }
}
