/*
 * ipmpsc.h - IpMpsc channels for C11 on Linux, and for every language that can call C.
 *
 * A channel is a file in memory that any number of senders and one receiver map. Its bytes are described in
 * docs/shared-layout.md, the steps that participants take in docs/protocol.md. This library takes the same steps as the
 * .NET library: senders and receivers of both languages share a channel.
 *
 * Threads. A sender, a receiver or an observer is used by one thread at a time. Different ones are independent, also
 * within one process: give each thread that sends a sender of its own. ipmpsc_sender_interrupt and
 * ipmpsc_receiver_interrupt may be called by any thread, and in a signal handler, while the object is open.
 *
 * Fork. A child that is forked and executes no program shares its parent's file locks: the parent counts as alive until
 * the child ends, too. Open channels after the fork. Programs that are executed inherit nothing.
 *
 * Owners. The owner of a file can truncate it, which ends every process that has it mapped, so only files of trusted owners
 * are opened. They are a list such as "Self, Root, User:feed, MemberOf:market", names or numbers; NULL is "Self". A group
 * lets its members in with ipmpsc_options.access: "Group:market" to take part, "Observers:market" only to look.
 *
 * Trust. Nothing that other processes write into the file makes this library access memory outside of its mapping. A
 * record that no sender can have made is IPMPSC_CORRUPT. Payload bytes are shared memory: a process that misbehaves can
 * change them while they are read, so copy a length before you check it. Nothing protects against another program
 * truncating the file: the kernel then ends every process that has it mapped.
 */
#ifndef IPMPSC_H
#define IPMPSC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#ifndef IPMPSC_API
#define IPMPSC_API __attribute__((visibility("default")))
#endif

/** How a call ended. Every value but IPMPSC_OK leaves a sentence in ipmpsc_last_error(). */
typedef enum ipmpsc_status {
    IPMPSC_OK = 0,
    IPMPSC_EMPTY = 1,        /**< There is no message, or the timeout passed before one came. */
    IPMPSC_FULL = 2,         /**< There is no room, or the timeout passed before there was. */
    IPMPSC_RETIRED = 3,      /**< The channel was deleted or replaced. Open it anew. */
    IPMPSC_COMPLETED = 4,    /**< Every sender has left and everything was received (IPMPSC_END_WITH_SENDERS). */
    IPMPSC_NO_RECEIVER = 5,  /**< There is no room and no receiver to make some (IPMPSC_FAIL_WITHOUT_RECEIVER). */
    IPMPSC_TOO_LARGE = 6,    /**< The message is longer than the ring takes, or than the buffer that was given. */
    IPMPSC_CORRUPT = 7,      /**< Another program wrote into the file: what stands there, no participant can have made. */
    IPMPSC_INTERRUPTED = 8,  /**< The wait was ended by ipmpsc_..._interrupt. */
    IPMPSC_NOT_FOUND = 9,    /**< There is no channel of that name. */
    IPMPSC_EXISTS = 10,      /**< There is a channel of that name already (IPMPSC_CREATE). */
    IPMPSC_IN_USE = 11,      /**< The receiver's place, or every sender slot, is taken. */
    IPMPSC_MISMATCH = 12,    /**< The channel is not what was asked for: schema, capacity, slots, layout or wake-up. */
    IPMPSC_FILE = 13,        /**< The system refuses something: permissions, space, the kind of file system. */
    IPMPSC_MISUSE = 14,      /**< The caller made a mistake, such as a second claim before the first one has ended. */
    IPMPSC_NO_MEMORY = 15    /**< The process has no memory left. */
} ipmpsc_status;

/** What to do about a channel that exists, or does not. */
typedef enum ipmpsc_mode {
    IPMPSC_OPEN = 0,           /**< Open an existing channel. */
    IPMPSC_CREATE = 1,         /**< Make a new channel; fail with IPMPSC_EXISTS if there is one. */
    IPMPSC_OPEN_OR_CREATE = 2  /**< Open the channel, or make it if there is none. */
} ipmpsc_mode;

/** A receiver's waits end with IPMPSC_COMPLETED when every sender has left and everything is received, if one has joined since
 *  a receiver that was told so was closed. */
#define IPMPSC_END_WITH_SENDERS UINT32_C(1)

/** A sender's waits end with IPMPSC_NO_RECEIVER when the ring is full and no receiver is attached. */
#define IPMPSC_FAIL_WITHOUT_RECEIVER UINT32_C(2)

/** A sender adds the time of sending and a trace context to each message, see ipmpsc_sender_set_trace: 48 bytes more of the ring. */
#define IPMPSC_TRACE_MESSAGES UINT32_C(4)

