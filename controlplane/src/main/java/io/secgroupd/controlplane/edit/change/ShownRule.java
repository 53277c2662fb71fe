package io.secgroupd.controlplane.edit.change;

import io.secgroupd.rules.model.Peer;
import io.secgroupd.rules.model.Rule;
import io.secgroupd.rules.net.Direction;
import java.util.ArrayList;
import java.util.List;

/**
 * A rule as a client sees it: one service and one peer that {@link Peers} shows. It can be named to the editor by its key.
 *
 * @param id  of this part
 * @param key to be given to {@link IntendedChange.RemoveRule} and {@link IntendedChange.ReplaceRule}
 * @param of  the rule of the file that this is, or is a part of
 */
public record ShownRule(String id, Direction direction, RuleKey key, Rule of) {

    /**
     * The rules that one rule of the file is shown as. An id that the operator gave belongs to the first of them; the others
     * have those that follow from their content.
     */
    public static List<ShownRule> of(Rule rule) {
        RuleKey written = RuleKey.of(rule);
        List<Peer> parts = Peers.shown(rule.peer());
        if (parts.equals(List.of(rule.peer()))) {
            return List.of(new ShownRule(rule.id(), rule.direction(), written, rule));
        }
        boolean given = !rule.id().equals(RuleSpec.derivedId(rule.group(), rule.direction(), written));
        var shown = new ArrayList<ShownRule>();
        for (Peer peer : parts) {
            RuleKey key = written.with(peer);
            String derived = RuleSpec.derivedId(rule.group(), rule.direction(), key);
            shown.add(new ShownRule(given && shown.isEmpty() ? rule.id() : derived, rule.direction(), key, rule));
        }
        return shown;
    }
}
