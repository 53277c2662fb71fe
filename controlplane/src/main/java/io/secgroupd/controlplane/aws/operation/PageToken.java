package io.secgroupd.controlplane.aws.operation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * Where the next page of a long answer begins. It names the last item of the page before, and its number in case that item is
 * gone by then, so that it stays good when the policy changes.
 */
public final class PageToken {

    private PageToken() {}

    /**
     * A token, which clients do not look into.
     *
     * @param position of the first item of the next page
     * @param id       of the last item of the page before
     */
    public static String of(int position, String id) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((position + " " + id).getBytes(UTF_8));
    }

    /**
     * The position at which a page begins.
     *
     * @param id tells an item from the others
     * @return none when the text is no token
     */
    public static <T> OptionalInt position(String token, List<T> all, Function<T, String> id) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(token), UTF_8).split(" ", 2);
            int position = Integer.parseUnsignedInt(parts[0]);
            String last = parts[1];
            for (int at = 0; at < all.size(); at++) {
                if (id.apply(all.get(at)).equals(last)) {
                    return OptionalInt.of(at + 1);
                }
            }
            return OptionalInt.of(Math.max(0, Math.min(position, all.size())));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            return OptionalInt.empty();
        }
    }
}
