// newflows: writes a line for each new connection of which the kernel tells, as a log made of that would have to. The kernel
// tells by events of connection tracking (ctnetlink), or by copies of the packets that a rule gives to an NFLOG group. When
// it is ended by SIGTERM, it prints of how many it was told, and the processor time that this took. With PAUSE it rests for
// so many milliseconds of each second, as a writer does whose disk is slow.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter/nfnetlink_conntrack.h>
#include <linux/netfilter/nfnetlink_log.h>
#include <linux/netlink.h>
#include <netinet/ip.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t ended;

static void end(int signal) {
    (void)signal;
    ended = 1;
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec * 1e-9;
}

// Returns the attribute of this type among those in the bytes, or NULL.
static const struct nlattr *find(const struct nlattr *first, int length, int type) {
    const char *at = (const char *)first, *stop = at + length;
    while (at + NLA_HDRLEN <= stop) {
        const struct nlattr *attribute = (const struct nlattr *)at;
        if (attribute->nla_len < NLA_HDRLEN || at + attribute->nla_len > stop) return NULL;
        if ((attribute->nla_type & NLA_TYPE_MASK) == type) return attribute;
        at += NLA_ALIGN(attribute->nla_len);
    }
    return NULL;
}

static const struct nlattr *within(const struct nlattr *outer, int type) {
    return outer ? find((const struct nlattr *)((const char *)outer + NLA_HDRLEN), outer->nla_len - NLA_HDRLEN, type) : NULL;
}

static const void *payload(const struct nlattr *attribute) {
    return (const char *)attribute + NLA_HDRLEN;
}

static void write_line(FILE *log, const void *source, unsigned sport, const void *destination, unsigned dport) {
    char from[INET_ADDRSTRLEN], to[INET_ADDRSTRLEN];
    struct timespec time;
    clock_gettime(CLOCK_REALTIME, &time);
    fprintf(log, "%ld.%06ld %s %u %s %u\n", (long)time.tv_sec, time.tv_nsec / 1000,
            inet_ntop(AF_INET, source, from, sizeof from), sport, inet_ntop(AF_INET, destination, to, sizeof to), dport);
}

static void write_event(FILE *log, const struct nlattr *first, int length) {
    const struct nlattr *tuple = find(first, length, CTA_TUPLE_ORIG);
    const struct nlattr *ends = within(tuple, CTA_TUPLE_IP), *protocol = within(tuple, CTA_TUPLE_PROTO);
    const struct nlattr *source = within(ends, CTA_IP_V4_SRC), *destination = within(ends, CTA_IP_V4_DST);
    const struct nlattr *sport = within(protocol, CTA_PROTO_SRC_PORT), *dport = within(protocol, CTA_PROTO_DST_PORT);
    if (source && destination && sport && dport)
        write_line(log, payload(source), ntohs(*(const uint16_t *)payload(sport)), payload(destination),
                   ntohs(*(const uint16_t *)payload(dport)));
}

static void write_packet(FILE *log, const struct nlattr *first, int length) {
    const struct nlattr *copy = find(first, length, NFULA_PAYLOAD);
    if (!copy || copy->nla_len < NLA_HDRLEN + sizeof(struct iphdr) + sizeof(struct tcphdr)) return;
    const struct iphdr *ip = payload(copy);
    const struct tcphdr *tcp = (const struct tcphdr *)(ip + 1);
    write_line(log, &ip->saddr, ntohs(tcp->source), &ip->daddr, ntohs(tcp->dest));
}

// Appends an attribute to a message.
static void append(struct nlmsghdr *message, int type, const void *value, int length) {
    struct nlattr *attribute = (struct nlattr *)((char *)message + NLMSG_ALIGN(message->nlmsg_len));
    attribute->nla_type = type;
    attribute->nla_len = NLA_HDRLEN + length;
    memcpy((char *)attribute + NLA_HDRLEN, value, length);
    message->nlmsg_len = NLMSG_ALIGN(message->nlmsg_len) + NLA_ALIGN(attribute->nla_len);
}

