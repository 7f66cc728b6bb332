/*
 * Tests of ipmpsc.c with access to its internals: it is included, so that threads can share one mapping, in which ThreadSanitizer sees
 * their races, and so that a child can be killed at a named step. The last line counts: "N passed, N failed".
 */
#ifndef IPMPSC_CRASH_POINTS
#define IPMPSC_CRASH_POINTS
#endif
#include "../ipmpsc.c"

#include <pthread.h>
#include <sys/wait.h>

#define MILLISECOND INT64_C(1000000)
#define SECOND INT64_C(1000000000)

static char directory[64];
static char channel[96];
static int failures;

#define CHECK(condition) check((condition), #condition, __LINE__)
#define CHECK_STATUS(expected, call) check_status((expected), (call), #call, __LINE__)

static bool check(bool condition, const char *text, int line)
{
    if (!condition) {
        failures++;
        printf("  line %d: %s (last error: %s)\n", line, text, last_error);
    }

    return condition;
}

static bool check_status(ipmpsc_status expected, ipmpsc_status status, const char *text, int line)
{
    if (status != expected) {
        failures++;
        printf("  line %d: %s gave %s, not %s (last error: %s)\n", line, text, ipmpsc_status_name(status), ipmpsc_status_name(expected), last_error);
    }

    return status == expected;
}

static ipmpsc_options with(uint32_t mode, uint64_t capacity, uint32_t slots)
{
    return (ipmpsc_options){.size = sizeof(ipmpsc_options), .mode = mode, .capacity = capacity, .slots = slots, .participant = "unit"};
}

static ipmpsc_receiver *create(uint64_t capacity, uint32_t slots)
{
    ipmpsc_options options = with(IPMPSC_CREATE, capacity, slots);
    ipmpsc_receiver *receiver = NULL;
    CHECK_STATUS(IPMPSC_OK, ipmpsc_receiver_open(channel, &options, &receiver));
    return receiver;
}

static ipmpsc_sender *join_sender(void)
{
    ipmpsc_sender *sender = NULL;
    CHECK_STATUS(IPMPSC_OK, ipmpsc_sender_open(channel, NULL, &sender));
    return sender;
}

static uint8_t noise(uint64_t seed, size_t at)
{
    uint64_t z = (seed + at / 8 + 1) * UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    return (uint8_t)(z >> (at % 8 * 8));
}

static void fill(void *payload, uint32_t length, uint64_t seed)
{
    for (uint32_t at = 0; at < length; at++) {
        ((uint8_t *)payload)[at] = noise(seed, at);
    }
}

static bool is_filled(const void *payload, uint32_t length, uint64_t seed)
{
    for (uint32_t at = 0; at < length; at++) {
        if (((const uint8_t *)payload)[at] != noise(seed, at)) {
            return false;
        }
    }

    return true;
}

static void send_number(ipmpsc_sender *sender, uint64_t number)
{
    CHECK_STATUS(IPMPSC_OK, ipmpsc_send(sender, 7, 2, &number, sizeof number, 10 * SECOND));
}

static uint64_t number_of(const ipmpsc_message *message)
{
    uint64_t number = 0;
    if (CHECK(message->length == sizeof number)) {
        memcpy(&number, message->payload, sizeof number);
    }

    return number;
}

/* Takes and releases the next message, which must carry this number. */
static bool expect_number(ipmpsc_receiver *receiver, uint64_t number)
{
    ipmpsc_message message;
    return CHECK_STATUS(IPMPSC_OK, ipmpsc_take(receiver, 10 * SECOND, &message)) && CHECK(number_of(&message) == number)
        && CHECK_STATUS(IPMPSC_OK, ipmpsc_release(receiver, message.position));
}

static void expect_nothing(ipmpsc_receiver *receiver)
{
    ipmpsc_message message;
    CHECK_STATUS(IPMPSC_EMPTY, ipmpsc_take(receiver, IPMPSC_TRY, &message));
}

/* Runs a function in a child that is killed, or stopped, at a step. */
static pid_t in_child(const char *order, void (*run)(void *), void *argument)
{
    (void)fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        if (order != NULL) {
            (void)setenv("IPMPSC_CRASH_POINT", order, 1);
        }

        run(argument);
        _exit(0);
    }

    return child;
}

/* Whether the child was killed rather than exited. */
static bool was_killed(pid_t child)
{
    int status = 0;
    CHECK(waitpid(child, &status, 0) == child);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
}

/* ---- Sending and receiving ------------------------------------------------------------------------------------------ */

static void messages_of_every_length_arrive(void)
{
    ipmpsc_receiver *receiver = create(1024, 2);
    ipmpsc_sender *sender = join_sender();
    CHECK(ipmpsc_sender_max_length(sender) == 1008);
    for (uint32_t length = 0; length <= 1008; length++) {
        void *place;
        ipmpsc_message message;
        if (ipmpsc_claim(sender, length, IPMPSC_TRY, &place) == IPMPSC_FULL) {
            expect_nothing(receiver); /* Skips the filler at the end of the lap: a long record needs its space. */
            CHECK_STATUS(IPMPSC_OK, ipmpsc_claim(sender, length, IPMPSC_TRY, &place));
        }

        if (!CHECK(place != NULL)) {
            break;
        }

        CHECK((uintptr_t)place % 16 == 0);
        fill(place, length, length);
        CHECK_STATUS(IPMPSC_OK, ipmpsc_commit(sender, 3, 4));
        if (!CHECK_STATUS(IPMPSC_OK, ipmpsc_take(receiver, IPMPSC_TRY, &message))) {
            break;
        }

        CHECK(message.length == length && message.id == 3 && message.version == 4);
        CHECK(is_filled(message.payload, length, length));
        CHECK_STATUS(IPMPSC_OK, ipmpsc_release(receiver, message.position));
    }

    expect_nothing(receiver);
    ipmpsc_sender_close(sender);
    ipmpsc_receiver_close(receiver);
}

static void full_ring_refuses_until_space_is_released(void)
{
    ipmpsc_receiver *receiver = create(128, 2);
    ipmpsc_sender *sender = join_sender();
    for (uint64_t number = 0; number < 4; number++) {
        send_number(sender, number);
    }

    uint64_t number = 4;
    CHECK_STATUS(IPMPSC_FULL, ipmpsc_send(sender, 7, 2, &number, sizeof number, IPMPSC_TRY));
    CHECK_STATUS(IPMPSC_FULL, ipmpsc_send(sender, 7, 2, &number, sizeof number, 2 * MILLISECOND));
    CHECK(strstr(ipmpsc_last_error(), "128") != NULL);
    expect_number(receiver, 0);
    send_number(sender, 4);
    for (number = 1; number < 5; number++) {
        expect_number(receiver, number);
    }

    ipmpsc_sender_close(sender);
    ipmpsc_receiver_close(receiver);
}

static void misuse_is_reported(void)
{
    ipmpsc_receiver *receiver = create(128, 2);
    ipmpsc_sender *sender = join_sender();
    void *place;
    ipmpsc_message message;
    CHECK_STATUS(IPMPSC_MISUSE, ipmpsc_commit(sender, 0, 0));
    CHECK_STATUS(IPMPSC_MISUSE, ipmpsc_abort(sender));
    CHECK_STATUS(IPMPSC_TOO_LARGE, ipmpsc_claim(sender, 113, IPMPSC_TRY, &place));
    CHECK_STATUS(IPMPSC_OK, ipmpsc_claim(sender, 112, IPMPSC_TRY, &place));
    CHECK_STATUS(IPMPSC_MISUSE, ipmpsc_claim(sender, 1, IPMPSC_TRY, &place));
    CHECK_STATUS(IPMPSC_OK, ipmpsc_abort(sender));
    expect_nothing(receiver);
    send_number(sender, 1);
    CHECK_STATUS(IPMPSC_MISUSE, ipmpsc_release(receiver, 0));
    CHECK_STATUS(IPMPSC_OK, ipmpsc_take(receiver, IPMPSC_TRY, &message));
    CHECK_STATUS(IPMPSC_OK, ipmpsc_release(receiver, message.position));
    CHECK_STATUS(IPMPSC_MISUSE, ipmpsc_release(receiver, message.position));

    ipmpsc_options options = with(IPMPSC_OPEN, 0, 0);
    ipmpsc_sender *other;
    options.flags = 64;
    CHECK_STATUS(IPMPSC_MISUSE, ipmpsc_sender_open(channel, &options, &other));
    options.flags = 0;
    options.size = 3;
    CHECK_STATUS(IPMPSC_MISUSE, ipmpsc_sender_open(channel, &options, &other));
    CHECK_STATUS(IPMPSC_MISUSE, ipmpsc_sender_open(".hidden", NULL, &other));
    CHECK_STATUS(IPMPSC_MISUSE, ipmpsc_sender_open("no blanks", NULL, &other));
    options = with(IPMPSC_CREATE, 100, 0);
    CHECK_STATUS(IPMPSC_MISUSE, ipmpsc_sender_open(channel, &options, &other));
    ipmpsc_sender_close(sender);
    ipmpsc_receiver_close(receiver);
}

