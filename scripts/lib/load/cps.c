// cps: opens TCP connections as fast as a number in flight allows, closes each with a reset as soon as it is established,
// and prints the rate and the latencies.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MAX_DESCRIPTORS = 4096, MAX_SAMPLES = 4000000, EVENTS = 256 };

// A lost SYN is sent again after a second: whatever took half of one was not served at the first knock.
static const double PROMPT_SECONDS = 0.5;
static const double GRACE_SECONDS = 3;

static double started_at[MAX_DESCRIPTORS];
static double samples[MAX_SAMPLES];
static long started, connected, prompt, failed;

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec * 1e-9;
}

static void die(const char *what) {
    perror(what);
    exit(1);
}

static int open_socket(uint32_t source) {
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (fd < 0 || fd >= MAX_DESCRIPTORS) die("socket");
    struct linger reset = {.l_onoff = 1, .l_linger = 0};
    int yes = 1;
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
    // Without a port of its own yet, so that one source address is good for many connections.
    setsockopt(fd, SOL_IP, IP_BIND_ADDRESS_NO_PORT, &yes, sizeof yes);
    struct sockaddr_in from = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(source)};
    if (bind(fd, (struct sockaddr *)&from, sizeof from)) die("bind");
    return fd;
}

// Returns how many connections are in flight through this call: 1, or 0 when it failed at once.
static int start(int poller, uint32_t source, const struct sockaddr_in *to) {
    int fd = open_socket(source);
    started_at[fd] = now();
    started++;
    if (connect(fd, (const struct sockaddr *)to, sizeof *to) && errno != EINPROGRESS) {
        failed++;
        close(fd);
        return 0;
    }
    struct epoll_event event = {.events = EPOLLOUT, .data.fd = fd};
    epoll_ctl(poller, EPOLL_CTL_ADD, fd, &event);
    return 1;
}

static void finish(int fd) {
    int error = 0;
    socklen_t length = sizeof error;
    getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &length);
    double took = now() - started_at[fd];
    close(fd);
    if (error) {
        failed++;
        return;
    }
    if (connected < MAX_SAMPLES) samples[connected] = took;
    connected++;
    prompt += took < PROMPT_SECONDS;
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static void report(double seconds) {
    long kept = connected < MAX_SAMPLES ? connected : MAX_SAMPLES;
    qsort(samples, kept, sizeof *samples, ascending);
    double median = kept ? samples[kept / 2] : 0, p99 = kept ? samples[(long)(kept * .99)] : 0;
    printf("started=%ld connected=%ld prompt=%ld failed=%ld per_second=%.0f p50_us=%.1f p99_us=%.1f\n", started,
           connected, prompt, failed, connected / seconds, median * 1e6, p99 * 1e6);
}

int main(int argc, char **argv) {
    if (argc != 7) {
        fprintf(stderr, "usage: cps ADDRESS PORT IN_FLIGHT SECONDS FIRST_SOURCE SOURCES\n");
        return 2;
    }
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[2])), .sin_addr.s_addr = inet_addr(argv[1])};
    int wanted = atoi(argv[3]), sources = atoi(argv[6]), in_flight = 0;
    double seconds = atof(argv[4]), end = now() + seconds;
    uint32_t first_source = ntohl(inet_addr(argv[5]));
    int poller = epoll_create1(0);
    struct epoll_event events[EVENTS];

    while (now() < end || in_flight > 0) {
        while (in_flight < wanted && now() < end) in_flight += start(poller, first_source + started % sources, &to);
        int ready = epoll_wait(poller, events, EVENTS, 50);
        for (int i = 0; i < ready; i++) finish(events[i].data.fd);
        in_flight -= ready > 0 ? ready : 0;
        if (now() > end + GRACE_SECONDS) {
            failed += in_flight;
            break;
        }
    }
    report(seconds);
    return 0;
}
