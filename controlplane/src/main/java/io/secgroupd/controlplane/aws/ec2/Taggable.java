package io.secgroupd.controlplane.aws.ec2;

import io.secgroupd.controlplane.edit.change.Element;
import io.secgroupd.controlplane.edit.change.IntendedChange;
import io.secgroupd.controlplane.edit.change.IntendedChange.ReplaceRule;
import io.secgroupd.controlplane.edit.change.IntendedChange.SetTags;
import io.secgroupd.controlplane.edit.change.RuleSpec;
import io.secgroupd.controlplane.edit.change.ShownRule;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.model.SecurityGroup;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Something that has tags.
 *
 * @param id     the id that clients know
 * @param type   AWS's word for the kind of thing
 * @param tags   that it has now
 * @param change the change that gives it other tags
 */
record Taggable(
        String id, String type, Map<String, String> tags, Function<Map<String, String>, IntendedChange> change) {

    /** Everything that has tags or could have some, in the order of the file. */
    static Stream<Taggable> all(Policy policy) {
        return Stream.of(
                        policy.securityGroups().values().stream().map(Taggable::of),
                        policy.securityGroups().values().stream()
                                .flatMap(group -> GroupRules.all(group).map(Taggable::of)),
                        policy.prefixLists().values().stream().map(list -> of(new ShownList(list))),
                        ShownInstance.ownInstances(policy).map(Taggable::ofInstance),
                        ShownInstance.ownInstances(policy).map(Taggable::ofInterface))
                .flatMap(each -> each);
    }

    static Taggable of(SecurityGroup group) {
        return new Taggable(
                group.id(), "security-group", group.tags(), tags -> new SetTags(Element.group(group.id()), tags));
    }

    /** The terms of the rule stay, and so does its id. A rule that is a part of what is written is split off. */
    static Taggable of(ShownRule rule) {
        return new Taggable(
                rule.id(),
                "security-group-rule",
                rule.of().tags(),
                tags -> new ReplaceRule(
                        rule.of().group(),
                        rule.direction(),
                        rule.key(),
                        rule.id(),
                        new RuleSpec(
                                rule.key(),
                                rule.of().description(),
                                tags,
                                rule.of().expires(),
                                Optional.empty())));
    }

    static Taggable of(ShownList list) {
        return new Taggable(list.id(), "prefix-list", list.tags(), tags -> new SetTags(Element.list(list.id()), tags));
    }

    static Taggable ofInstance(ShownInstance of) {
        return new Taggable(of.instanceId(), "instance", of.tags(), tags -> change(of, tags));
    }

    /** An instance and its one interface have their tags in common. */
    static Taggable ofInterface(ShownInstance of) {
        return new Taggable(of.interfaceId(), "network-interface", of.tags(), tags -> change(of, tags));
    }

    private static IntendedChange change(ShownInstance of, Map<String, String> tags) {
        return new SetTags(Element.instance(of.instance().name()), tags);
    }
}