static void batches_arrive_in_order(void)
{
    ipmpsc_receiver *receiver = create(4096, 2);
    ipmpsc_sender *sender = join_sender();
    uint64_t numbers[40];
    ipmpsc_message messages[40];
    uint64_t next = 0;
    uint64_t due = 0;
    for (int round = 0; round < 50; round++) {
        for (size_t index = 0; index < 40; index++) {
            numbers[index] = next + index;
            messages[index] = (ipmpsc_message){.payload = &numbers[index], .length = sizeof numbers[index], .id = 1, .version = 1};
        }

        size_t sent;
        if (!CHECK_STATUS(IPMPSC_OK, ipmpsc_send_batch(sender, messages, 40, IPMPSC_TRY, &sent)) || !CHECK(sent > 0)) {
            break;
        }

        for (next += sent; due < next; due++) {
            expect_number(receiver, due);
        }
    }

    CHECK(next > 40 * 20);
    ipmpsc_sender_close(sender);
    ipmpsc_receiver_close(receiver);
}

static ipmpsc_sender *join_traced_sender(void)
{
    ipmpsc_sender *sender = NULL;
    ipmpsc_options options = {.size = sizeof options, .flags = IPMPSC_TRACE_MESSAGES};
    CHECK_STATUS(IPMPSC_OK, ipmpsc_sender_open(channel, &options, &sender));
    return sender;
}

static bool has_context(const ipmpsc_message *message, const ipmpsc_trace *trace)
{
    return memcmp(message->trace.trace_id, trace->trace_id, sizeof trace->trace_id) == 0
        && memcmp(message->trace.span_id, trace->span_id, sizeof trace->span_id) == 0 && message->trace.flags == trace->flags;
}

static void messages_carry_the_trace_that_is_set(void)
{
    static const ipmpsc_trace none;
    static const ipmpsc_trace trace = {.trace_id = {0x0a, 0xf7, 0x65}, .span_id = {0xb7, 0xad}, .flags = 1};
    static const ipmpsc_trace forwarded = {.sent = 17, .trace_id = {1}, .span_id = {2}};
    const ipmpsc_trace *const contexts[] = {&none, &trace, &forwarded};
    ipmpsc_receiver *receiver = create(1024, 2);
    ipmpsc_sender *sender = join_traced_sender();
    ipmpsc_sender *plain = join_sender();
    ipmpsc_sender_set_trace(plain, &trace); /* Ignored. */
    for (uint32_t length = 0; length <= 300; length++) {
        uint8_t payload[300];
        ipmpsc_message message;
        const ipmpsc_trace *context = contexts[length % 3];
        int64_t before = now_ns();
        fill(payload, length, length);
        ipmpsc_sender_set_trace(sender, context == &none ? NULL : context);
        CHECK_STATUS(IPMPSC_OK, ipmpsc_send(sender, 7, 2, payload, length, IPMPSC_TRY));
        CHECK_STATUS(IPMPSC_OK, ipmpsc_take(receiver, IPMPSC_TRY, &message));
        CHECK(message.length == length && is_filled(message.payload, length, length) && has_context(&message, context));
        CHECK(context->sent != 0 ? message.trace.sent == context->sent : message.trace.sent >= before && message.trace.sent <= now_ns());
        CHECK_STATUS(IPMPSC_OK, ipmpsc_release(receiver, message.position));

        send_number(plain, length);
        CHECK_STATUS(IPMPSC_OK, ipmpsc_take(receiver, IPMPSC_TRY, &message));
        CHECK(message.trace.sent == 0 && number_of(&message) == length);
        CHECK_STATUS(IPMPSC_OK, ipmpsc_release(receiver, message.position));
    }

    ipmpsc_sender_close(sender);
    ipmpsc_sender_close(plain);
    ipmpsc_receiver_close(receiver);
}

static void longest_message_leaves_room_for_its_trailer(void)
{
    ipmpsc_receiver *receiver = create(256, 2);
    ipmpsc_sender *sender = join_traced_sender();
    uint8_t payload[256] = {0};
    CHECK(ipmpsc_sender_max_length(sender) == 256 - 16 - 48);
    CHECK_STATUS(IPMPSC_TOO_LARGE, ipmpsc_send(sender, 7, 2, payload, 256 - 16 - 48 + 1, IPMPSC_TRY));
    CHECK(strstr(ipmpsc_last_error(), "exceeds the 192 that") != NULL);
    for (int turn = 0; turn < 3; turn++) {
        ipmpsc_message message;
        CHECK_STATUS(IPMPSC_OK, ipmpsc_send(sender, 7, 2, payload, 256 - 16 - 48, IPMPSC_TRY));
        CHECK_STATUS(IPMPSC_OK, ipmpsc_take(receiver, IPMPSC_TRY, &message));
        CHECK(message.length == 256 - 16 - 48 && message.trace.sent != 0);
        CHECK_STATUS(IPMPSC_OK, ipmpsc_release(receiver, message.position));
    }

    ipmpsc_sender_close(sender);
    ipmpsc_receiver_close(receiver);
}

static void batches_have_a_trailer_for_each_message(void)
{
    static const ipmpsc_trace trace = {.trace_id = {3}, .span_id = {4}, .flags = 1};
    ipmpsc_receiver *receiver = create(1024, 2);
    ipmpsc_sender *sender = join_traced_sender();
    ipmpsc_sender_set_trace(sender, &trace);
    uint64_t next = 0;
    uint64_t due = 0;
    for (int round = 0; round < 50; round++) {
        uint64_t numbers[40];
        ipmpsc_message messages[40];
        for (size_t index = 0; index < 40; index++) {
            numbers[index] = next + index;
            messages[index] = (ipmpsc_message){.payload = &numbers[index], .length = sizeof numbers[index], .id = 1, .version = 1};
        }

        size_t sent;
        if (!CHECK_STATUS(IPMPSC_OK, ipmpsc_send_batch(sender, messages, 40, IPMPSC_TRY, &sent)) || !CHECK(sent > 0 && sent <= 1024 / 80)) {
            break;
        }

        for (next += sent; due < next; due++) {
            ipmpsc_message message;
            CHECK_STATUS(IPMPSC_OK, ipmpsc_take(receiver, IPMPSC_TRY, &message));
            CHECK(number_of(&message) == due && has_context(&message, &trace));
            CHECK_STATUS(IPMPSC_OK, ipmpsc_release(receiver, message.position));
        }
    }

    CHECK(next > 50 * 5);
    ipmpsc_sender_close(sender);
    ipmpsc_receiver_close(receiver);
}

/* With and without trailers: the rest of a claim begins behind that of its message. */
static void commit_shorter(bool traced)
{
    ipmpsc_receiver *receiver = create(1024, 2);
    ipmpsc_sender *sender = traced ? join_traced_sender() : join_sender();
    for (uint32_t claimed = 0; claimed <= 200; claimed += 7) {
        for (uint32_t length = 0; length <= claimed; length += 5) {
            void *place;
            ipmpsc_message message;
            CHECK_STATUS(IPMPSC_OK, ipmpsc_claim(sender, claimed, IPMPSC_TRY, &place));
            fill(place, length, length);
            CHECK_STATUS(IPMPSC_MISUSE, ipmpsc_commit_shorter(sender, 1, 1, claimed + 1));
            CHECK_STATUS(IPMPSC_OK, ipmpsc_commit_shorter(sender, 1, 1, length));
            CHECK(first_unstamped(&sender->segment, load_claim_position(&sender->segment, 0),
                load_claim_position(&sender->segment, 0) + load_claim_length(&sender->segment, 0)) == load_tail(&sender->segment));
            CHECK_STATUS(IPMPSC_OK, ipmpsc_take(receiver, IPMPSC_TRY, &message));
            CHECK(message.length == length && is_filled(message.payload, length, length) && (message.trace.sent != 0) == traced);
            CHECK_STATUS(IPMPSC_OK, ipmpsc_release(receiver, message.position));
            expect_nothing(receiver);
        }
    }

    CHECK_STATUS(IPMPSC_MISUSE, ipmpsc_commit_shorter(sender, 1, 1, 0));
    CHECK(load_head(&receiver->segment) == load_tail(&receiver->segment));
    ipmpsc_sender_close(sender);
    ipmpsc_receiver_close(receiver);
}

static void messages_are_committed_shorter_than_claimed(void)
{
    commit_shorter(false);
    CHECK_STATUS(IPMPSC_OK, ipmpsc_delete(channel, false, NULL));
    commit_shorter(true);
}

/* ---- Holding --------------------------------------------------------------------------------------------------------- */

static void space_returns_when_everything_before_it_is_released(void)
{
    ipmpsc_receiver *receiver = create(4096, 2);
    ipmpsc_sender *sender = join_sender();
    ipmpsc_message held[100];
    void *place;
    for (uint64_t number = 0; number < 100; number++) {
        send_number(sender, number);
        if (number % 10 == 0) {
            CHECK_STATUS(IPMPSC_OK, ipmpsc_claim(sender, 1, IPMPSC_TRY, &place));
            CHECK_STATUS(IPMPSC_OK, ipmpsc_abort(sender)); /* Skipped while other messages are held. */
        }
    }

    uint64_t start = load_head(&receiver->segment);
    for (uint64_t number = 0; number < 100; number++) {
        CHECK_STATUS(IPMPSC_OK, ipmpsc_take(receiver, IPMPSC_TRY, &held[number]));
        CHECK(number_of(&held[number]) == number);
    }

    expect_nothing(receiver);
    CHECK(ipmpsc_receiver_held(receiver) == 100 && read64(&receiver->segment, AT_HELD_MESSAGES) == 100);
    CHECK(read64(&receiver->segment, AT_CURSOR) == receiver->cursor && unix_ms() - read64(&receiver->segment, AT_HELD_SINCE) < 60000);
    CHECK(load_head(&receiver->segment) == start);
    for (size_t index = 99; index > 0; index--) {
        CHECK_STATUS(IPMPSC_OK, ipmpsc_release(receiver, held[index].position));
    }

    CHECK(read64(&receiver->segment, AT_HELD_MESSAGES) == 0); /* A single taken message does not count as held. */
    CHECK(load_head(&receiver->segment) == start && read64(&receiver->segment, AT_MESSAGES_RECEIVED) == 0);
    CHECK_STATUS(IPMPSC_OK, ipmpsc_release(receiver, held[0].position));
    CHECK(load_head(&receiver->segment) == load_tail(&receiver->segment));
    CHECK(read64(&receiver->segment, AT_MESSAGES_RECEIVED) == 100 && read64(&receiver->segment, AT_BYTES_RECEIVED) == 800);
    ipmpsc_sender_close(sender);
    ipmpsc_receiver_close(receiver);
}

