package io.secgroupd.controlplane.edit.draft;

import io.secgroupd.controlplane.edit.text.SourceText;
import io.secgroupd.controlplane.edit.text.TextNode;

/** An alias. It can be read, and stays as it is. */
public final class DraftAlias extends DraftNode {

    private final DraftNode target;

    DraftAlias(SourceText source, TextNode.Alias origin) {
        super(source, origin);
        this.target = DraftNode.of(source, origin.target());
    }

    @Override
    public DraftNode read() {
        return target.read();
    }
}