/** A timeout that passes at once: the call only tries. */
#define IPMPSC_TRY INT64_C(0)

/** A timeout that never passes. Others are nanoseconds on the monotonic clock. */
#define IPMPSC_FOREVER INT64_C(-1)

/** Payload bytes of the longest message of a channel: its capacity without one record header, and without 48 bytes if its sender traces. */
#define IPMPSC_HEADER_SIZE 16

/** How to open a channel. Set it to zeros, then `size`, then what you want otherwise than the default. */
typedef struct ipmpsc_options {
    uint32_t size;           /**< sizeof(ipmpsc_options): tells the library which members there are. */
    uint32_t mode;           /**< An ipmpsc_mode. */
    uint64_t capacity;       /**< Bytes of the ring, a power of two from 64 to 2^31. 0: 1,048,576, or what there is. */
    uint32_t slots;          /**< Senders at a time, 1 to 4,096. 0: 64, or what there is. */
    uint32_t flags;          /**< IPMPSC_END_WITH_SENDERS, IPMPSC_FAIL_WITHOUT_RECEIVER, IPMPSC_TRACE_MESSAGES. */
    const char *schema;      /**< Schema text, UTF-8. NULL: any when opening, none when making. "": raw bytes. */
    const char *participant; /**< A name for people to read, UTF-8, at most 48 bytes. NULL: the program's. */
    const char *access;      /**< Who else may open a new channel: "OwnerOnly", "Group:NAME" or "Observers:NAME". NULL: nobody. */
    const char *trusted_owners; /**< Whose channels are opened, see "Owners" above. NULL: those of this user. */
} ipmpsc_options;

/**
 * What a sender that traces its messages sent along: when, and the fields of a W3C traceparent. `sent` 0 in a message that was received: its
 * sender does not trace; the other members are not set then. A trace id of zeros: the sender had no context. A tracestate does not travel.
 */
typedef struct ipmpsc_trace {
    int64_t sent;         /**< Nanoseconds of CLOCK_MONOTONIC. */
    uint8_t trace_id[16]; /**< In the order in which they are written. */
    uint8_t span_id[8];
    uint8_t flags;        /**< Bit 0: sampled. */
} ipmpsc_trace;

/** A message in the ring. Its payload stays where it is until the message is released. */
typedef struct ipmpsc_message {
    const void *payload; /**< Aligned to 16 bytes. NULL only from ipmpsc_observer_peek without a buffer. */
    uint32_t length;     /**< Payload bytes. */
    uint16_t id;         /**< Which message of the schema it is; 0 in a channel of raw bytes. */
    uint16_t version;    /**< The version of that message that its sender has. */
    uint64_t position;   /**< Where its record begins, in bytes since the channel was made. */
    ipmpsc_trace trace;  /**< When it was sent, if `trace.sent` is not 0. Not read by ipmpsc_send_batch. */
} ipmpsc_message;

typedef struct ipmpsc_sender ipmpsc_sender;
typedef struct ipmpsc_receiver ipmpsc_receiver;
typedef struct ipmpsc_observer ipmpsc_observer;

/** What was wrong in the last call of this thread that did not return IPMPSC_OK: a sentence with numbers and advice. */
IPMPSC_API const char *ipmpsc_last_error(void);

/** The name of a status, such as "IPMPSC_FULL"; "?" if there is none. */
IPMPSC_API const char *ipmpsc_status_name(ipmpsc_status status);

/**
 * Whether programs with these two schemas understand each other: same messages, and same fields up to the lower of the
 * two versions of each. Gives IPMPSC_OK, or IPMPSC_MISMATCH with the first lines that differ in ipmpsc_last_error().
 */
IPMPSC_API ipmpsc_status ipmpsc_compare_schemas(
    const char *theirs, size_t theirs_length, const char *ours, size_t ours_length);

/**
 * Deletes a channel: marks it, wakes everybody, and removes its name. Without `even_if_in_use` it fails with
 * IPMPSC_IN_USE while anybody takes part. Messages that a receiver has not received stay for that receiver, if there is one.
 * Where the directory does not let this user remove the file, it fails with IPMPSC_FILE and does nothing.
 */
IPMPSC_API ipmpsc_status ipmpsc_delete(const char *name, bool even_if_in_use, const char *trusted_owners);

/* ---- Senders ------------------------------------------------------------------------------------------------------ */

/**
 * Joins a channel as a sender. A name without '/' lies in the directory for named channels; one with '/' is a path.
 * `options` may be NULL for the defaults, which open an existing channel of any schema.
 */