static void held_messages_come_again(void)
{
    ipmpsc_receiver *receiver = create(4096, 2);
    ipmpsc_sender *sender = join_sender();
    ipmpsc_message message;
    for (uint64_t number = 0; number < 10; number++) {
        send_number(sender, number);
    }

    for (uint64_t number = 0; number < 6; number++) {
        CHECK_STATUS(IPMPSC_OK, ipmpsc_take(receiver, IPMPSC_TRY, &message));
        if (number == 2) {
            CHECK_STATUS(IPMPSC_OK, ipmpsc_release_through(receiver, message.position));
        }
    }

    ipmpsc_rewind(receiver);
    CHECK_STATUS(IPMPSC_OK, ipmpsc_take(receiver, IPMPSC_TRY, &message));
    CHECK(number_of(&message) == 3);
    ipmpsc_receiver_close(receiver);

    ipmpsc_options options = with(IPMPSC_OPEN, 0, 0);
    CHECK_STATUS(IPMPSC_OK, ipmpsc_receiver_open(channel, &options, &receiver));
    for (uint64_t number = 3; number < 10; number++) {
        expect_number(receiver, number);
    }

    ipmpsc_sender_close(sender);
    ipmpsc_receiver_close(receiver);
}

static void receive_leaves_what_does_not_fit(void)
{
    ipmpsc_receiver *receiver = create(1024, 2);
    ipmpsc_sender *sender = join_sender();
    uint8_t buffer[64];
    ipmpsc_message message;
    fill(buffer, sizeof buffer, 5);
    CHECK_STATUS(IPMPSC_OK, ipmpsc_send(sender, 1, 1, buffer, sizeof buffer, IPMPSC_TRY));
    CHECK_STATUS(IPMPSC_TOO_LARGE, ipmpsc_receive(receiver, buffer, 63, IPMPSC_TRY, &message));
    CHECK(message.length == 64 && ipmpsc_receiver_held(receiver) == 0);
    memset(buffer, 0, sizeof buffer);
    CHECK_STATUS(IPMPSC_OK, ipmpsc_receive(receiver, buffer, 64, IPMPSC_TRY, &message));
    CHECK(message.payload == buffer && is_filled(buffer, 64, 5));
    ipmpsc_sender_close(sender);
    ipmpsc_receiver_close(receiver);
}

/* ---- Completion ------------------------------------------------------------------------------------------------------ */

static void receiver_ends_with_its_senders(void)
{
    ipmpsc_options options = with(IPMPSC_CREATE, 0, 0);
    options.flags = IPMPSC_END_WITH_SENDERS;
    ipmpsc_receiver *receiver;
    ipmpsc_message message;
    CHECK_STATUS(IPMPSC_OK, ipmpsc_receiver_open(channel, &options, &receiver));
    expect_nothing(receiver); /* There has been no sender yet. */
    ipmpsc_sender *sender = join_sender();
    send_number(sender, 1);
    ipmpsc_sender_close(sender);
    expect_number(receiver, 1);
    CHECK_STATUS(IPMPSC_COMPLETED, ipmpsc_take(receiver, IPMPSC_FOREVER, &message));
    ipmpsc_receiver_close(receiver);
}

static void each_sender_counts_once(void)
{
    ipmpsc_options options = with(IPMPSC_OPEN_OR_CREATE, 0, 0);
    options.flags = IPMPSC_END_WITH_SENDERS;
    ipmpsc_receiver *receiver;
    ipmpsc_message message;
    CHECK_STATUS(IPMPSC_OK, ipmpsc_receiver_open(channel, &options, &receiver));
    ipmpsc_sender_close(join_sender());
    ipmpsc_receiver_close(receiver); /* Leaves before it has seen the end. */
    CHECK_STATUS(IPMPSC_OK, ipmpsc_receiver_open(channel, &options, &receiver));
    CHECK_STATUS(IPMPSC_COMPLETED, ipmpsc_take(receiver, IPMPSC_FOREVER, &message));
    ipmpsc_receiver_close(receiver);
    CHECK_STATUS(IPMPSC_OK, ipmpsc_receiver_open(channel, &options, &receiver));
    expect_nothing(receiver);
    ipmpsc_sender_close(join_sender());
    CHECK_STATUS(IPMPSC_COMPLETED, ipmpsc_take(receiver, IPMPSC_FOREVER, &message));
    ipmpsc_sender_close(join_sender()); /* Joins after the end that is reported. */
    ipmpsc_receiver_close(receiver);
    CHECK_STATUS(IPMPSC_OK, ipmpsc_receiver_open(channel, &options, &receiver));
    CHECK_STATUS(IPMPSC_COMPLETED, ipmpsc_take(receiver, IPMPSC_FOREVER, &message));
    ipmpsc_receiver_close(receiver);
}

static void sender_may_end_without_receiver(void)
{
    ipmpsc_receiver_close(create(64, 1));
    ipmpsc_options options = with(IPMPSC_OPEN, 0, 0);
    options.flags = IPMPSC_FAIL_WITHOUT_RECEIVER;
    ipmpsc_sender *sender;
    CHECK_STATUS(IPMPSC_OK, ipmpsc_sender_open(channel, &options, &sender));
    CHECK(!ipmpsc_sender_has_receiver(sender));
    send_number(sender, 1);
    send_number(sender, 2);
    CHECK_STATUS(IPMPSC_NO_RECEIVER, ipmpsc_send(sender, 1, 1, "3", 1, IPMPSC_FOREVER));
    ipmpsc_sender_close(sender);
}

static void access_is_exact_and_owners_are_checked(void)
{
    static const char *const wrong[] = {"", "Everybody", "Group:", "OwnerOnly:x", "Group:1,Group:2"};
    ipmpsc_options options = {.size = sizeof options, .mode = IPMPSC_CREATE, .capacity = 256, .slots = 2};
    ipmpsc_receiver *receiver;
    for (size_t index = 0; index < sizeof wrong / sizeof wrong[0]; index++) {
        options.access = wrong[index];
        CHECK_STATUS(IPMPSC_MISUSE, ipmpsc_receiver_open(channel, &options, &receiver));
    }

    options.access = "Group:no such group";
    CHECK_STATUS(IPMPSC_FILE, ipmpsc_receiver_open(channel, &options, &receiver));
    CHECK(access(channel, F_OK) != 0);

    char group[32];
    (void)snprintf(group, sizeof group, " observers : %u ", (unsigned)getegid());
    options.access = group;
    (void)umask(077);
    CHECK_STATUS(IPMPSC_OK, ipmpsc_receiver_open(channel, &options, &receiver));
    struct stat status;
    CHECK(stat(channel, &status) == 0 && (status.st_mode & 07777) == 0640 && status.st_gid == getegid());
    ipmpsc_receiver_close(receiver);

    ipmpsc_observer *observer;
    CHECK_STATUS(IPMPSC_MISUSE, ipmpsc_observer_open(channel, "Self,", &observer));
    CHECK_STATUS(IPMPSC_MISUSE, ipmpsc_observer_open(channel, "somebody", &observer));
    CHECK_STATUS(IPMPSC_FILE, ipmpsc_observer_open(channel, "User:4711", &observer));
    CHECK_STATUS(IPMPSC_FILE, ipmpsc_observer_open(channel, "User:nobody, MemberOf:daemon", &observer));
    CHECK_STATUS(IPMPSC_FILE, ipmpsc_delete(channel, false, "User:4711"));
    CHECK_STATUS(IPMPSC_OK, ipmpsc_observer_open(channel, "User:4711, Self", &observer));
    ipmpsc_observer_close(observer);
    if (geteuid() != 0) {
        return; /* Only root can change the owner of a file. */
    }

    CHECK_STATUS(IPMPSC_OK, ipmpsc_observer_open(channel, "MemberOf:root", &observer));
    ipmpsc_observer_close(observer);
    CHECK(chown(channel, 4711, 4712) == 0);
    ipmpsc_sender *sender;
    options = (ipmpsc_options){.size = sizeof options};
    CHECK_STATUS(IPMPSC_FILE, ipmpsc_sender_open(channel, &options, &sender));
    CHECK(strstr(ipmpsc_last_error(), "belongs to user 4711") != NULL && strstr(ipmpsc_last_error(), "trusts Self") != NULL);
    options.trusted_owners = "root, user:4711";
    CHECK_STATUS(IPMPSC_OK, ipmpsc_sender_open(channel, &options, &sender));
    ipmpsc_sender_close(sender);
    CHECK_STATUS(IPMPSC_OK, ipmpsc_delete(channel, false, "User:4711"));
}

