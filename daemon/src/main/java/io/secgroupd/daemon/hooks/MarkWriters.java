package io.secgroupd.daemon.hooks;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds rules of others that write the bit of the connection mark that identifies cut connections. A rule that sets or saves
 * the whole mark clears the bit with the next packet, or sets it on a connection that nobody has cut.
 */
public final class MarkWriters {

    private static final Pattern SET =
            Pattern.compile("-j CONNMARK .*--set-x?mark (0x\\p{XDigit}+|\\d+)(?:/(\\S+))?.*");
    private static final Pattern SAVE = Pattern.compile("-j CONNMARK .*--save-mark(.*)");
    private static final Pattern NF_MASK = Pattern.compile("--nfmask (\\S+)");
    private static final Pattern CT_MASK = Pattern.compile("--(?:ct)?mask (\\S+)");
    private static final Pattern NFT_SET = Pattern.compile("ct mark set (.*)");
    private static final Pattern KEPT = Pattern.compile(
            "ct mark(?: (?:&|and) (0x\\p{XDigit}+|\\d+))?(?: (?:\\||or|\\^|xor) (0x\\p{XDigit}+|\\d+))?(?: .*)?");
    private static final int ALL = -1;

    private MarkWriters() {}

    /** Returns one sentence for each rule, which names it and says what to do about it; none when the bit is 0. */
    public static List<String> of(HostRules host, int bit) {
        if (bit == 0) {
            return List.of();
        }
        String hex = "0x" + Integer.toHexString(bit);
        return host.ofOthers().stream()
                .filter(rule -> rule.ofIptables() ? iptablesWrites(rule.text(), bit) : nftWrites(rule.text(), bit))
                .map(rule -> "`" + rule + "` writes the whole connection mark, and with it the bit " + hex
                        + " by which cut connections are known: they would live on; give that rule a mask without this bit"
                        + " ("
                        + (rule.ofIptables()
                                ? "--set-xmark 0x2/0xff, --save-mark --mask 0xff"
                                : "ct mark set ct mark & 0xffffff00 | 0x2")
                        + ")")
                .toList();
    }

    /** Reports whether the rule writes the bit: the mark becomes (mark and not MASK) xor VALUE. */
    private static boolean iptablesWrites(String rule, int bit) {
        Matcher set = SET.matcher(rule);
        if (set.find()) {
            int mask = set.group(2) == null ? ALL : number(set.group(2));
            return ((mask | number(set.group(1))) & bit) != 0;
        }
        Matcher save = SAVE.matcher(rule);
        return save.find() && ((mask(CT_MASK, save.group(1)) | mask(NF_MASK, save.group(1))) & bit) != 0;
    }

    private static int mask(Pattern option, String words) {
        Matcher mask = option.matcher(words);
        return mask.find() ? number(mask.group(1)) : ALL;
    }

    private static boolean nftWrites(String rule, int bit) {
        Matcher set = NFT_SET.matcher(rule);
        if (!set.find()) {
            return false;
        }
        Matcher kept = KEPT.matcher(set.group(1));
        if (!kept.matches()) {
            return true;
        }
        boolean cleared = kept.group(1) != null && (number(kept.group(1)) & bit) == 0;
        return cleared || (kept.group(2) != null && (number(kept.group(2)) & bit) != 0);
    }

    private static int number(String text) {
        return (int) (long) Long.decode(text);
    }
}
