package io.secgroupd.controlplane.aws.sigv4;

/**
 * A key with which requests are signed.
 *
 * @param id     what the client sends; it is no secret
 * @param secret what only the client and this server know
 * @param name   what people call it
 * @param right  what it may do
 */
public record AccessKey(String id, String secret, String name, Right right) {

    /** The key without its secret, so that no log and no message can show it. */
    @Override
    public String toString() {
        return "AccessKey[id=" + id + ", name=" + name + ", right=" + right + "]";
    }
}