static void delete_asks_the_directory_first(void)
{
    if (geteuid() != 0) {
        return; /* Only root can become another user. */
    }

    ipmpsc_receiver *receiver = create(256, 2);
    CHECK(chmod(directory, 0755) == 0);
    CHECK(seteuid(4711) == 0);
    CHECK_STATUS(IPMPSC_FILE, ipmpsc_delete(channel, true, "Root")); /* Its mode is 0600. */
    CHECK(seteuid(0) == 0 && chmod(channel, 0666) == 0 && seteuid(4711) == 0);
    CHECK_STATUS(IPMPSC_FILE, ipmpsc_delete(channel, true, "Root"));
    CHECK(strstr(ipmpsc_last_error(), "does not let user 4711") != NULL);
    CHECK(seteuid(0) == 0 && chmod(directory, 01777) == 0 && seteuid(4711) == 0);
    CHECK_STATUS(IPMPSC_FILE, ipmpsc_delete(channel, true, "Root"));
    CHECK(strstr(ipmpsc_last_error(), "sticky") != NULL);
    CHECK(seteuid(0) == 0);
    CHECK(!is_retired(&receiver->segment));
    CHECK(chmod(directory, 0777) == 0 && seteuid(4711) == 0);
    CHECK_STATUS(IPMPSC_OK, ipmpsc_delete(channel, true, "Root"));
    CHECK(seteuid(0) == 0);
    CHECK(is_retired(&receiver->segment));
    ipmpsc_receiver_close(receiver);
}

static void deleted_channel_is_received_to_its_end(void)
{
    ipmpsc_receiver *receiver = create(256, 2);
    ipmpsc_sender *sender = join_sender();
    ipmpsc_message first;
    ipmpsc_message second;
    send_number(sender, 1);
    send_number(sender, 2);
    CHECK_STATUS(IPMPSC_OK, ipmpsc_take(receiver, IPMPSC_TRY, &first));
    CHECK_STATUS(IPMPSC_IN_USE, ipmpsc_delete(channel, false, NULL));
    CHECK_STATUS(IPMPSC_OK, ipmpsc_delete(channel, true, NULL));
    CHECK(access(channel, F_OK) != 0);
    CHECK_STATUS(IPMPSC_RETIRED, ipmpsc_send(sender, 1, 1, "3", 1, IPMPSC_FOREVER));
    CHECK_STATUS(IPMPSC_OK, ipmpsc_take(receiver, IPMPSC_TRY, &second));
    CHECK(number_of(&second) == 2);
    CHECK_STATUS(IPMPSC_RETIRED, ipmpsc_take(receiver, IPMPSC_FOREVER, &second));

    ipmpsc_rewind(receiver); /* The held messages come again, and then the seal. */
    CHECK_STATUS(IPMPSC_OK, ipmpsc_take(receiver, IPMPSC_TRY, &first));
    CHECK_STATUS(IPMPSC_OK, ipmpsc_take(receiver, IPMPSC_TRY, &second));
    CHECK(number_of(&first) == 1 && number_of(&second) == 2);
    CHECK_STATUS(IPMPSC_RETIRED, ipmpsc_take(receiver, IPMPSC_TRY, &second));

    /* A sender that read the mark before it was set finds no space, even when the held messages are released. */
    CHECK_STATUS(IPMPSC_OK, ipmpsc_release(receiver, first.position));
    CHECK(load_tail(&receiver->segment) - load_head(&receiver->segment) == 256);
    CHECK_STATUS(IPMPSC_RETIRED, ipmpsc_take(receiver, IPMPSC_FOREVER, &second));
    ipmpsc_sender_close(sender);
    ipmpsc_receiver_close(receiver);
    CHECK_STATUS(IPMPSC_NOT_FOUND, ipmpsc_delete(channel, false, NULL));
}

/* ---- Opening --------------------------------------------------------------------------------------------------------- */

static void each_place_is_taken_once(void)
{
    ipmpsc_receiver *receiver = create(64, 2);
    ipmpsc_options options = with(IPMPSC_OPEN, 0, 0);
    ipmpsc_receiver *second;
    CHECK_STATUS(IPMPSC_IN_USE, ipmpsc_receiver_open(channel, &options, &second));
    CHECK(strstr(ipmpsc_last_error(), "unit") != NULL);
    ipmpsc_sender *senders[2] = {join_sender(), join_sender()};
    ipmpsc_sender *third;
    CHECK_STATUS(IPMPSC_IN_USE, ipmpsc_sender_open(channel, NULL, &third));
    ipmpsc_sender_close(senders[0]);
    senders[0] = join_sender();
    ipmpsc_sender_close(senders[0]);
    ipmpsc_sender_close(senders[1]);
    ipmpsc_receiver_close(receiver);
}

static void slot_describes_its_current_sender_only(void)
{
    ipmpsc_receiver *receiver = create(1024, 1);
    ipmpsc_sender *sender = join_sender();
    send_number(sender, 1);
    ipmpsc_sender_close(sender);
    sender = join_sender();
    ipmpsc_observer *observer;
    ipmpsc_slot_info info;
    CHECK_STATUS(IPMPSC_OK, ipmpsc_observer_open(channel, NULL, &observer));
    CHECK_STATUS(IPMPSC_OK, ipmpsc_observer_slot(observer, 0, &info));
    CHECK(info.attached && info.messages_sent == 0 && info.bytes_sent == 0 && !info.has_claim && info.pid == getpid());
    send_number(sender, 1);
    CHECK_STATUS(IPMPSC_OK, ipmpsc_observer_slot(observer, 0, &info));
    CHECK(info.messages_sent == 1 && info.bytes_sent == 8 && info.has_claim && info.claim_length == 32);
    ipmpsc_count_dropped(sender);
    CHECK_STATUS(IPMPSC_OK, ipmpsc_observer_slot(observer, 0, &info));
    ipmpsc_info whole;
    ipmpsc_observer_inspect(observer, &whole);
    CHECK(info.dropped == 1 && whole.dropped_by_senders == 1 && whole.dropped_by_receiver == 0);
    CHECK_STATUS(IPMPSC_MISUSE, ipmpsc_observer_slot(observer, 1, &info));
    ipmpsc_observer_close(observer);
    ipmpsc_sender_close(sender);
    ipmpsc_receiver_close(receiver);
}

static void other_files_are_refused(void)
{
    char other[128];
    ipmpsc_sender *sender;
    ipmpsc_observer *observer;
    CHECK_STATUS(IPMPSC_NOT_FOUND, ipmpsc_sender_open(channel, NULL, &sender));
    CHECK_STATUS(IPMPSC_NOT_FOUND, ipmpsc_observer_open(channel, NULL, &observer));
    CHECK_STATUS(IPMPSC_FILE, ipmpsc_observer_open(directory, NULL, &observer));
    ipmpsc_receiver *receiver = create(64, 1);
    ipmpsc_options options = with(IPMPSC_CREATE, 0, 0);
    CHECK_STATUS(IPMPSC_EXISTS, ipmpsc_sender_open(channel, &options, &sender));
    (void)snprintf(other, sizeof other, "%s/link", directory);
    CHECK(symlink(channel, other) == 0);
    CHECK_STATUS(IPMPSC_FILE, ipmpsc_sender_open(other, NULL, &sender));
    CHECK(unlink(other) == 0);
    FILE *file = fopen(other, "w");
    CHECK(file != NULL && fputs("too short", file) >= 0 && fclose(file) == 0);
    CHECK_STATUS(IPMPSC_MISMATCH, ipmpsc_sender_open(other, NULL, &sender));
    CHECK(truncate(other, 8192) == 0);
    CHECK_STATUS(IPMPSC_MISMATCH, ipmpsc_sender_open(other, NULL, &sender));
    (void)unlink(other);
    ipmpsc_receiver_close(receiver);
}

static void every_field_of_the_header_is_checked(void)
{
    static const struct {
        size_t offset;
        uint64_t value;
        ipmpsc_status expected;
    } cases[] = {
        {AT_MAGIC, 1, IPMPSC_MISMATCH},
        {AT_LAYOUT_VERSION, UINT64_C(2) << 32 | 99, IPMPSC_MISMATCH},
        {AT_LAYOUT_VERSION, UINT64_C(0) << 32 | LAYOUT_VERSION, IPMPSC_CORRUPT},
        {AT_LAYOUT_VERSION, UINT64_C(4097) << 32 | LAYOUT_VERSION, IPMPSC_CORRUPT},
        {AT_CAPACITY, 65, IPMPSC_CORRUPT},
        {AT_CAPACITY, 128, IPMPSC_CORRUPT},
        {AT_CAPACITY, UINT64_MAX, IPMPSC_CORRUPT},
        {AT_COOKIE, 3, IPMPSC_CORRUPT},
        {AT_SLOTS_OFFSET, 4000, IPMPSC_CORRUPT},
        {AT_SCHEMA_OFFSET, 1, IPMPSC_CORRUPT},
        {AT_SCHEMA_LENGTH, UINT64_MAX, IPMPSC_CORRUPT},
        {AT_SCHEMA_LENGTH, 4000, IPMPSC_CORRUPT},
        {AT_DATA_OFFSET, 1, IPMPSC_CORRUPT},
        {AT_SEGMENT_SIZE, 1, IPMPSC_CORRUPT},
        {AT_HEAD, 8, IPMPSC_CORRUPT},
        {AT_HEAD, 64, IPMPSC_CORRUPT},
        {AT_HEAD, UINT64_C(1) << 63, IPMPSC_CORRUPT},
        {AT_TAIL, 80, IPMPSC_CORRUPT},
        {AT_TAIL, 9, IPMPSC_CORRUPT},
        {AT_WAKE_UP, 4, IPMPSC_MISMATCH},
    };
    ipmpsc_receiver *receiver = create(64, 2);
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        uint64_t before = read64(&receiver->segment, cases[index].offset);
        ipmpsc_sender *sender;
        write64(&receiver->segment, cases[index].offset, cases[index].value);
        if (!CHECK_STATUS(cases[index].expected, ipmpsc_sender_open(channel, NULL, &sender))) {
            printf("  case %zu\n", index);
        }

        write64(&receiver->segment, cases[index].offset, before);
    }

    ipmpsc_sender_close(join_sender());
    ipmpsc_receiver_close(receiver);
}