IPMPSC_API ipmpsc_status ipmpsc_sender_open(const char *name, const ipmpsc_options *options, ipmpsc_sender **sender);

/** Leaves the channel; aborts an outstanding claim. NULL is allowed. */
IPMPSC_API void ipmpsc_sender_close(ipmpsc_sender *sender);

/**
 * Claims room for a message of `length` bytes and gives its place in the ring, aligned to 16 bytes. The place holds old
 * bytes: fill all of it, then commit or abort. One claim is outstanding at a time. The receiver, and messages of other
 * senders that come later, wait for the end of the claim.
 */
IPMPSC_API ipmpsc_status ipmpsc_claim(ipmpsc_sender *sender, uint32_t length, int64_t timeout, void **payload);

/** Makes the outstanding claim a message. `id` and `version` are those of the schema; 0 and 0 for raw bytes. */
IPMPSC_API ipmpsc_status ipmpsc_commit(ipmpsc_sender *sender, uint16_t id, uint16_t version);

/** As ipmpsc_commit, for a message that turned out shorter than its claim. The rest of the claim is given up. */
IPMPSC_API ipmpsc_status ipmpsc_commit_shorter(ipmpsc_sender *sender, uint16_t id, uint16_t version, uint32_t length);

/** Gives the outstanding claim up: the receiver steps over it. */
IPMPSC_API ipmpsc_status ipmpsc_abort(ipmpsc_sender *sender);

/** Copies a message into the ring: claim, copy, commit. */
IPMPSC_API ipmpsc_status ipmpsc_send(
    ipmpsc_sender *sender, uint16_t id, uint16_t version, const void *payload, uint32_t length, int64_t timeout);

/**
 * Sends messages in one claim, as many from the first on as find room before the end of the lap: `position` of each
 * is set to where it went. Waits for room for the first one. `sent` says how many went.
 */
IPMPSC_API ipmpsc_status ipmpsc_send_batch(
    ipmpsc_sender *sender, ipmpsc_message *messages, size_t count, int64_t timeout, size_t *sent);

/**
 * Counts a message that the caller drops because ipmpsc_send gave IPMPSC_FULL. The receiver and people who look at the channel then see how
 * many are missing.
 */
IPMPSC_API void ipmpsc_count_dropped(ipmpsc_sender *sender);

/**
 * Sets the context that the messages of a sender with IPMPSC_TRACE_MESSAGES carry from now on; `sent` 0 stands for the time of each commit. NULL: no
 * context, as at first. To forward a message, pass its `trace`. A sender without that flag ignores it.
 */
IPMPSC_API void ipmpsc_sender_set_trace(ipmpsc_sender *sender, const ipmpsc_trace *trace);

/** Ends the wait of the sender, or the next one if it does not wait now. Async-signal-safe. */
IPMPSC_API void ipmpsc_sender_interrupt(ipmpsc_sender *sender);

/** Payload bytes of the longest message that the channel takes from this sender. */
IPMPSC_API uint32_t ipmpsc_sender_max_length(const ipmpsc_sender *sender);

/** Whether a receiver is attached now. */
IPMPSC_API bool ipmpsc_sender_has_receiver(const ipmpsc_sender *sender);

/** The schema text of the channel, not terminated; it stays valid until the sender is closed. */
IPMPSC_API const char *ipmpsc_sender_schema(const ipmpsc_sender *sender, size_t *length);

/* ---- The receiver ------------------------------------------------------------------------------------------------- */

/** Joins a channel as its receiver; it continues at the first message that was not released. */
IPMPSC_API ipmpsc_status ipmpsc_receiver_open(const char *name, const ipmpsc_options *options, ipmpsc_receiver **receiver);

/** Leaves the channel. Messages that are held stay in the ring: the next receiver gets them again. NULL is allowed. */
IPMPSC_API void ipmpsc_receiver_close(ipmpsc_receiver *receiver);

/**
 * Takes the next message. Any number may be held; their room goes back to the senders when they are released. Gaps that
 * dead senders have left are stepped over. After IPMPSC_CORRUPT the same record is found again until
 * ipmpsc_skip_corrupt.
 */
IPMPSC_API ipmpsc_status ipmpsc_take(ipmpsc_receiver *receiver, int64_t timeout, ipmpsc_message *message);

/** Releases the held message at a position. In any order: its room is free when everything before it is released. */
IPMPSC_API ipmpsc_status ipmpsc_release(ipmpsc_receiver *receiver, uint64_t position);

/** Releases every held message up to and including the one at a position. */
IPMPSC_API ipmpsc_status ipmpsc_release_through(ipmpsc_receiver *receiver, uint64_t position);

