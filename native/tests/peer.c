/*
 * The peer process of the conformance tests: runs a sender or a receiver against one in another language, and parses
 * and makes golden images. Exit codes: 0 success, 1 a check failed, 2 bad arguments, 3 a call of the library failed.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "../ipmpsc.h"

#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define SECOND INT64_C(1000000000)
#define MILLISECOND INT64_C(1000000)

__attribute__((noreturn)) static void give_up(int code, const char *what)
{
    fprintf(stderr, "%s: %s\n", what, ipmpsc_last_error());
    exit(code);
}

static void require(ipmpsc_status status, const char *what)
{
    if (status != IPMPSC_OK) {
        fprintf(stderr, "%s ", ipmpsc_status_name(status));
        give_up(3, what);
    }
}

static void say(const char *line)
{
    puts(line);
    (void)fflush(stdout);
}

/* ---- Probes, the same as the .NET peer's ----------------------------------------------------------------------------- */

enum { PROBE_HEADER = 16, MAX_SENDERS = 64 };

static uint64_t mix(uint64_t a, uint64_t b)
{
    uint64_t z = a * UINT64_C(0x9E3779B97F4A7C15) + b + UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

static uint32_t check_of(uint32_t sender, uint64_t sequence, uint32_t length)
{
    return (uint32_t)(mix(mix(sender, sequence), length) >> 32);
}

static uint32_t length_of(uint32_t sender, uint64_t sequence, uint32_t least, uint32_t most)
{
    return least + (uint32_t)(mix(sender, sequence) % (most - least + 1));
}

static void fill_noise(uint8_t *bytes, uint32_t length, uint32_t sender, uint64_t sequence)
{
    uint64_t seed = mix(sender, sequence);
    for (uint32_t at = 0; at < length; at += 8) {
        uint64_t word = mix(seed, at / 8);
        memcpy(bytes + at, &word, length - at < 8 ? length - at : 8);
    }
}

static void fill_probe(void *payload, uint32_t length, uint32_t sender, uint64_t sequence)
{
    uint32_t check = check_of(sender, sequence, length);
    memcpy(payload, &sender, 4);
    memcpy((char *)payload + 4, &check, 4);
    memcpy((char *)payload + 8, &sequence, 8);
    fill_noise((uint8_t *)payload + PROBE_HEADER, length - PROBE_HEADER, sender, sequence);
}

static bool verify_probe(const ipmpsc_message *message, uint32_t *sender, uint64_t *sequence)
{
    uint8_t expected[1 << 16];
    if (message->length < PROBE_HEADER || message->length > sizeof expected) {
        return false;
    }

    memcpy(sender, message->payload, 4);
    memcpy(sequence, (const char *)message->payload + 8, 8);
    fill_probe(expected, message->length, *sender, *sequence);
    return memcmp(expected, message->payload, message->length) == 0;
}

/* ---- Roles ------------------------------------------------------------------------------------------------------------ */

static uint32_t number(const char *word)
{
    return (uint32_t)strtoul(word, NULL, 10);
}

static ipmpsc_sender *open_sender(const char *channel, uint32_t flags)
{
    ipmpsc_sender *sender;
    ipmpsc_options options = {.size = sizeof options, .participant = "C peer", .flags = flags};
    require(ipmpsc_sender_open(channel, &options, &sender), "open");
    return sender;
}

static ipmpsc_receiver *open_receiver(const char *channel)
{
    ipmpsc_receiver *receiver;
    ipmpsc_options options = {.size = sizeof options, .participant = "C peer"};
    require(ipmpsc_receiver_open(channel, &options, &receiver), "open");
    return receiver;
}

/* Sends one probe, or a batch, in one of the ways of sending. Which one depends only on the probe. */
static uint64_t send_some(ipmpsc_sender *sender, uint32_t id, uint64_t sequence, uint64_t count, uint32_t least, uint32_t most)
{
    uint32_t length = length_of(id, sequence, least, most);
    void *place;
    switch (mix(~id, sequence) % 5) {
    case 0: /* First an aborted claim. */
        require(ipmpsc_claim(sender, length, IPMPSC_FOREVER, &place), "claim");
        memset(place, 0x55, length);
        require(ipmpsc_abort(sender), "abort");
        /* fall through */
    case 1:
        require(ipmpsc_claim(sender, length, IPMPSC_FOREVER, &place), "claim");
        fill_probe(place, length, id, sequence);
        require(ipmpsc_commit(sender, 0, 0), "commit");
        return 1;

    case 2:
        require(ipmpsc_claim(sender, most, IPMPSC_FOREVER, &place), "claim");
        fill_probe(place, length, id, sequence);
        require(ipmpsc_commit_shorter(sender, 0, 0, length), "commit shorter");
        return 1;

    case 3: {
        static uint8_t buffers[5][1 << 16];
        ipmpsc_message messages[5];
        size_t sent;
        size_t batch = count - sequence < 5 ? (size_t)(count - sequence) : 5;
        for (size_t index = 0; index < batch; index++) {
            uint32_t each = length_of(id, sequence + index, least, most);
            fill_probe(buffers[index], each, id, sequence + index);
            messages[index] = (ipmpsc_message){.payload = buffers[index], .length = each};
        }

        require(ipmpsc_send_batch(sender, messages, batch, IPMPSC_FOREVER, &sent), "send batch");
        return sent;
    }

    default: {
        static uint8_t buffer[1 << 16];
        fill_probe(buffer, length, id, sequence);
        require(ipmpsc_send(sender, 0, 0, buffer, length, IPMPSC_FOREVER), "send");
        return 1;
    }
    }
}

/* send CHANNEL SENDER COUNT MIN MAX */
static int send_probes(char **words)
{
    ipmpsc_sender *sender = open_sender(words[0], 0);
    uint64_t count = number(words[2]);
    say("open");
    for (uint64_t sequence = 0; sequence < count;) {
        sequence += send_some(sender, number(words[1]), sequence, count, number(words[3]), number(words[4]));
    }

    ipmpsc_sender_close(sender);
    return 0;
}

/* trace CHANNEL SENDER COUNT MIN MAX: sends probes with traces. The span id is one more than the sequence of the message, or of the first one of its batch. */
static int send_traced_probes(char **words)
{
    ipmpsc_sender *sender = open_sender(words[0], IPMPSC_TRACE_MESSAGES);
    uint64_t count = number(words[2]);
    say("open");
    for (uint64_t sequence = 0; sequence < count;) {
        ipmpsc_trace trace = {.trace_id = {0x0a, 0xf7, 0x65, 0x19, 0x16, 0xcd, 0x43, 0xdd, 0x84, 0x48, 0xeb, 0x21, 0x1c, 0x80, 0x31, 0x9c}, .flags = 1};
        for (size_t at = 0; at < sizeof trace.span_id; at++) {
            trace.span_id[at] = (uint8_t)((sequence + 1) >> (8 * (sizeof trace.span_id - 1 - at)));
        }

        ipmpsc_sender_set_trace(sender, &trace);
        sequence += send_some(sender, number(words[1]), sequence, count, number(words[3]), number(words[4]));
    }

    ipmpsc_sender_close(sender);
    return 0;
}

/* receive CHANNEL BOARD HOLD COUNT: the board has one number for each sender, the next expected sequence. Messages are
 * taken up to HOLD at a time, recorded, and released in the opposite order. */
static int receive_probes(char **words)
{
    int fd = open(words[1], O_RDWR);
    volatile int64_t *board = mmap(NULL, MAX_SENDERS * sizeof(int64_t), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    size_t hold = number(words[2]);
    uint64_t count = number(words[3]);
    ipmpsc_message messages[64];
    if (board == MAP_FAILED || hold < 1 || hold > 64) {
        return 2;
    }

    ipmpsc_receiver *receiver = open_receiver(words[0]);
    say("open");
    uint64_t taken = 0;
    while (taken < count) {
        size_t held = 0;
        while (held < hold && taken + held < count) {
            ipmpsc_status status = ipmpsc_take(receiver, held == 0 ? 60 * SECOND : IPMPSC_TRY, &messages[held]);
            if (status == IPMPSC_EMPTY && held > 0) {
                break;
            }

            require(status, "take");
            held++;
        }

        for (size_t index = 0; index < held; index++) {
            uint32_t sender;
            uint64_t sequence;
            if (!verify_probe(&messages[index], &sender, &sequence) || sender >= MAX_SENDERS) {
                fprintf(stderr, "The message at position %" PRIu64 " differs from what its sender wrote.\n", messages[index].position);
                return 1;
            }

            if ((int64_t)sequence != board[sender]) {
                fprintf(stderr, "Received message %" PRIu64 " of sender %u, expected %" PRId64 ".\n", sequence, sender, board[sender]);
                return 1;
            }

            board[sender] = (int64_t)sequence + 1;
        }

        for (size_t index = held; index > 0; index--) {
            require(ipmpsc_release(receiver, messages[index - 1].position), "release");
        }

        taken += held;
    }

    printf("gaps %" PRIu64 "\n", ipmpsc_receiver_recoveries(receiver));
    ipmpsc_receiver_close(receiver);
    return 0;
}

static volatile sig_atomic_t stopped;

static void stop(int signal)
{
    (void)signal;
    stopped = 1;
}

/* endure CHANNEL OTHER-NAME: sends and receives in a channel that another process corrupts meanwhile, until SIGTERM. Every call returns
 * a status. A channel that seems to be deleted loses its name, and is linked again from its other name. */
static int endure(char **words)
{
    (void)signal(SIGTERM, stop);
    if (link(words[0], words[1]) != 0) {
        return 2;
    }

    uint64_t counts[16] = {0};
    uint8_t buffer[4096] = {0};
    say("open");
    while (!stopped) {
        ipmpsc_sender *sender = NULL;
        ipmpsc_receiver *receiver = NULL;
        ipmpsc_observer *observer = NULL;
        if (access(words[0], F_OK) != 0) {
            (void)link(words[1], words[0]);
        }

        counts[ipmpsc_sender_open(words[0], NULL, &sender)]++;
        counts[ipmpsc_receiver_open(words[0], NULL, &receiver)]++;
        counts[ipmpsc_observer_open(words[0], NULL, &observer)]++;
        for (int round = 0; round < 200 && !stopped; round++) {
            ipmpsc_message message;
            uint64_t skipped;
            uint64_t position = 0;
            if (sender != NULL) {
                counts[ipmpsc_send(sender, 1, 1, buffer, (uint32_t)round * 3, round % 10 == 0 ? MILLISECOND : IPMPSC_TRY)]++;
            }

            if (observer != NULL) {
                (void)ipmpsc_observer_peek(observer, &position, buffer, sizeof buffer, &message);
            }

            if (receiver != NULL) {
                ipmpsc_status status = ipmpsc_take(receiver, round % 10 == 1 ? MILLISECOND : IPMPSC_TRY, &message);
                counts[status]++;
                if (status == IPMPSC_OK) {
                    memcpy(buffer, message.payload, message.length < sizeof buffer ? message.length : sizeof buffer);
                    require(ipmpsc_release(receiver, message.position), "release");
                } else if (status == IPMPSC_CORRUPT) {
                    counts[ipmpsc_skip_corrupt(receiver, &skipped)]++;
                }
            }
        }

        ipmpsc_sender_close(sender);
        ipmpsc_receiver_close(receiver);
        ipmpsc_observer_close(observer);
    }

    for (int status = 0; status < 16; status++) {
        if (counts[status] > 0) {
            printf("%s %" PRIu64 "\n", ipmpsc_status_name((ipmpsc_status)status), counts[status]);
        }
    }

    return 0;
}

/* ---- Golden images ----------------------------------------------------------------------------------------------------- */

static bool is_zero(const uint8_t *bytes, size_t length)
{
    size_t at = 0;
    while (at < length && bytes[at] == 0) {
        at++;
    }

    return at == length;
}

static void print_hex(const uint8_t *bytes, size_t length)
{
    for (size_t at = 0; at < length; at++) {
        printf("%02x", bytes[at]);
    }
}

/* The time of sending, and the context as a W3C traceparent. */
static void print_trace(const ipmpsc_trace *trace)
{
    printf(" trace %" PRId64 " ", trace->sent);
    if (is_zero(trace->trace_id, sizeof trace->trace_id) || is_zero(trace->span_id, sizeof trace->span_id)) {
        fputs("none", stdout);
        return;
    }

    fputs("00-", stdout);
    print_hex(trace->trace_id, sizeof trace->trace_id);
    fputs("-", stdout);
    print_hex(trace->span_id, sizeof trace->span_id);
    printf("-%02x", trace->flags);
}

static void print_message(const char *what, const ipmpsc_message *message)
{
    printf("%s %" PRIu64 " id %u version %u payload ", what, message->position, message->id, message->version);
    print_hex(message->payload, message->length);

    fputs(".", stdout);
    if (message->trace.sent != 0) {
        print_trace(&message->trace);
    }

    puts("");
}

/* parse IMAGE: prints what an observer sees, then what a receiver takes. The receiver changes the image: pass a copy. */
static int parse(char **words)
{
    ipmpsc_observer *observer;
    ipmpsc_info info;
    ipmpsc_message message;
    uint8_t buffer[4096];
    uint64_t position = 0;
    size_t length;
    require(ipmpsc_observer_open(words[0], NULL, &observer), "observe");
    ipmpsc_observer_inspect(observer, &info);
    printf("capacity %" PRIu64 "\nslots %u\nhead %" PRIu64 "\ntail %" PRIu64 "\nretired %s\nreceived %" PRIu64 " bytes %" PRIu64 "\n",
        info.capacity, info.slots, info.head, info.tail, info.retired ? "yes" : "no", info.messages_received, info.bytes_received);
    for (uint32_t slot = 0; slot < info.slots; slot++) {
        ipmpsc_slot_info sender;
        require(ipmpsc_observer_slot(observer, slot, &sender), "slot");
        if (sender.pid != 0) {
            printf("slot %u name %s messages %" PRIu64 " bytes %" PRIu64 " waits %" PRIu64 " claim ", slot, sender.name, sender.messages_sent, sender.bytes_sent, sender.waits);
            if (sender.has_claim) {
                printf("%" PRIu64 " to %" PRIu64 "\n", sender.claim_position, sender.claim_position + sender.claim_length);
            } else {
                puts("none");
            }
        }
    }

    const char *schema = ipmpsc_observer_schema(observer, &length);
    printf("schema %zu\n%.*s", length, (int)length, schema);
    ipmpsc_status status;
    while ((status = ipmpsc_observer_peek(observer, &position, buffer, sizeof buffer, &message)) == IPMPSC_OK) {
        print_message("peek", &message);
    }

    printf("peek ends with %s\n", ipmpsc_status_name(status));
    ipmpsc_observer_close(observer);
    if (info.retired) {
        return 0; /* A retired channel cannot be joined. */
    }

    ipmpsc_receiver *receiver = open_receiver(words[0]);
    while ((status = ipmpsc_take(receiver, 20 * MILLISECOND, &message)) == IPMPSC_OK) {
        print_message("take", &message);
        require(ipmpsc_release(receiver, message.position), "release");
    }

    printf("take ends with %s, gaps %" PRIu64 "\n", ipmpsc_status_name(status), ipmpsc_receiver_recoveries(receiver));
    ipmpsc_receiver_close(receiver);
    return 0;
}

static const char note_schema[] =
    "message Golden.Note id 7 version 2 size 24\n  Number i32 @0\n  Text utf8 @4\n  Weight f64 @16 since 2\n";

/* A payload of that message in version 2. */
static uint32_t write_note(uint8_t *payload, int32_t value, const char *text)
{
    uint32_t range[2] = {24, (uint32_t)strlen(text)};
    double weight = value + 0.5;
    memset(payload, 0, 24);
    memcpy(payload, &value, 4);
    memcpy(payload + 4, range, 8);
    memcpy(payload + 16, &weight, 8);
    memcpy(payload + 24, text, range[1]);
    return 24 + range[1];
}

static void send_note(ipmpsc_sender *sender, int32_t value, const char *text)
{
    uint8_t payload[256];
    require(ipmpsc_send(sender, 7, 2, payload, write_note(payload, value, text), IPMPSC_TRY), "send");
}

static void receive_some(ipmpsc_receiver *receiver, int count)
{
    ipmpsc_message message;
    for (int index = 0; index < count; index++) {
        require(ipmpsc_take(receiver, IPMPSC_TRY, &message), "take");
        require(ipmpsc_release(receiver, message.position), "release");
    }
}

static void die_within(const char *channel, const char *name, const char *order, int32_t value, const char *text)
{
    pid_t child = fork();
    if (child == 0) {
        (void)setenv("IPMPSC_CRASH_POINT", order, 1);
        ipmpsc_sender *sender;
        ipmpsc_options options = {.size = sizeof options, .participant = name};
        require(ipmpsc_sender_open(channel, &options, &sender), "open");
        send_note(sender, value, text);
        _exit(1); /* It should have died before. */
    }

    int status;
    if (waitpid(child, &status, 0) != child || !WIFSIGNALED(status)) {
        fprintf(stderr, "The child did not die at %s; build with -DIPMPSC_CRASH_POINTS.\n", order);
        exit(1);
    }
}

/* images DIRECTORY: makes the images of the C library. */
static int images(char **words)
{
    char path[512];
    ipmpsc_receiver *receiver;
    ipmpsc_sender *first;
    ipmpsc_sender *second;
    void *place;
    ipmpsc_options options = {.size = sizeof options, .mode = IPMPSC_CREATE, .capacity = 512, .slots = 4, .schema = note_schema, .participant = "receiver"};
    ipmpsc_options joining = {.size = sizeof joining, .participant = "first"};

    /* Messages of two senders, in both versions; an aborted claim, a shortened one, padding at the end of the lap. */
    (void)snprintf(path, sizeof path, "%s/c-waiting.image", words[0]);
    require(ipmpsc_receiver_open(path, &options, &receiver), "create");
    require(ipmpsc_sender_open(path, &joining, &first), "open");
    joining.participant = "second, Größe";
    require(ipmpsc_sender_open(path, &joining, &second), "open");
    for (int32_t value = 0; value < 7; value++) {
        send_note(value % 2 == 0 ? first : second, value, "to be received");
        receive_some(receiver, 1);
    }

    send_note(first, 8, "waits"); /* 16 bytes of the lap are left. */
    require(ipmpsc_claim(second, 40, IPMPSC_TRY, &place), "claim");
    memset(place, 0xAB, 40);
    require(ipmpsc_abort(second), "abort");
    send_note(second, 9, "");
    require(ipmpsc_claim(first, 100, IPMPSC_TRY, &place), "claim");
    require(ipmpsc_commit_shorter(first, 7, 2, write_note(place, 10, "shortened")), "commit shorter");
    uint8_t old[20] = {11, 0, 0, 0, 16, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 'o', 'l', 'd', 0};
    require(ipmpsc_send(second, 7, 1, old, 19, IPMPSC_TRY), "send");
    ipmpsc_sender_close(first);
    ipmpsc_receiver_close(receiver);
    ipmpsc_sender_close(second);

    /* Senders that died: one within its claim, one after its stamp, one before it moved the tail. */
    (void)snprintf(path, sizeof path, "%s/c-gap.image", words[0]);
    options.capacity = 1024;
    require(ipmpsc_receiver_open(path, &options, &receiver), "create");
    joining.participant = "survivor";
    require(ipmpsc_sender_open(path, &joining, &first), "open");
    send_note(first, 1, "before the gap");
    die_within(path, "dies before its stamp", "commit.stamp:kill:1", 2, "never sent, longer than the others are");
    send_note(first, 3, "behind the gap");
    die_within(path, "dies after its stamp", "wake.check:kill:1", 4, "sent");
    die_within(path, "dies before the tail", "claim.cas-tail:kill:1", 5, "never won");
    ipmpsc_sender_close(first);
    ipmpsc_receiver_close(receiver);

    /* Raw bytes: everything received in several laps, and an empty message. */
    (void)snprintf(path, sizeof path, "%s/c-bytes.image", words[0]);
    options.schema = "";
    options.capacity = 256;
    options.slots = 1;
    require(ipmpsc_receiver_open(path, &options, &receiver), "create");
    require(ipmpsc_sender_open(path, &joining, &first), "open");
    for (uint32_t length = 0; length < 60; length++) {
        uint8_t bytes[64];
        memset(bytes, (int)length, sizeof bytes);
        require(ipmpsc_send(first, 0, 0, bytes, length, IPMPSC_TRY), "send");
        receive_some(receiver, 1);
    }

    require(ipmpsc_send(first, 0, 0, NULL, 0, IPMPSC_TRY), "send");
    ipmpsc_sender_close(first);
    ipmpsc_receiver_close(receiver);
    return 0;
}

static const struct {
    const char *name;
    int words;
    int (*run)(char **);
} commands[] = {
    {"send", 5, send_probes},
    {"trace", 5, send_traced_probes},
    {"receive", 4, receive_probes},
    {"endure", 2, endure},
    {"parse", 1, parse},
    {"images", 1, images},
};

int main(int count, char **words)
{
    for (size_t index = 0; index < sizeof commands / sizeof commands[0]; index++) {
        if (count == commands[index].words + 2 && strcmp(words[1], commands[index].name) == 0) {
            return commands[index].run(words + 2);
        }
    }

    fputs("usage: peer send|trace CHANNEL SENDER COUNT MIN MAX | receive CHANNEL BOARD HOLD COUNT | endure CHANNEL OTHER-NAME | parse IMAGE | images DIRECTORY\n", stderr);
    return 2;
}