static void schemas_are_compared(void)
{
    static const char one[] = "message A id 1 version 1 size 8\n  X i32 @0\n  Y i32 @4\n";
    static const char two[] = "message A id 1 version 2 size 24\n  X i32 @0\n  Y i32 @4\n  Z P(+)[] @8 since 2\nnested P version 1 size 16\n  U utf8 @0\n  V i64 @8\n";
#define HOLDER "message A id 1 version 1 size 12\n  P P(+) @0\n  E E(u8) @8\n"
    static const char nested[] = HOLDER "nested P version 1 size 4\n  U i32 @0\nenum E u8\n  Buy = 1\n  Sell = 2\n";
    static const char grown[] = HOLDER "nested P version 2 size 8\n  U i32 @0\n  V i32 @4 since 2\nenum E u8\n  Hold = 0\n  Buy = 1\n  Sell = 2\n";
    static const char inside[] = HOLDER "nested P version 1 size 4\n  U u32 @0\nenum E u8\n  Buy = 1\n  Sell = 2\n";
    static const char member[] = HOLDER "nested P version 1 size 4\n  U i32 @0\nenum E u8\n  Buy = 2\n  Sell = 1\n";
    static const char wrong[] = "message A id 1 version 1 size 8\n  X i32 @0\n  Y u32 @4\n";
    static const char renamed[] = "message B id 1 version 1 size 8\n  X i32 @0\n  Y i32 @4\n";
    static const char more[] = "message A id 1 version 1 size 8\n  X i32 @0\n  Y i32 @4\nmessage B id 2 version 1 size 1\n";
    static const struct {
        const char *theirs;
        const char *ours;
        ipmpsc_status expected;
        const char *difference;
    } cases[] = {
        {one, one, IPMPSC_OK, ""},
        {one, two, IPMPSC_OK, ""},
        {two, one, IPMPSC_OK, ""},
        {one, wrong, IPMPSC_MISMATCH, "In message A it has '  Y i32 @4', this program has '  Y u32 @4'."},
        {nested, grown, IPMPSC_OK, ""},
        {grown, nested, IPMPSC_OK, ""},
        {nested, inside, IPMPSC_MISMATCH, "In message A it has '  U i32 @0', this program has '  U u32 @0'."},
        {nested, member, IPMPSC_MISMATCH, "In message A it has '  Buy = 1', this program has '  Buy = 2'."},
        {one, renamed, IPMPSC_MISMATCH, "message B"},
        {one, more, IPMPSC_MISMATCH, "does not carry 'message B"},
        {more, one, IPMPSC_MISMATCH, "does not know"},
        {"", one, IPMPSC_MISMATCH, "does not carry"},
        {one, "", IPMPSC_MISMATCH, "does not know"},
        {"", "", IPMPSC_OK, ""},
        {"format F type A fingerprint 0\n", "format F type A fingerprint 0\n", IPMPSC_OK, ""},
        {"format F type A fingerprint 0\n", "format F type A fingerprint 1\n", IPMPSC_MISMATCH, "fingerprint 1"},
        {"format F type A fingerprint 0\n", "", IPMPSC_MISMATCH, "format F"},
        {one, "format F type A fingerprint 0\n", IPMPSC_MISMATCH, "format F"},
    };
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        ipmpsc_status status = ipmpsc_compare_schemas(
            cases[index].theirs, strlen(cases[index].theirs), cases[index].ours, strlen(cases[index].ours));
        CHECK_STATUS(cases[index].expected, status);
        CHECK(status == IPMPSC_OK || strstr(ipmpsc_last_error(), cases[index].difference) != NULL);
    }

    ipmpsc_options options = with(IPMPSC_CREATE, 64, 1);
    options.schema = one;
    ipmpsc_receiver *receiver;
    ipmpsc_sender *sender;
    size_t length;
    CHECK_STATUS(IPMPSC_OK, ipmpsc_receiver_open(channel, &options, &receiver));
    options = with(IPMPSC_OPEN, 0, 0);
    options.schema = two;
    CHECK_STATUS(IPMPSC_OK, ipmpsc_sender_open(channel, &options, &sender));
    CHECK(memcmp(ipmpsc_sender_schema(sender, &length), one, sizeof one - 1) == 0 && length == sizeof one - 1);
    ipmpsc_sender_close(sender);
    options.schema = wrong;
    CHECK_STATUS(IPMPSC_MISMATCH, ipmpsc_sender_open(channel, &options, &sender));
    options.schema = NULL;
    options.capacity = 128;
    CHECK_STATUS(IPMPSC_MISMATCH, ipmpsc_sender_open(channel, &options, &sender));
    ipmpsc_receiver_close(receiver);
}

static void join_or_create(void *argument)
{
    ipmpsc_options options = with(IPMPSC_OPEN_OR_CREATE, 64, 4);
    ipmpsc_receiver *receiver;
    (void)argument;
    if (ipmpsc_receiver_open(channel, &options, &receiver) != IPMPSC_OK) {
        _exit(2);
    }
}

static size_t count_files(void)
{
    size_t count = 0;
    DIR *entries = opendir(directory);
    while (entries != NULL && readdir(entries) != NULL) {
        count++;
    }

    if (entries != NULL) {
        (void)closedir(entries);
    }

    return count - 2;
}

static void creator_may_die_at_any_step(void)
{
    static const char *const steps[] = {
        "create.mode", "create.lock", "create.allocate", "create.map", "create.initialise", "create.join", "create.publish",
        "create.unlink-temporary", "create.end-naming", "open.lock", "open.recheck",
    };
    for (size_t index = 0; index < sizeof steps / sizeof steps[0]; index++) {
        char order[64];
        (void)snprintf(order, sizeof order, "%s:kill:1", steps[index]);
        bool opens = strncmp(steps[index], "open", 4) == 0;
        if (opens) {
            ipmpsc_receiver_close(create(64, 4));
        }

        CHECK(was_killed(in_child(order, join_or_create, NULL)));
        ipmpsc_options options = with(IPMPSC_OPEN_OR_CREATE, 64, 4);
        ipmpsc_receiver *receiver;
        if (CHECK_STATUS(IPMPSC_OK, ipmpsc_receiver_open(channel, &options, &receiver))) {
            ipmpsc_sender *sender = join_sender();
            send_number(sender, 1);
            expect_number(receiver, 1);
            ipmpsc_sender_close(sender);
            ipmpsc_receiver_close(receiver);
        }

        CHECK_STATUS(IPMPSC_OK, ipmpsc_delete(channel, false, NULL));

        /* A creator that died while its file had two names left one of them, for the next creator to remove. */
        ipmpsc_receiver_close(create(64, 4));
        CHECK_STATUS(IPMPSC_OK, ipmpsc_delete(channel, false, NULL));
        if (!CHECK(count_files() == 0)) {
            printf("  step %s\n", steps[index]);
        }
    }
}

/* ---- Crashes --------------------------------------------------------------------------------------------------------- */

/* A sender that claims, sends batches and aborts over several laps until it is killed. */
static void send_with(const ipmpsc_options *options, uint64_t count)
{
    ipmpsc_sender *sender;
    if (ipmpsc_sender_open(channel, options, &sender) != IPMPSC_OK) {
        _exit(2);
    }

    for (uint64_t number = 0; number < count; number++) {
        void *place;
        if (number % 3 == 2) {
            if (ipmpsc_claim(sender, 40, 10 * SECOND, &place) != IPMPSC_OK) {
                _exit(3);
            }

            (void)ipmpsc_abort(sender);
        }

        if (number % 5 == 3) {
            if (ipmpsc_claim(sender, 60, 10 * SECOND, &place) != IPMPSC_OK) {
                _exit(3);
            }

            memcpy(place, &number, sizeof number);
            (void)ipmpsc_commit_shorter(sender, 7, 2, sizeof number);
            continue;
        }

        ipmpsc_message messages[2];
        uint64_t numbers[2] = {number, number + 1};
        for (size_t index = 0; index < 2; index++) {
            messages[index] = (ipmpsc_message){.payload = &numbers[index], .length = 8, .id = 7, .version = 2};
        }

        size_t sent = 0;
        size_t batch = number % 4 == 1 && number + 1 < count ? 2 : 1;
        if (ipmpsc_send_batch(sender, messages, batch, 10 * SECOND, &sent) != IPMPSC_OK) {
            _exit(4);
        }

        number += sent - 1;
    }

    ipmpsc_sender_close(sender);
}

