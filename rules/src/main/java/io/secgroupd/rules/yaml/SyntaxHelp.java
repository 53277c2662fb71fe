package io.secgroupd.rules.yaml;

import io.secgroupd.rules.text.Printable;
import java.util.LinkedHashMap;
import java.util.Map;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** The YAML engine's words for a broken syntax, followed by what to do about it. */
final class SyntaxHelp {

    /** The engine has no words for digits that it fails on, as at the end of a file that is half written. */
    static final String DIGITS =
            "what follows has an escape that is no character; write four hexadecimal digits behind \\u, or eight"
                    + " behind \\U, at most 0010FFFF";

    /** Maps a part of the engine's message to what the operator should write. The first that fits is used. */
    private static final Map<String, String> HELP = new LinkedHashMap<>();

    static {
        HELP.put("\\t(TAB)", "a tab cannot indent; write spaces");
        HELP.put("found character '\t'", "a tab cannot indent; write spaces");
        HELP.put("that cannot start any token", "put the value in quotes");
        HELP.put(
                "mapping values are not allowed",
                "there is a second \": \" on this line; put the value in quotes, or indent the line");
        HELP.put(
                "found undefined alias",
                "the alias has no anchor; write &name before *name, or put the value in quotes");
        HELP.put("unexpected character found", "\"*\" and \"&\" begin an alias or anchor; put the value in quotes");
        HELP.put("but found ':'", "put a value that begins with a colon in quotes: \"::/0\"");
        HELP.put("found unexpected end of stream", "a quote is opened and never closed; close it");
        HELP.put(
                "expected ',' or ']'",
                "a list in brackets goes on; write \",\" between the items and \"]\" at its end");
        HELP.put(
                "expected ',' or '}'", "a map in braces goes on; write \",\" between the entries and \"}\" at its end");
        HELP.put("could not find expected ':'", "the key has no value; write \": \" behind it");
        HELP.put("expected <block end>", "this line's indentation matches no line above; align it with its siblings");
        HELP.put(
                "unknown escape character",
                "there is no such escape; write \"\\\\\" for a backslash, or use single quotes");
        HELP.put("found unknown tag handle", "tags are not used; remove it");
        HELP.put(
                "expected '<document start>'",
                "there is a second document, or text after the end; keep one document per file");
    }

    private SyntaxHelp() {}

    /** A list or quote that never ends is detected at the end of the file, but has to be corrected where it begins. */
    private static String beginning(MarkedYamlEngineException e) {
        int line = e.getProblemMark().map(Mark::getLine).orElse(0);
        return e.getContextMark()
                .filter(mark -> mark.getLine() != line)
                .map(mark -> "; it begins in line " + (mark.getLine() + 1))
                .orElse("");
    }

    static String message(MarkedYamlEngineException e) {
        String problem = e.getProblem();
        return HELP.entrySet().stream()
                        .filter(help -> problem.contains(help.getKey()))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElseGet(() -> "this is not YAML; check brackets, quotes and indentation up to here ("
                                + Printable.shown(problem) + ")")
                + beginning(e);
    }
}
