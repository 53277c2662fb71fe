package io.secgroupd.controlplane.console;

import io.secgroupd.controlplane.http.HttpCall;
import java.util.List;
import java.util.stream.Stream;

/** What a browser says that it can read. */
final class Encodings {

    private Encodings() {}

    /** Whether an answer may be gzip. */
    static boolean takeGzip(HttpCall call) {
        return listed(call, "Accept-Encoding").anyMatch(encoding -> encoding.equals("gzip"));
    }

    /** The values of a header that is a list. */
    static Stream<String> listed(HttpCall call, String header) {
        List<String> lines = call.values(header);
        return lines.stream().flatMap(line -> Stream.of(line.split(",", -1))).map(String::strip);
    }
}