static void send_until_killed(void *argument)
{
    send_with(NULL, *(uint64_t *)argument);
}

static void send_traced_until_killed(void *argument)
{
    ipmpsc_options options = {.size = sizeof options, .flags = IPMPSC_TRACE_MESSAGES};
    send_with(&options, *(uint64_t *)argument);
}

static void sender_dies(void (*run)(void *))
{
    static const char *const steps[] = {
        "claim.check-retired", "claim.read-tail", "claim.read-head", "claim.invalidate", "claim.store-length", "claim.store-position", "claim.cas-tail",
        "padding.stamp", "abort.stamp", "shorten.stamp-rest", "batch.stamp", "commit.stamp", "wake.check", "slot.lock", "slot.clear", "leave.clear-claim",
        "leave.unlock",
    };
    for (size_t index = 0; index < sizeof steps / sizeof steps[0]; index++) {
        for (int time = 1; time <= 7; time++) {
            ipmpsc_receiver *receiver = create(256, 3);
            ipmpsc_sender *survivor = join_sender();
            uint64_t count = 14;
            char order[64];
            (void)snprintf(order, sizeof order, "%s:kill:%d", steps[index], time);
            pid_t child = in_child(order, run, &count);

            /* The child's numbers arrive in order, none twice, until it is dead; then the ring works for the others. */
            uint64_t next = 0;
            ipmpsc_message message;
            int status = 0;
            bool ended = false;
            while (!ended) {
                ended = waitpid(child, &status, WNOHANG) == child;
                while (ipmpsc_take(receiver, ended ? IPMPSC_TRY : MILLISECOND, &message) == IPMPSC_OK) {
                    CHECK(number_of(&message) == next);
                    next++;
                    CHECK_STATUS(IPMPSC_OK, ipmpsc_release(receiver, message.position));
                }
            }

            bool killed = WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
            if (!CHECK(killed || (WIFEXITED(status) && WEXITSTATUS(status) == 0)) || !CHECK(killed || next == count) || !CHECK(killed || time > 1)) {
                printf("  %s, next %llu\n", order, (unsigned long long)next);
            }

            for (uint64_t number = 0; number < 40; number++) { /* More than two laps. */
                send_number(survivor, 1000 + number);
                expect_number(receiver, 1000 + number);
            }

            /* Every slot of a dead sender is free again. */
            ipmpsc_sender *others[2] = {join_sender(), join_sender()};
            ipmpsc_sender_close(others[0]);
            ipmpsc_sender_close(others[1]);
            ipmpsc_sender_close(survivor);
            ipmpsc_receiver_close(receiver);
            CHECK_STATUS(IPMPSC_OK, ipmpsc_delete(channel, false, NULL));
        }
    }
}

static void sender_may_die_at_any_step(void)
{
    sender_dies(send_until_killed);
    sender_dies(send_traced_until_killed);
}

static void hold_claim(void *argument)
{
    ipmpsc_sender *sender;
    void *place;
    (void)argument;
    if (ipmpsc_sender_open(channel, NULL, &sender) != IPMPSC_OK || ipmpsc_claim(sender, 8, SECOND, &place) != IPMPSC_OK) {
        _exit(2);
    }

    memset(place, 5, 8);
    (void)ipmpsc_commit(sender, 7, 2); /* Stops right before the stamp, until it is continued. */
    ipmpsc_sender_close(sender);
}

static void paused_sender_keeps_its_claim(void)
{
    ipmpsc_receiver *receiver = create(256, 3);
    ipmpsc_sender *sender = join_sender();
    pid_t child = in_child("commit.stamp:stop:1", hold_claim, NULL);
    int status;
    CHECK(waitpid(child, &status, WUNTRACED) == child && WIFSTOPPED(status));
    send_number(sender, 1);
    ipmpsc_message message;
    CHECK_STATUS(IPMPSC_EMPTY, ipmpsc_take(receiver, 60 * MILLISECOND, &message));
    CHECK(read64(&receiver->segment, AT_BLOCKED_AT) == 0);

    ipmpsc_observer *observer;
    uint64_t position = 0;
    uint64_t number;
    CHECK_STATUS(IPMPSC_OK, ipmpsc_observer_open(channel, NULL, &observer));
    CHECK_STATUS(IPMPSC_OK, ipmpsc_observer_peek(observer, &position, &number, sizeof number, &message)); /* The message behind the claim. */
    CHECK(number == 1 && message.position == 32);
    ipmpsc_observer_close(observer);

    CHECK(kill(child, SIGCONT) == 0);
    expect_number(receiver, UINT64_C(0x0505050505050505));
    expect_number(receiver, 1);
    CHECK(!was_killed(child));
    CHECK(ipmpsc_receiver_recoveries(receiver) == 0);
    ipmpsc_sender_close(sender);
    ipmpsc_receiver_close(receiver);
}

static void send_one(void *length)
{
    ipmpsc_sender *sender;
    uint8_t payload[128] = {0};
    if (ipmpsc_sender_open(channel, NULL, &sender) != IPMPSC_OK
        || ipmpsc_send(sender, 1, 1, payload, *(uint32_t *)length, 20 * SECOND) != IPMPSC_OK) {
        _exit(2);
    }

    _exit(0);
}

static bool dies_at(const char *order, uint32_t length)
{
    return CHECK(was_killed(in_child(order, send_one, &length)));
}

/* A child that stops right before it moves the tail, with its claim in its slot. */
static pid_t stop_before_tail(uint32_t *length)
{
    int status;
    pid_t child = in_child("claim.cas-tail:stop:1", send_one, length);
    CHECK(waitpid(child, &status, WUNTRACED) == child && WIFSTOPPED(status));
    return child;
}

static void gap_ends_where_the_claim_of_its_owner_ends(void)
{
    ipmpsc_receiver *receiver = create(1024, 8);
    ipmpsc_sender *sender = join_sender();
    uint32_t shorter = 16;
    uint32_t longer = 80;

    /* Three senders claim at one position and die. One of them has moved the tail: only its end is a boundary. */
    pid_t first = stop_before_tail(&shorter);
    pid_t second = stop_before_tail(&longer);
    dies_at("commit.stamp:kill:1", 48);
    send_number(sender, 1);
    CHECK(kill(first, SIGKILL) == 0 && was_killed(first));
    CHECK(kill(second, SIGKILL) == 0 && was_killed(second));
    expect_number(receiver, 1);
    CHECK(ipmpsc_receiver_recoveries(receiver) == 1);
    CHECK(load_head(&receiver->segment) == 64 + 32);
    ipmpsc_sender_close(sender);
    ipmpsc_receiver_close(receiver);
}

static void waiting_loser_does_not_hold_up_recovery(void)
{
    ipmpsc_receiver *receiver = create(64, 4);
    uint32_t length = 16;
    pid_t loser = stop_before_tail(&length);
    dies_at("commit.stamp:kill:1", 48); /* It has claimed the whole ring. */
    CHECK(kill(loser, SIGCONT) == 0);
    ipmpsc_message message;
    CHECK_STATUS(IPMPSC_OK, ipmpsc_take(receiver, 10 * SECOND, &message));
    CHECK(message.length == 16 && message.position == 64);
    CHECK(!was_killed(loser));
    ipmpsc_receiver_close(receiver);
}

static void slots_of_the_dead_are_taken_over(void)
{
    ipmpsc_receiver *receiver = create(4096, 2);
    for (int death = 0; death < 6; death++) {
        dies_at("wake.check:kill:1", 8);     /* Sent, and not received. */
        dies_at("claim.cas-tail:kill:1", 8); /* Claimed, but never won. */
    }

    ipmpsc_message message;
    for (int taken = 0; taken < 6; taken++) {
        CHECK_STATUS(IPMPSC_OK, ipmpsc_take(receiver, IPMPSC_TRY, &message));
        CHECK_STATUS(IPMPSC_OK, ipmpsc_release(receiver, message.position));
    }

    /* A gap is evidence: its slot is not reused until head has passed it. */
    dies_at("commit.stamp:kill:1", 8);
    dies_at("commit.stamp:kill:1", 8);
    ipmpsc_sender *sender;
    CHECK_STATUS(IPMPSC_IN_USE, ipmpsc_sender_open(channel, NULL, &sender));
    receiver->next_look = 0;
    CHECK_STATUS(IPMPSC_EMPTY, try_take(receiver, &message));
    CHECK(ipmpsc_receiver_recoveries(receiver) == 2); /* Both in one call, without a pause between the gaps. */
    ipmpsc_sender_close(join_sender());
    ipmpsc_receiver_close(receiver);
}

static void receive_until_killed(void *argument)
{
    ipmpsc_options options = with(IPMPSC_OPEN, 0, 0);
    ipmpsc_receiver *receiver;
    ipmpsc_message messages[3];
    uint64_t *count = argument;
    if (ipmpsc_receiver_open(channel, &options, &receiver) != IPMPSC_OK) {
        _exit(2);
    }

    for (uint64_t number = 0; number < *count; number += 3) {
        for (size_t index = 0; index < 3; index++) {
            if (ipmpsc_take(receiver, 10 * SECOND, &messages[index]) != IPMPSC_OK) {
                _exit(3);
            }
        }

        for (size_t index = 3; index > 0; index--) {
            (void)ipmpsc_release(receiver, messages[index - 1].position);
        }
    }

    _exit(0);
}