// Has the kernel send copies of the group's packets, several at a time, and those that wait after a tenth of a second.
static int join_group(int fd, int group) {
    static char request[256] __attribute__((aligned));
    struct nlmsghdr *message = (struct nlmsghdr *)request;
    struct nfgenmsg *head = NLMSG_DATA(message);
    struct nfulnl_msg_config_cmd bind = {.command = NFULNL_CFG_CMD_BIND};
    struct nfulnl_msg_config_mode mode = {.copy_range = htonl(64), .copy_mode = NFULNL_COPY_PACKET};
    uint32_t hundredths = htonl(10);
    message->nlmsg_len = NLMSG_LENGTH(sizeof *head);
    message->nlmsg_type = NFNL_SUBSYS_ULOG << 8 | NFULNL_MSG_CONFIG;
    message->nlmsg_flags = NLM_F_REQUEST;
    head->res_id = htons(group);
    append(message, NFULA_CFG_CMD, &bind, sizeof bind);
    append(message, NFULA_CFG_MODE, &mode, sizeof mode);
    append(message, NFULA_CFG_TIMEOUT, &hundredths, sizeof hundredths);
    return send(fd, request, message->nlmsg_len, 0) < 0;
}

static int join_events(int fd) {
    int group = NFNLGRP_CONNTRACK_NEW;
    return setsockopt(fd, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &group, sizeof group);
}

// Writes the line of one message. Returns how many connections it tells of.
static int take(const struct nlmsghdr *message, FILE *log) {
    int head = NLMSG_ALIGN(sizeof(struct nfgenmsg)), subsystem = message->nlmsg_type >> 8;
    if (subsystem != NFNL_SUBSYS_CTNETLINK && subsystem != NFNL_SUBSYS_ULOG) return 0;
    const struct nlattr *first = (const struct nlattr *)((const char *)NLMSG_DATA(message) + head);
    (subsystem == NFNL_SUBSYS_ULOG ? write_packet : write_event)(log, first, message->nlmsg_len - NLMSG_LENGTH(head));
    return 1;
}

int main(int argc, char **argv) {
    if (argc != 5) {
        fprintf(stderr, "usage: newflows tracking|GROUP LOG BUFFER_BYTES PAUSE\n");
        return 2;
    }
    FILE *log = fopen(argv[2], "w");
    int bytes = atoi(argv[3]), packets = strcmp(argv[1], "tracking");
    double pause = atof(argv[4]) / 1000, begun = 0;
    struct sockaddr_nl self = {.nl_family = AF_NETLINK};
    struct timeval patience = {.tv_usec = 100000}; // so that no end is missed
    int fd = socket(AF_NETLINK, SOCK_RAW, NETLINK_NETFILTER);
    if (!log || fd < 0 || bind(fd, (struct sockaddr *)&self, sizeof self) ||
        setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &bytes, sizeof bytes) ||
        setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience) ||
        (packets ? join_group(fd, atoi(argv[1])) : join_events(fd))) {
        perror("newflows");
        return 1;
    }
    struct sigaction action = {.sa_handler = end};
    sigaction(SIGTERM, &action, NULL);
    fprintf(stderr, "listens\n");

    static char buffer[1 << 16] __attribute__((aligned));
    long told = 0;
    while (!ended) {
        if (pause > 0 && now() >= begun + 1) {
            begun = now();
            usleep(pause * 1e6);
        }
        int length = recv(fd, buffer, sizeof buffer, 0);
        for (struct nlmsghdr *message = (struct nlmsghdr *)buffer; NLMSG_OK(message, length); message = NLMSG_NEXT(message, length))
            told += take(message, log);
    }
    fflush(log);
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    printf("told=%ld cpu_us=%ld\n", told,
           (used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1000000L + used.ru_utime.tv_usec + used.ru_stime.tv_usec);
    return 0;
}
