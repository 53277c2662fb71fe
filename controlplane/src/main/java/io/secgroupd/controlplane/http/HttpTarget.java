package io.secgroupd.controlplane.http;

/**
 * What a request asks for.
 *
 * @param path  before the first question mark
 * @param query behind it; empty when there is none
 */
record HttpTarget(String method, String path, String query) {

    static HttpTarget of(String method, String uri) {
        int mark = uri.indexOf('?');
        return mark < 0
                ? new HttpTarget(method, uri, "")
                : new HttpTarget(method, uri.substring(0, mark), uri.substring(mark + 1));
    }
}