static void receiver_may_die_at_any_step(void)
{
    static const char *const steps[] = {"receive.read-stamp", "release.publish-head", "wake.check", "recover.publish-head"};
    for (size_t index = 0; index < sizeof steps / sizeof steps[0]; index++) {
        for (int time = 1; time <= 4; time++) {
            ipmpsc_receiver_close(create(1024, 3));
            ipmpsc_sender *sender = join_sender();
            uint64_t none = 14;
            char order[64];
            send_number(sender, 0);
            CHECK(was_killed(in_child("commit.stamp:kill:1", send_until_killed, &none))); /* A gap, to be recovered. */
            for (uint64_t number = 1; number < 15; number++) {
                send_number(sender, number);
            }

            uint64_t count = 12;
            (void)snprintf(order, sizeof order, "%s:kill:%d", steps[index], time);
            bool killed = was_killed(in_child(order, receive_until_killed, &count));
            CHECK(killed || (strcmp(steps[index], "recover.publish-head") == 0 && time > 1));

            /* The next receiver continues at the first message that was not released, whether the gap is still there or not. */
            ipmpsc_options options = with(IPMPSC_OPEN, 0, 0);
            ipmpsc_receiver *receiver;
            ipmpsc_message message;
            CHECK_STATUS(IPMPSC_OK, ipmpsc_receiver_open(channel, &options, &receiver));
            CHECK_STATUS(IPMPSC_OK, ipmpsc_take(receiver, SECOND, &message));
            uint64_t first = number_of(&message);
            CHECK(first % 3 == 0 && first <= 12);
            CHECK_STATUS(IPMPSC_OK, ipmpsc_release(receiver, message.position));
            for (uint64_t number = first + 1; number < 15; number++) {
                if (!expect_number(receiver, number)) {
                    printf("  %s, first %llu\n", order, (unsigned long long)first);
                    break;
                }
            }

            expect_nothing(receiver);
            ipmpsc_sender_close(sender);
            ipmpsc_receiver_close(receiver);
            CHECK_STATUS(IPMPSC_OK, ipmpsc_delete(channel, false, NULL));
        }
    }
}

static void senders_killed_at_random_leave_no_trace(void)
{
    ipmpsc_receiver *receiver = create(512, 4);
    for (int round = 0; round < 60; round++) {
        pid_t children[3];
        uint64_t count = 100000000;
        for (size_t index = 0; index < 3; index++) {
            children[index] = in_child(NULL, send_until_killed, &count);
        }

        ipmpsc_message message;
        for (int taken = 0; taken < 50 + round * 7; taken++) {
            if (!CHECK_STATUS(IPMPSC_OK, ipmpsc_take(receiver, 10 * SECOND, &message))) {
                break;
            }

            CHECK_STATUS(IPMPSC_OK, ipmpsc_release(receiver, message.position));
        }

        for (size_t index = 0; index < 3; index++) {
            CHECK(kill(children[index], SIGKILL) == 0);
            CHECK(was_killed(children[index]));
        }
    }

    ipmpsc_message message;
    while (ipmpsc_take(receiver, IPMPSC_TRY, &message) == IPMPSC_OK) {
        CHECK_STATUS(IPMPSC_OK, ipmpsc_release(receiver, message.position));
    }

    CHECK(load_head(&receiver->segment) == load_tail(&receiver->segment));
    ipmpsc_receiver_close(receiver);
}

/* ---- Corruption ------------------------------------------------------------------------------------------------------ */

static void corrupt_record_is_skipped(void)
{
    ipmpsc_receiver *receiver = create(1024, 2);
    ipmpsc_sender *sender = join_sender();
    for (uint64_t number = 0; number < 3; number++) {
        send_number(sender, number);
    }

    store_description(&receiver->segment, 32, UINT64_C(0xFFFFFFF0)); /* A length that reaches beyond the ring. */
    expect_number(receiver, 0);
    ipmpsc_message message;
    uint64_t skipped;
    CHECK_STATUS(IPMPSC_CORRUPT, ipmpsc_take(receiver, IPMPSC_FOREVER, &message));
    CHECK_STATUS(IPMPSC_CORRUPT, ipmpsc_take(receiver, IPMPSC_TRY, &message));
    CHECK(strstr(ipmpsc_last_error(), "position 32 ") != NULL);
    CHECK_STATUS(IPMPSC_OK, ipmpsc_skip_corrupt(receiver, &skipped));
    CHECK(skipped == 32);
    expect_number(receiver, 2);
    CHECK_STATUS(IPMPSC_OK, ipmpsc_skip_corrupt(receiver, &skipped));
    CHECK(skipped == 0);

    send_number(sender, 3);
    send_number(sender, 4);
    atomic_store((shared64 *)(void *)record_at(&receiver->segment, 96), 12345); /* A stamp that no sender made. */
    ipmpsc_sender_close(sender);
    CHECK_STATUS(IPMPSC_CORRUPT, ipmpsc_take(receiver, IPMPSC_FOREVER, &message));
    CHECK_STATUS(IPMPSC_OK, ipmpsc_skip_corrupt(receiver, &skipped));
    expect_number(receiver, 4);
    ipmpsc_receiver_close(receiver);
}

static uint64_t next_random(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + 1442695040888963407;
    return *state >> 11;
}

/* Overwrites words anywhere behind the fields that are checked on opening, with nearly valid or random values. */
static void mutate(const struct segment *segment, uint64_t *random)
{
    static const uint64_t values[] = {0, 1, 16, UINT64_MAX, UINT64_C(1) << 63, INT64_MAX, UINT64_C(0x7FFFFFFFFFFFFFF0), 0xFFFFFFFF};
    size_t places = segment->length / 8;
    size_t at = next_random(random) % 4 == 0 ? (size_t)AT_TAIL + next_random(random) % 80 * 8 : 8 * (size_t)(next_random(random) % places);
    switch (next_random(random) % 4) {
    case 0:
        write64(segment, at, values[next_random(random) % 8]);
        break;
    case 1:
        write64(segment, at, read64(segment, at) ^ UINT64_C(1) << next_random(random) % 64);
        break;
    case 2:
        write64(segment, at, load_tail(segment) + (next_random(random) % 9 - 4) * 16);
        break;
    default:
        write64(segment, at, next_random(random) << 11 ^ next_random(random));
        break;
    }
}

static void mutated_segments_crash_no_participant(void)
{
    const char *given = getenv("IPMPSC_SEED");
    uint64_t seed = given == NULL ? (uint64_t)now_ns() : strtoull(given, NULL, 10);
    printf("  seed %llu\n", (unsigned long long)seed);
    uint64_t random = seed;
    for (int round = 0; round < 400; round++) {
        ipmpsc_receiver *receiver = create(256, 3);
        ipmpsc_sender *sender = join_sender();
        ipmpsc_observer *observer;
        CHECK_STATUS(IPMPSC_OK, ipmpsc_observer_open(channel, NULL, &observer));
        for (int call = 0; call < 60; call++) {
            uint8_t buffer[256];
            ipmpsc_message message;
            uint64_t position = next_random(&random) % 3 == 0 ? next_random(&random) : 0;
            uint64_t skipped;
            ipmpsc_info info;
            ipmpsc_slot_info slot;
            if (next_random(&random) % 3 == 0) {
                mutate(&receiver->segment, &random);
            }

            switch (next_random(&random) % 6) {
            case 0:
            case 1:
                (void)ipmpsc_send(sender, 1, 1, buffer, (uint32_t)(next_random(&random) % 100), IPMPSC_TRY);
                break;
            case 2:
                if (ipmpsc_take(receiver, IPMPSC_TRY, &message) == IPMPSC_OK) {
                    uint8_t sum = 0;
                    for (uint32_t at = 0; at < message.length; at++) {
                        sum ^= ((const uint8_t *)message.payload)[at];
                    }

                    buffer[0] = sum;
                    (void)ipmpsc_release(receiver, message.position);
                }

                break;
            case 3:
                (void)ipmpsc_skip_corrupt(receiver, &skipped);
                break;
            case 4:
                for (int peeks = 0; peeks < 40 && ipmpsc_observer_peek(observer, &position, buffer, sizeof buffer, &message) == IPMPSC_OK; peeks++) {
                    (void)message;
                }

                break;
            default:
                ipmpsc_observer_inspect(observer, &info);
                (void)ipmpsc_observer_slot(observer, 1, &slot);
                ipmpsc_sender_close(sender);
                if (ipmpsc_sender_open(channel, NULL, &sender) != IPMPSC_OK) {
                    call = 60;
                }

                break;
            }
        }

        ipmpsc_observer_close(observer);
        ipmpsc_sender_close(sender);
        ipmpsc_receiver_close(receiver);
        (void)unlink(channel);
    }
}

/* ---- Threads --------------------------------------------------------------------------------------------------------- */

/* Lets a sender use the receiver's mapping, so that ThreadSanitizer sees both sides of each word. */
static void share_mapping(struct segment *segment, const struct segment *of)
{
    (void)munmap(segment->base, segment->length);
    segment->base = of->base;
    segment->data = of->data;
}

struct stream {
    ipmpsc_sender *sender;
    uint64_t id;
    uint64_t count;
};

static void *send_stream(void *argument)
{
    const struct stream *stream = argument;
    for (uint64_t number = 0; number < stream->count; number++) {
        uint32_t length = 16 + (uint32_t)(number * 7 % 90);
        void *place;
        if (ipmpsc_claim(stream->sender, length, 60 * SECOND, &place) != IPMPSC_OK) {
            return NULL;
        }

        memcpy(place, &stream->id, 8);
        memcpy((char *)place + 8, &number, 8);
        fill((char *)place + 16, length - 16, stream->id << 32 | number);
        (void)ipmpsc_commit(stream->sender, (uint16_t)stream->id, 1);
    }

    return NULL;
}