/** Goes back to the first message whose room is not free yet: it and everything behind it is taken again. */
IPMPSC_API void ipmpsc_rewind(ipmpsc_receiver *receiver);

/** Copies the next message to a buffer and releases it. IPMPSC_TOO_LARGE leaves it in the ring; `message->length` says what it needs. */
IPMPSC_API ipmpsc_status ipmpsc_receive(
    ipmpsc_receiver *receiver, void *buffer, uint32_t size, int64_t timeout, ipmpsc_message *message);

/**
 * Steps over a corrupt record, to the next place where a record or a claim begins. `skipped` is the number of bytes; 0
 * if the next record is sound.
 */
IPMPSC_API ipmpsc_status ipmpsc_skip_corrupt(ipmpsc_receiver *receiver, uint64_t *skipped);

/** Ends the wait of the receiver, or the next one if it does not wait now. Async-signal-safe. */
IPMPSC_API void ipmpsc_receiver_interrupt(ipmpsc_receiver *receiver);

/** How many messages are held. */
IPMPSC_API size_t ipmpsc_receiver_held(const ipmpsc_receiver *receiver);

/** Gaps of dead senders that this receiver has stepped over. */
IPMPSC_API uint64_t ipmpsc_receiver_recoveries(const ipmpsc_receiver *receiver);

/** The schema text of the channel, not terminated; it stays valid until the receiver is closed. */
IPMPSC_API const char *ipmpsc_receiver_schema(const ipmpsc_receiver *receiver, size_t *length);

/* ---- Observers ---------------------------------------------------------------------------------------------------- */

/** What a channel looks like. Each number is true of some moment during the call. */
typedef struct ipmpsc_info {
    uint64_t capacity;
    uint32_t slots;
    bool retired;
    bool receiver_attached;
    bool receiver_sleeps;
    bool senders_sleep;
    uint32_t senders_attached;
    uint64_t head;              /**< Everything before it is received. */
    uint64_t tail;              /**< Where the next claim begins. */
    uint64_t messages_held;     /**< That the receiver has taken and not released, if more than one. */
    uint64_t messages_received;
    uint64_t bytes_received;
    uint64_t dropped_by_senders;  /**< Messages that senders did not send because there was no room. */
    uint64_t dropped_by_receiver; /**< Messages that receivers stepped over because newer ones came. */
    int64_t created;            /**< Unix milliseconds. */
    int32_t receiver_pid;       /**< Of the receiver, or the last one; 0 if there was never one. */
    char receiver_name[49];
} ipmpsc_info;

/** What a sender slot looks like. */
typedef struct ipmpsc_slot_info {
    bool attached;
    int32_t pid;                /**< Of the sender, or the last one; 0 if there was never one. */
    char name[49];
    uint64_t messages_sent;     /**< Since this sender joined. */
    uint64_t bytes_sent;
    uint64_t waits;
    uint64_t dropped;           /**< Messages that it did not send because there was no room. */
    bool has_claim;
    uint64_t claim_position;    /**< Of the last claim, which stays in the slot after its commit. */
    uint64_t claim_length;      /**< With headers and rounding. */
} ipmpsc_slot_info;

/** Opens a channel to look at it: mapped for reading only, without any lock. Nobody notices. */
IPMPSC_API ipmpsc_status ipmpsc_observer_open(const char *name, const char *trusted_owners, ipmpsc_observer **observer);

IPMPSC_API void ipmpsc_observer_close(ipmpsc_observer *observer);

IPMPSC_API void ipmpsc_observer_inspect(const ipmpsc_observer *observer, ipmpsc_info *info);

/** IPMPSC_MISUSE if the channel has no such slot. */
IPMPSC_API ipmpsc_status ipmpsc_observer_slot(const ipmpsc_observer *observer, uint32_t slot, ipmpsc_slot_info *info);

/**
 * Copies the first message at `*position` or behind it that is in the ring, and sets `*position` to what follows it;
 * begin with 0. IPMPSC_EMPTY: there is none yet. IPMPSC_TOO_LARGE: `message->length` is what the buffer needs;
 * `*position` stays before the message. A claim that is not committed is looked past.
 */
IPMPSC_API ipmpsc_status ipmpsc_observer_peek(
    const ipmpsc_observer *observer, uint64_t *position, void *buffer, uint32_t size, ipmpsc_message *message);

/** The schema text of the channel, not terminated; it stays valid until the observer is closed. */
IPMPSC_API const char *ipmpsc_observer_schema(const ipmpsc_observer *observer, size_t *length);

#ifdef __cplusplus
}
#endif

#endif