static void threads_send_in_order(void)
{
    enum { THREADS = 3 };
    const uint64_t count = 30000;
    ipmpsc_receiver *receiver = create(4096, THREADS);
    struct stream streams[THREADS];
    pthread_t threads[THREADS];
    for (uint64_t index = 0; index < THREADS; index++) {
        streams[index] = (struct stream){join_sender(), index, count};
        share_mapping(&streams[index].sender->segment, &receiver->segment);
    }

    for (size_t index = 0; index < THREADS; index++) {
        CHECK(pthread_create(&threads[index], NULL, send_stream, &streams[index]) == 0);
    }

    uint64_t next[THREADS] = {0};
    ipmpsc_message held[4];
    size_t holding = 0;
    for (uint64_t taken = 0; taken < THREADS * count; taken++) {
        ipmpsc_message *message = &held[holding];
        if (!CHECK_STATUS(IPMPSC_OK, ipmpsc_take(receiver, 60 * SECOND, message))) {
            break;
        }

        uint64_t id;
        uint64_t number;
        memcpy(&id, message->payload, 8);
        memcpy(&number, (const char *)message->payload + 8, 8);
        if (!CHECK(id < THREADS && number == next[id] && message->id == id)
            || !CHECK(is_filled((const char *)message->payload + 16, message->length - 16, id << 32 | number))) {
            break;
        }

        next[id]++;
        holding++;
        if (holding == 4 || taken + 1 == THREADS * count) { /* Released in pairs, in reversed order. */
            for (size_t index = 0; index < holding; index++) {
                CHECK_STATUS(IPMPSC_OK, ipmpsc_release(receiver, held[(index ^ 1) < holding ? index ^ 1 : index].position));
            }

            holding = 0;
        }
    }

    for (size_t index = 0; index < THREADS; index++) {
        (void)pthread_join(threads[index], NULL);
        streams[index].sender->segment.base = NULL; /* The receiver unmaps it. */
        close_segment(&streams[index].sender->segment);
        free(streams[index].sender);
    }

    expect_nothing(receiver);
    ipmpsc_receiver_close(receiver);
}

static void *interrupt_receiver(void *argument)
{
    while ((read32(&((ipmpsc_receiver *)argument)->segment, AT_RECEIVER_SIGNAL) & 1) == 0) {
        pause_briefly();
    }

    ipmpsc_receiver_interrupt(argument);
    return NULL;
}

static void *interrupt_sender(void *argument)
{
    while ((read32(&((ipmpsc_sender *)argument)->segment, AT_SPACE_SIGNAL) & 1) == 0) {
        pause_briefly();
    }

    ipmpsc_sender_interrupt(argument);
    return NULL;
}

static void waits_are_interrupted(void)
{
    ipmpsc_receiver *receiver = create(64, 2);
    ipmpsc_sender *sender = join_sender();
    ipmpsc_message message;
    pthread_t thread;
    CHECK(pthread_create(&thread, NULL, interrupt_receiver, receiver) == 0);
    CHECK_STATUS(IPMPSC_INTERRUPTED, ipmpsc_take(receiver, IPMPSC_FOREVER, &message));
    (void)pthread_join(thread, NULL);
    send_number(sender, 1);
    send_number(sender, 2);
    CHECK(pthread_create(&thread, NULL, interrupt_sender, sender) == 0);
    CHECK_STATUS(IPMPSC_INTERRUPTED, ipmpsc_send(sender, 1, 1, "3", 1, IPMPSC_FOREVER));
    (void)pthread_join(thread, NULL);
    expect_number(receiver, 1);
    expect_number(receiver, 2);
    expect_nothing(receiver);
    ipmpsc_sender_close(sender);
    ipmpsc_receiver_close(receiver);
}

static void *send_after_sleep(void *argument)
{
    ipmpsc_sender *sender = argument;
    for (uint64_t number = 0; number < 200; number++) {
        while (number % 2 == 0 && (read32(&sender->segment, AT_RECEIVER_SIGNAL) & 1) == 0) {
            pause_briefly();
        }

        (void)ipmpsc_send(sender, 7, 2, &number, sizeof number, IPMPSC_FOREVER);
    }

    return NULL;
}

static void sleeper_is_woken(void)
{
    ipmpsc_receiver *receiver = create(1024, 2);
    ipmpsc_sender *sender = join_sender();
    receiver->budget.time = 0; /* It sleeps at once. */
    pthread_t thread;
    CHECK(pthread_create(&thread, NULL, send_after_sleep, sender) == 0);
    for (uint64_t number = 0; number < 200; number++) {
        expect_number(receiver, number);
    }

    (void)pthread_join(thread, NULL);
    ipmpsc_sender_close(sender);
    ipmpsc_receiver_close(receiver);
}

static void large_message_does_not_starve(void)
{
    ipmpsc_receiver *receiver = create(1024, 3);
    ipmpsc_sender *small = join_sender();
    ipmpsc_sender *large = join_sender();
    uint64_t number = 0;
    void *place;
    bool claimed = false;
    bool asked = false;

    /* Small messages take all free space. After a lap the large one asks for priority, and the senders of small ones hold back. */
    for (int round = 0; round < 10000 && !claimed; round++) {
        while (ipmpsc_send(small, 1, 1, &number, sizeof number, IPMPSC_TRY) == IPMPSC_OK) {
            number++;
        }

        claimed = ipmpsc_claim(large, 900, IPMPSC_TRY, &place) == IPMPSC_OK;
        asked = asked || (load_state(&large->segment) & STATE_PRIORITY) == own_priority(large);
        ipmpsc_message message;
        if (!claimed && ipmpsc_take(receiver, IPMPSC_TRY, &message) == IPMPSC_OK) {
            CHECK_STATUS(IPMPSC_OK, ipmpsc_release(receiver, message.position));
        }
    }

    CHECK(claimed && asked);
    CHECK(load_state(&large->segment) == 0); /* The priority ended with the claim. */
    ipmpsc_sender_close(large);
    ipmpsc_sender_close(small);
    ipmpsc_receiver_close(receiver);
}

static const struct {
    const char *name;
    void (*run)(void);
} tests[] = {
#define TEST(name) {#name, name}
    TEST(messages_of_every_length_arrive),
    TEST(full_ring_refuses_until_space_is_released),
    TEST(misuse_is_reported),
    TEST(batches_arrive_in_order),
    TEST(messages_are_committed_shorter_than_claimed),
    TEST(messages_carry_the_trace_that_is_set),
    TEST(longest_message_leaves_room_for_its_trailer),
    TEST(batches_have_a_trailer_for_each_message),
    TEST(space_returns_when_everything_before_it_is_released),
    TEST(held_messages_come_again),
    TEST(receive_leaves_what_does_not_fit),
    TEST(receiver_ends_with_its_senders),
    TEST(each_sender_counts_once),
    TEST(sender_may_end_without_receiver),
    TEST(access_is_exact_and_owners_are_checked),
    TEST(delete_asks_the_directory_first),
    TEST(deleted_channel_is_received_to_its_end),
    TEST(each_place_is_taken_once),
    TEST(slot_describes_its_current_sender_only),
    TEST(other_files_are_refused),
    TEST(every_field_of_the_header_is_checked),
    TEST(schemas_are_compared),
    TEST(creator_may_die_at_any_step),
    TEST(sender_may_die_at_any_step),
    TEST(paused_sender_keeps_its_claim),
    TEST(gap_ends_where_the_claim_of_its_owner_ends),
    TEST(waiting_loser_does_not_hold_up_recovery),
    TEST(slots_of_the_dead_are_taken_over),
    TEST(receiver_may_die_at_any_step),
    TEST(senders_killed_at_random_leave_no_trace),
    TEST(corrupt_record_is_skipped),
    TEST(mutated_segments_crash_no_participant),
    TEST(threads_send_in_order),
    TEST(waits_are_interrupted),
    TEST(sleeper_is_woken),
    TEST(large_message_does_not_starve),
};

/* Runs every test, or those whose names contain one of the arguments. */
int main(int count, char **words)
{
    int passed = 0;
    int failed = 0;
    for (size_t index = 0; index < sizeof tests / sizeof tests[0]; index++) {
        bool wanted = count < 2;
        for (int word = 1; word < count; word++) {
            wanted = wanted || strstr(tests[index].name, words[word]) != NULL;
        }

        if (!wanted) {
            continue;
        }

        (void)snprintf(directory, sizeof directory, "/dev/shm/ipmpsc-unit-XXXXXX");
        if (mkdtemp(directory) == NULL) {
            perror("mkdtemp");
            return 2;
        }

        (void)snprintf(channel, sizeof channel, "%s/channel", directory);
        failures = 0;
        (void)alarm(120); /* A test that hangs fails. */
        tests[index].run();
        printf("%s %s\n", failures == 0 ? "ok    " : "FAILED", tests[index].name);
        (void)fflush(stdout);
        passed += failures == 0;
        failed += failures != 0;
        (void)unlink(channel);
        (void)rmdir(directory);
    }

    printf("%d passed, %d failed\n", passed, failed);
    return failed == 0 ? 0 : 1;
}
