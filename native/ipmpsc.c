/*
 * ipmpsc.c - senders, receiver and observers of IpMpsc channels, for Linux.
 *
 * The steps are those of docs/protocol.md and have its names: comments and the macro STEP say which one a line is. Where two
 * lines may not change places, the reason is in docs/memory-ordering.md. With -DIPMPSC_CRASH_POINTS a process ends, or
 * pauses, right before the step that the environment names: IPMPSC_CRASH_POINT=claim.cas-tail:kill:3 kills it before the
 * third time it moves a tail, :stop: pauses it.
 */
#define _GNU_SOURCE

#include "ipmpsc.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <limits.h>
#include <linux/futex.h>
#include <linux/membarrier.h>
#include <pwd.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <time.h>
#include <unistd.h>

#if !defined(__linux__) || __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__ || UINTPTR_MAX != UINT64_MAX
#error "IpMpsc channels need Linux and a 64-bit little-endian process."
#endif

typedef _Atomic uint64_t shared64;
typedef _Atomic uint32_t shared32;

_Static_assert(sizeof(shared64) == 8 && sizeof(shared32) == 4, "A shared word has no lock beside it.");
_Static_assert(ATOMIC_LLONG_LOCK_FREE == 2 && ATOMIC_INT_LOCK_FREE == 2, "Shared words are accessed without locks.");

/* ---- Layout: docs/shared-layout.md -------------------------------------------------------------------------------- */

#define MAGIC UINT64_C(0x1A896373704D7049)
#define LAYOUT_VERSION UINT32_C(4)
#define WAKE_UP_FUTEX UINT32_C(1)

enum {
    HEADER_PAGE = 4096,
    AT_MAGIC = 0,
    AT_LAYOUT_VERSION = 8,
    AT_SLOT_COUNT = 12,
    AT_CAPACITY = 16,
    AT_COOKIE = 24,
    AT_FINGERPRINT = 32,
    AT_SLOTS_OFFSET = 40,
    AT_SCHEMA_OFFSET = 48,
    AT_SCHEMA_LENGTH = 56,
    AT_DATA_OFFSET = 64,
    AT_SEGMENT_SIZE = 72,
    AT_CHANNEL_ID = 80,
    AT_CREATED = 96,
    AT_CREATOR = 104,
    AT_WAKE_UP = 184,
    AT_TAIL = 256,
    AT_HEAD = 384,
    AT_MESSAGES_RECEIVED = 392,
    AT_BYTES_RECEIVED = 400,
    AT_DROPPED_BY_RECEIVER = 408,
    AT_RECEIVER_SIGNAL = 512,
    AT_STATE = 516,
    AT_SPACE_SIGNAL = 640,
    AT_RECEIVER = 768,
    AT_BLOCKED_AT = 848,
    AT_BLOCKED_SINCE = 856,
    AT_HELD_MESSAGES = 864,
    AT_HELD_SINCE = 872,
    AT_CURSOR = 880,
    AT_JOINS = 896,
    AT_COMPLETED = 904,
    AT_DROPPED_BY_SENDERS = 1024,

    IDENTITY_PID = 0,
    IDENTITY_KIND = 4, /* Of a slot: KIND_FORWARDER if it belongs to a source. */
    IDENTITY_JOINED = 8,
    IDENTITY_NAME = 16,
    IDENTITY_NAME_SIZE = 48,

    SLOT_SIZE = 128,
    SLOT_CLAIM_POSITION = 0,
    SLOT_CLAIM_LENGTH = 8,
    SLOT_MESSAGES = 16,
    SLOT_BYTES = 24,
    SLOT_WAITS = 32,
    SLOT_SOURCE_PENDING = 40,
    SLOT_IDENTITY = 48,
    SLOT_DROPPED = 112,
    SLOT_SOURCE_CONFIRMED = 120,
    KIND_FORWARDER = 1,

    RECORD_ALIGNMENT = 16,
    RECORD_DESCRIPTION = 8,
    RECORD_HEADER = IPMPSC_HEADER_SIZE,

    TRAILER_SENT = 0,
    TRAILER_TRACE_ID = 8,
    TRAILER_SPAN_ID = 24,
    TRAILER_FLAGS = 32,
    TRAILER_SIZE = 48,

    MAX_SLOTS = 4096,
    MAX_SCHEMA = 1 << 20,
    MAX_NAME = 200
};

#define MIN_CAPACITY UINT64_C(64)
#define MAX_CAPACITY (UINT64_C(1) << 31)
#define DEFAULT_CAPACITY (UINT64_C(1) << 20)
#define DEFAULT_SLOTS UINT32_C(64)

#define NO_CLAIM UINT64_MAX /* -1, as a signed position */

#define STATE_RETIRED UINT32_C(1)
#define STATE_PRIORITY UINT32_C(0xFFFF0000)

/* Byte ranges of the file that participants lock while they live. They lie far behind any content. */
#define LOCK_NAMING ((UINT64_C(1) << 62) - 2)
#define LOCK_RECEIVER ((UINT64_C(1) << 62) - 1)
#define LOCK_FIRST_SLOT (UINT64_C(1) << 62)

enum record_state { RECORD_MESSAGE = 1, RECORD_PADDING = 2, RECORD_ABORTED = 3, RECORD_TRACED = 4 /* A message with a trailer. */ };

/* Nobody sleeps for longer: a process that is killed between its publication and its wake-up wakes nobody. */
#define IDLE_SLICE INT64_C(50000000)
#define STUCK_SLICE INT64_C(10000000)
#define SPACE_SLICE INT64_C(100000000)
#define UNORDERED_SLICE INT64_C(1000000)

/* A record without an owner is reported after this many looks, a millisecond or more apart. */
#define LOOKS_BEFORE_CORRUPT 5

/* How long others hold back for the sender that has priority. */
#define PRIORITY_LIFETIME UINT32_C(50) /* Milliseconds, of the 15 bits that count them in the state word. */
#define PRIORITY_TIME UINT32_C(0x7FFF)

/* A sleep and the wake-up from it cost both sides together about as much as this. */
#define SPIN_MOST INT64_C(50000)
#define SPIN_LEAST (SPIN_MOST / 32)

/* ---- Steps at which a test may end the process --------------------------------------------------------------------- */

#ifdef IPMPSC_CRASH_POINTS
static void step(const char *name)
{
    static atomic_int times;
    const char *order = getenv("IPMPSC_CRASH_POINT");
    size_t length = strlen(name);
    if (order == NULL || strncmp(order, name, length) != 0 || order[length] != ':') {
        return;
    }

    const char *count = strchr(order + length + 1, ':');
    int wanted = count == NULL ? 1 : atoi(count + 1);
    if (atomic_fetch_add(&times, 1) + 1 == wanted) {
        raise(strncmp(order + length + 1, "kill", 4) == 0 ? SIGKILL : SIGSTOP);
    }
}
#define STEP(name) step(name)
#else
#define STEP(name) ((void)0)
#endif

/* ---- Errors -------------------------------------------------------------------------------------------------------- */

static _Thread_local char last_error[640];

__attribute__((format(printf, 2, 3))) static ipmpsc_status fail(ipmpsc_status status, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(last_error, sizeof last_error, format, arguments);
    va_end(arguments);
    return status;
}

const char *ipmpsc_last_error(void)
{
    return last_error;
}

const char *ipmpsc_status_name(ipmpsc_status status)
{
    static const char *const names[] = {
        "IPMPSC_OK", "IPMPSC_EMPTY", "IPMPSC_FULL", "IPMPSC_RETIRED", "IPMPSC_COMPLETED", "IPMPSC_NO_RECEIVER",
        "IPMPSC_TOO_LARGE", "IPMPSC_CORRUPT", "IPMPSC_INTERRUPTED", "IPMPSC_NOT_FOUND", "IPMPSC_EXISTS", "IPMPSC_IN_USE",
        "IPMPSC_MISMATCH", "IPMPSC_FILE", "IPMPSC_MISUSE", "IPMPSC_NO_MEMORY",
    };
    size_t index = (size_t)status;
    return index < sizeof names / sizeof names[0] ? names[index] : "?";
}

static ipmpsc_status fail_memory(void)
{
    return fail(IPMPSC_NO_MEMORY, "The process has no memory left.");
}

/* ---- The segment --------------------------------------------------------------------------------------------------- */

/* A mapped channel. What decides about addresses was read from the header once and checked. */
struct segment {
    int fd;
    bool must_fence; /* The process could not register with membarrier: it fences each publication itself. */
    unsigned char *base;
    size_t length;
    dev_t device;
    ino_t inode;
    uint64_t capacity;
    uint64_t mask; /* Position to index; clears the low bits too, so no position leads to an unaligned place. */
    uint64_t cookie;
    uint64_t schema_offset;
    uint64_t schema_length;
    uint32_t slots;
    unsigned char *data;
    char *path;
};

static shared64 *word64(const struct segment *segment, size_t offset)
{
    return (shared64 *)(void *)(segment->base + offset);
}

static shared32 *word32(const struct segment *segment, size_t offset)
{
    return (shared32 *)(void *)(segment->base + offset);
}

/* Numbers that say nothing about other words, such as counters and what is fixed when the channel is made. */
static uint64_t read64(const struct segment *segment, size_t offset)
{
    return atomic_load_explicit(word64(segment, offset), memory_order_relaxed);
}

static uint32_t read32(const struct segment *segment, size_t offset)
{
    return atomic_load_explicit(word32(segment, offset), memory_order_relaxed);
}

static void write64(const struct segment *segment, size_t offset, uint64_t value)
{
    atomic_store_explicit(word64(segment, offset), value, memory_order_relaxed);
}

static void write32(const struct segment *segment, size_t offset, uint32_t value)
{
    atomic_store_explicit(word32(segment, offset), value, memory_order_relaxed);
}

/* Adds to a counter that nobody else writes. */
static void count64(const struct segment *segment, size_t offset, uint64_t amount)
{
    write64(segment, offset, read64(segment, offset) + amount);
}

static uint64_t load_tail(const struct segment *segment)
{
    return atomic_load_explicit(word64(segment, AT_TAIL), memory_order_acquire);
}

static uint64_t load_head(const struct segment *segment)
{
    return atomic_load_explicit(word64(segment, AT_HEAD), memory_order_acquire);
}

/* Sequentially consistent. The claim is in the slot before the tail moves, and no byte of it is written before. */
static bool try_advance_tail(const struct segment *segment, uint64_t from, uint64_t to)
{
    return atomic_compare_exchange_strong(word64(segment, AT_TAIL), &from, to);
}

static uint32_t load_state(const struct segment *segment)
{
    return atomic_load_explicit(word32(segment, AT_STATE), memory_order_acquire);
}

static bool is_retired(const struct segment *segment)
{
    return (load_state(segment) & STATE_RETIRED) != 0;
}

static size_t slot_at(uint32_t slot)
{
    return (size_t)HEADER_PAGE + (size_t)slot * SLOT_SIZE;
}

static uint64_t load_claim_position(const struct segment *segment, uint32_t slot)
{
    return atomic_load_explicit(word64(segment, slot_at(slot) + SLOT_CLAIM_POSITION), memory_order_acquire);
}

static uint64_t load_claim_length(const struct segment *segment, uint32_t slot)
{
    return atomic_load_explicit(word64(segment, slot_at(slot) + SLOT_CLAIM_LENGTH), memory_order_acquire);
}

static void store_claim_position(const struct segment *segment, uint32_t slot, uint64_t position)
{
    atomic_store_explicit(word64(segment, slot_at(slot) + SLOT_CLAIM_POSITION), position, memory_order_release);
}

static void full_fence(void)
{
#ifdef __SANITIZE_THREAD__
    static atomic_int fence; /* ThreadSanitizer knows no fences; each exchange of one word is ordered with all others. */
    (void)atomic_fetch_add(&fence, 0);
#else
    atomic_thread_fence(memory_order_seq_cst);
#endif
}

/*
 * For a process that has looked at bytes that it does not hold: has the receiver released them meanwhile? A process that sees a byte
 * that a sender wrote over them sees the head that made room for it, too.
 */
static uint64_t load_head_after_copy(const struct segment *segment)
{
    full_fence();
    return load_head(segment);
}

static unsigned char *record_at(const struct segment *segment, uint64_t position)
{
    return segment->data + (position & segment->mask);
}

/* The odd factor makes the stamps of different laps differ in every byte. */
static uint64_t stamp_of(const struct segment *segment, uint64_t position, enum record_state state)
{
    return ((position * UINT64_C(0x9E3779B97F4A7C15)) ^ segment->cookie) | (uint64_t)state;
}

/*
 * A look at the state that a stamp proves for a position; anything but an enum record_state means that it is not valid there. The
 * bytes may be of a payload that a sender writes at this moment: whatever is not a valid stamp is discarded. ThreadSanitizer
 * would call that a race, so it does not see looks.
 */
__attribute__((no_sanitize("thread"))) static uint64_t look_at(const struct segment *segment, uint64_t position)
{
    shared64 *stamp = (shared64 *)(void *)record_at(segment, position);
    return atomic_load_explicit(stamp, memory_order_acquire) ^ (position * UINT64_C(0x9E3779B97F4A7C15)) ^ segment->cookie;
}

/* The state at a position, for the process that goes on to read the record. */
static uint64_t state_at(const struct segment *segment, uint64_t position)
{
    uint64_t state = look_at(segment, position);
#ifdef __SANITIZE_THREAD__
    if (state == RECORD_MESSAGE || state == RECORD_ABORTED || state == RECORD_TRACED) { /* Shows it the load that orders what follows. Padding may be overwritten. */
        shared64 *stamp = (shared64 *)(void *)record_at(segment, position);
        state = atomic_load_explicit(stamp, memory_order_acquire) ^ (position * UINT64_C(0x9E3779B97F4A7C15)) ^ segment->cookie;
    }
#endif
    return state;
}

static bool is_record(uint64_t state)
{
    return state - RECORD_MESSAGE <= RECORD_TRACED - RECORD_MESSAGE;
}

static bool is_valid(const struct segment *segment, uint64_t position)
{
    return is_record(state_at(segment, position));
}

/* Length, id and version, as the one word in which they are stored. Read once: it may change under our hands. */
static uint64_t load_description(const struct segment *segment, uint64_t position)
{
    shared64 *description = (shared64 *)(void *)(record_at(segment, position) + RECORD_DESCRIPTION);
    return atomic_load_explicit(description, memory_order_relaxed);
}

static void store_description(const struct segment *segment, uint64_t position, uint64_t description)
{
    shared64 *word = (shared64 *)(void *)(record_at(segment, position) + RECORD_DESCRIPTION);
    atomic_store_explicit(word, description, memory_order_relaxed);
}

/* Release: payload and description are visible before the stamp that vouches for them. */
static void store_stamp(const struct segment *segment, uint64_t position, enum record_state state)
{
    shared64 *stamp = (shared64 *)(void *)record_at(segment, position);
    atomic_store_explicit(stamp, stamp_of(segment, position, state), memory_order_release);
}

/* What a record with this payload takes in the ring: the length of a claim counts header and rounding. */
static uint64_t record_size(uint32_t payload_length)
{
    return ((uint64_t)payload_length + RECORD_HEADER + RECORD_ALIGNMENT - 1) & ~(uint64_t)(RECORD_ALIGNMENT - 1);
}

/* The same of a record that stands there: the length of a message does not count its trailer. */
static uint64_t whole_size(uint64_t description, uint64_t state)
{
    return record_size((uint32_t)description) + (state == RECORD_TRACED ? TRAILER_SIZE : 0);
}

/* Makes claimed bytes a record that is stepped over. Its id and version are 0. */
static void stamp_filler(const struct segment *segment, uint64_t position, uint64_t size, enum record_state state)
{
    store_description(segment, position, (uint32_t)(size - RECORD_HEADER));
    store_stamp(segment, position, state);
}

/* The first position of a claim at which no record stands yet; its end, or one beyond it, if there is none. */
static uint64_t first_unstamped(const struct segment *segment, uint64_t start, uint64_t end)
{
    /* Invariant: each iteration moves forward over a whole record; a hostile length is bounded by the claim. */
    uint64_t position = start;
    while (position < end) {
        uint64_t state = state_at(segment, position);
        if (!is_record(state)) {
            break;
        }

        position += whole_size(load_description(segment, position), state);
    }

    return position;
}

/* Reads the claim in a slot: position first, then length. False if there is none, or one that no sender can have made. */
static bool read_claim(const struct segment *segment, uint32_t slot, uint64_t *position, uint64_t *end)
{
    *position = load_claim_position(segment, slot);
    uint64_t length = load_claim_length(segment, slot);
    *end = *position + length;
    return *position <= INT64_MAX
        && length >= RECORD_HEADER
        && length <= segment->capacity
        && *end <= INT64_MAX
        && ((*position | *end) & (RECORD_ALIGNMENT - 1)) == 0;
}

/* For people to read; nothing is decided by it. */
static uint64_t unix_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_REALTIME, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

static void write_identity(const struct segment *segment, size_t offset, const char *name)
{
    write32(segment, offset + IDENTITY_PID, (uint32_t)getpid());
    write64(segment, offset + IDENTITY_JOINED, unix_ms());

    size_t length = strnlen(name, IDENTITY_NAME_SIZE + 1);
    if (length > IDENTITY_NAME_SIZE) {
        length = IDENTITY_NAME_SIZE;
        while (length > 0 && ((unsigned char)name[length] & 0xC0) == 0x80) {
            length--; /* Not within a character. */
        }
    }

    unsigned char bytes[IDENTITY_NAME_SIZE] = {0};
    memcpy(bytes, name, length);
    for (size_t at = 0; at < IDENTITY_NAME_SIZE; at += 8) {
        uint64_t word;
        memcpy(&word, bytes + at, sizeof word);
        write64(segment, offset + IDENTITY_NAME + at, word);
    }
}

static int32_t read_identity(const struct segment *segment, size_t offset, char name[IDENTITY_NAME_SIZE + 1])
{
    for (size_t at = 0; at < IDENTITY_NAME_SIZE; at += 8) {
        uint64_t word = read64(segment, offset + IDENTITY_NAME + at);
        memcpy(name + at, &word, sizeof word);
    }

    name[IDENTITY_NAME_SIZE] = '\0';
    return (int32_t)read32(segment, offset + IDENTITY_PID);
}

/* ---- Locks: liveness ----------------------------------------------------------------------------------------------- */

static int lock_call(int fd, int command, short type, uint64_t offset, uint64_t length, struct flock *range)
{
    memset(range, 0, sizeof *range); /* l_pid must be 0 for the locks of an open file description. */
    range->l_type = type;
    range->l_whence = SEEK_SET;
    range->l_start = (off_t)offset;
    range->l_len = (off_t)length;
    return fcntl(fd, command, range);
}

/* IPMPSC_IN_USE if somebody else holds a lock in the range. Locks of the same description never conflict. */
static ipmpsc_status try_lock(int fd, uint64_t offset, uint64_t length, const char *path)
{
    struct flock range;
    if (lock_call(fd, F_OFD_SETLK, F_WRLCK, offset, length, &range) == 0) {
        return IPMPSC_OK;
    }

    if (errno == EAGAIN || errno == EACCES) {
        return IPMPSC_IN_USE;
    }

    return fail(
        IPMPSC_FILE, "'%s' cannot be locked: %s. Its file system may not support locks; choose a local disk or memory.",
        path, strerror(errno));
}

static void unlock(int fd, uint64_t offset, uint64_t length)
{
    struct flock range;
    (void)lock_call(fd, F_OFD_SETLK, F_UNLCK, offset, length, &range);
}

/* Whether anybody but this description holds a lock in the range. A kernel that does not say is taken for yes. */
static bool is_locked_elsewhere(int fd, uint64_t offset, uint64_t length)
{
    struct flock range;
    return lock_call(fd, F_OFD_GETLK, F_WRLCK, offset, length, &range) != 0 || range.l_type != F_UNLCK;
}

/* ---- Files --------------------------------------------------------------------------------------------------------- */

static bool is_on_network(int fd)
{
    struct statfs status;
    if (fstatfs(fd, &status) != 0) {
        return false;
    }

    switch ((uint32_t)status.f_type) {
    case 0x6969:     /* NFS */
    case 0x517B:     /* SMB */
    case 0xFF534D42: /* CIFS */
    case 0xFE534D42: /* SMB2 */
    case 0x01021997: /* 9P */
    case 0x00C36400: /* Ceph */
    case 0x5346414F: /* AFS */
    case 0x6B414653: /* AFS of the kernel */
    case 0x73757245: /* Coda */
        return true;
    default:
        return false;
    }
}

static ipmpsc_status fail_file(const char *what, const char *path)
{
    int error = errno;
    if (error == ENOENT) {
        return fail(IPMPSC_NOT_FOUND, "There is no channel '%s'. Start its receiver first, or open it with IPMPSC_OPEN_OR_CREATE. If the receiver is running, "
            "compare this path with its own: another user, service or container can have another directory for the same name.", path);
    }

    if (error == ELOOP) {
        return fail(IPMPSC_FILE, "'%s' is a symbolic link, and links are not followed. Name the file itself.", path);
    }

    return fail(IPMPSC_FILE, "'%s' cannot be %s: %s.", path, what, strerror(error));
}

static void close_segment(struct segment *segment)
{
    if (segment->base != NULL) {
        (void)munmap(segment->base, segment->length);
        segment->base = NULL;
    }

    if (segment->fd >= 0) {
        (void)close(segment->fd); /* Drops every lock of the description. */
        segment->fd = -1;
    }

    free(segment->path);
    segment->path = NULL;
}

static bool register_with_membarrier(void)
{
    return syscall(SYS_membarrier, MEMBARRIER_CMD_REGISTER_GLOBAL_EXPEDITED, 0, 0) == 0;
}

static ipmpsc_status map_segment(struct segment *segment, bool writable, const struct stat *status)
{
    segment->length = (size_t)status->st_size;
    segment->device = status->st_dev;
    segment->inode = status->st_ino;
    void *base = mmap(NULL, segment->length, writable ? PROT_READ | PROT_WRITE : PROT_READ, MAP_SHARED, segment->fd, 0);
    if (base == MAP_FAILED) {
        return fail_file("mapped", segment->path);
    }

    segment->base = base;
    segment->must_fence = writable && !register_with_membarrier();
    return IPMPSC_OK;
}

/* ---- Owners and groups ----------------------------------------------------------------------------------------------- */

enum { MAX_ACCOUNT_NAME = 256, MAX_GROUPS = 4096 };

/* A text such as "Group:market" or, in a list, " Self": the word before the colon and the name behind it, without spaces around. */
struct access_text {
    char word[16];
    char name[MAX_ACCOUNT_NAME];
};

static bool copy_trimmed(const char *from, const char *to, char *copy, size_t size)
{
    while (from < to && *from == ' ') {
        from++;
    }

    while (to > from && to[-1] == ' ') {
        to--;
    }

    size_t length = (size_t)(to - from);
    if (length >= size) {
        return false;
    }

    memcpy(copy, from, length);
    copy[length] = '\0';
    return true;
}

/* Reads one text and moves behind its comma, or to the end. */
static bool next_access_text(const char **list, struct access_text *text)
{
    const char *begin = *list;
    const char *end = strchr(begin, ',');
    end = end == NULL ? begin + strlen(begin) : end;
    *list = *end == ',' ? end + 1 : NULL;
    const char *colon = memchr(begin, ':', (size_t)(end - begin));
    text->name[0] = '\0';
    return copy_trimmed(begin, colon == NULL ? end : colon, text->word, sizeof text->word)
        && (colon == NULL || copy_trimmed(colon + 1, end, text->name, sizeof text->name));
}

static bool is_text(const struct access_text *text, const char *word, bool is_named)
{
    return strcasecmp(text->word, word) == 0 && (text->name[0] != '\0') == is_named;
}

static bool is_number(const char *name, uint32_t *number)
{
    char *end;
    errno = 0;
    unsigned long value = strtoul(name, &end, 10);
    *number = (uint32_t)value;
    return name[0] >= '0' && name[0] <= '9' && *end == '\0' && errno == 0 && value < UINT32_MAX;
}

/* These look into the account data without a lock, as getpwnam_r does; a number need not have a name. */
static bool find_user(const char *name, uid_t *user)
{
    char buffer[4096];
    struct passwd entry;
    struct passwd *found = NULL;
    if (!is_number(name, user) && getpwnam_r(name, &entry, buffer, sizeof buffer, &found) == 0 && found != NULL) {
        *user = found->pw_uid;
        return true;
    }

    return is_number(name, user);
}

static bool find_group(const char *name, gid_t *group)
{
    char buffer[16384];
    struct group entry;
    struct group *found = NULL;
    if (!is_number(name, group) && getgrnam_r(name, &entry, buffer, sizeof buffer, &found) == 0 && found != NULL) {
        *group = found->gr_gid;
        return true;
    }

    return is_number(name, group);
}

static bool is_member(uid_t user, gid_t group)
{
    char buffer[4096];
    struct passwd entry;
    struct passwd *found = NULL;
    gid_t groups[MAX_GROUPS];
    int count = MAX_GROUPS;
    if (getpwuid_r(user, &entry, buffer, sizeof buffer, &found) != 0 || found == NULL
        || getgrouplist(found->pw_name, found->pw_gid, groups, &count) < 0) {
        return false;
    }

    for (int index = 0; index < count; index++) {
        if (groups[index] == group) {
            return true;
        }
    }

    return false;
}

/* Refuses a file whose owner is not in the list. */
static ipmpsc_status check_owner(const char *path, uid_t owner, const char *trusted)
{
    bool is_trusted = false;
    for (const char *rest = trusted == NULL ? "Self" : trusted; rest != NULL;) {
        struct access_text text;
        uid_t user;
        gid_t group;
        bool known = next_access_text(&rest, &text);
        if (known && is_text(&text, "Self", false)) {
            is_trusted = is_trusted || owner == geteuid();
        } else if (known && is_text(&text, "Root", false)) {
            is_trusted = is_trusted || owner == 0;
        } else if (known && is_text(&text, "User", true)) {
            is_trusted = is_trusted || (find_user(text.name, &user) && owner == user);
        } else if (known && is_text(&text, "MemberOf", true)) {
            is_trusted = is_trusted || (find_group(text.name, &group) && is_member(owner, group));
        } else {
            return fail(IPMPSC_MISUSE, "'%s' must be a list of Self, Root, User:NAME and MemberOf:GROUP, separated by commas.", trusted);
        }
    }

    return is_trusted ? IPMPSC_OK : fail(
        IPMPSC_FILE, "'%s' belongs to user %u; this process runs as user %u and trusts %s. Its creator shares a channel with ipmpsc_options.access, and "
        "those that open it name its owner in trusted_owners.", path, (unsigned)owner, (unsigned)geteuid(), trusted == NULL ? "Self" : trusted);
}

/* Gives a new file exactly its group and mode, of which the umask may have taken bits away. */
static ipmpsc_status set_access(int fd, const char *path, const char *access)
{
    mode_t mode = 0600;
    struct access_text text;
    const char *rest = access == NULL ? "OwnerOnly" : access;
    if (!next_access_text(&rest, &text) || rest != NULL) {
        text.word[0] = '\0';
    }

    if (is_text(&text, "Group", true) || is_text(&text, "Observers", true)) {
        gid_t group;
        mode = is_text(&text, "Group", true) ? 0660 : 0640;
        if (!find_group(text.name, &group)) {
            return fail(IPMPSC_FILE, "'%s' cannot be made for group '%s': this system has no such group.", path, text.name);
        }

        if (fchown(fd, (uid_t)-1, group) != 0) {
            return fail(
                IPMPSC_FILE, "'%s' cannot be given to group '%s': %s. User %u must be a member of the group.",
                path, text.name, strerror(errno), (unsigned)geteuid());
        }
    } else if (!is_text(&text, "OwnerOnly", false)) {
        return fail(IPMPSC_MISUSE, "'%s' does not say who may open a channel: use OwnerOnly, Group:NAME or Observers:NAME.", access);
    }

    return fchmod(fd, mode) == 0 ? IPMPSC_OK : fail_file("given its mode", path);
}

static ipmpsc_status open_file(struct segment *segment, const char *path, bool writable, const char *trusted)
{
    memset(segment, 0, sizeof *segment);
    segment->fd = -1;
    segment->path = strdup(path);
    if (segment->path == NULL) {
        return fail_memory();
    }

    segment->fd = open(path, (writable ? O_RDWR : O_RDONLY) | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    struct stat status;
    if (segment->fd < 0 || fstat(segment->fd, &status) != 0) {
        return fail_file("opened", path);
    }

    if (!S_ISREG(status.st_mode)) {
        return fail(IPMPSC_FILE, "'%s' is not a regular file, so it is not a channel.", path);
    }

    ipmpsc_status trust = check_owner(path, status.st_uid, trusted);
    if (trust != IPMPSC_OK) {
        return trust;
    }

    if (is_on_network(segment->fd)) {
        return fail(IPMPSC_FILE, "'%s' lies on a network drive; memory, locks and wake-ups end at the machine. Choose a local directory.", path);
    }

    if (status.st_size < HEADER_PAGE) {
        return fail(
            IPMPSC_MISMATCH, "'%s' is not a channel: it has %lld bytes, a header alone has %d.", path, (long long)status.st_size, HEADER_PAGE);
    }

    return map_segment(segment, writable, &status);
}

/* Whether the name still leads to this file. */
static bool is_named(const struct segment *segment, const char *path)
{
    struct stat status;
    return fstatat(AT_FDCWD, path, &status, AT_SYMLINK_NOFOLLOW) == 0
        && status.st_dev == segment->device
        && status.st_ino == segment->inode;
}

/* Takes a name away only from the file that has it: a name changes hands only under the naming lock of that file. */
static void remove_name(const struct segment *segment, const char *path)
{
    if (try_lock(segment->fd, LOCK_NAMING, 1, path) == IPMPSC_OK) { /* STEP delete.lock-naming */
        STEP("delete.unlink");
        if (is_named(segment, path)) { /* STEP delete.check-name */
            (void)unlink(path);
        }

        unlock(segment->fd, LOCK_NAMING, 1); /* STEP delete.unlock-naming */
    }
}

static bool is_name(const char *name)
{
    for (const char *at = name; *at != '\0'; at++) {
        bool known = (*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z') || (*at >= '0' && *at <= '9')
            || *at == '.' || *at == '_' || *at == '-';
        if (!known) {
            return false;
        }
    }

    return name[0] != '.';
}

/* The private directory for channels that are named without a path. */
static ipmpsc_status find_runtime_directory(char *directory, size_t size)
{
    const char *session = getenv("XDG_RUNTIME_DIR");
    struct stat status;
    int length = session != NULL && session[0] != '\0'
        ? snprintf(directory, size, "%s/ipmpsc", session)
        : snprintf(
            directory, size, "%s/ipmpsc-%u", stat("/dev/shm", &status) == 0 && S_ISDIR(status.st_mode) ? "/dev/shm" : "/tmp",
            (unsigned)geteuid());
    if (length < 0 || (size_t)length >= size) {
        return fail(IPMPSC_FILE, "The path of the directory for named channels has %d bytes; at most %zu are possible.", length, size - 1);
    }

    if (mkdir(directory, 0700) != 0 && errno != EEXIST) {
        return fail(IPMPSC_FILE, "The directory for named channels, '%s', cannot be made: %s. Or name the channel with a path.", directory, strerror(errno));
    }

    /* In a directory that everybody may write to, somebody else could have made it first. */
    if (fstatat(AT_FDCWD, directory, &status, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISDIR(status.st_mode)
        || status.st_uid != geteuid() || (status.st_mode & 077) != 0) {
        return fail(
            IPMPSC_FILE, "The directory for named channels, '%s', must be a directory of user %u with mode 0700. Remove it, or name the channel with a path.",
            directory, (unsigned)geteuid());
    }

    if ((status.st_mode & 0700) != 0700 && chmod(directory, 0700) != 0) {
        return fail(IPMPSC_FILE, "The directory for named channels, '%s', cannot be given mode 0700: %s.", directory, strerror(errno));
    }

    return IPMPSC_OK;
}

/* The path of the file of a channel; to be freed. */
static ipmpsc_status resolve(const char *name, char **path)
{
    *path = NULL;
    if (name == NULL || name[0] == '\0') {
        return fail(IPMPSC_MISUSE, "The name of the channel is empty.");
    }

    const char *slash = strrchr(name, '/');
    const char *file = slash == NULL ? name : slash + 1;
    size_t length = strlen(file);
    if (length == 0 || length > MAX_NAME || strcmp(file, ".") == 0 || strcmp(file, "..") == 0) {
        return fail(IPMPSC_MISUSE, "'%s' cannot be a channel: its file name must have 1 to %d bytes, it has %zu.", name, MAX_NAME, length);
    }

    if (slash != NULL) {
        *path = strdup(name);
        return *path == NULL ? fail_memory() : IPMPSC_OK;
    }

    if (!is_name(name)) {
        return fail(
            IPMPSC_MISUSE,
            "'%s' is not a channel name: letters A to Z, digits, '.', '_' and '-' are allowed, and no '.' in front. "
            "Anything else is possible in a path, such as './name'.", name);
    }

    char directory[PATH_MAX];
    ipmpsc_status status = find_runtime_directory(directory, sizeof directory);
    if (status == IPMPSC_OK && asprintf(path, "%s/%s", directory, name) < 0) {
        *path = NULL;
        status = fail_memory();
    }

    return status;
}

/* ---- What must hold of a header before anything behind it is used --------------------------------------------------- */

/* That a file is a channel of this layout; says nothing about the rest. */
static ipmpsc_status check_channel(const struct segment *segment)
{
    uint64_t magic = atomic_load_explicit(word64(segment, AT_MAGIC), memory_order_acquire);
    if (magic != MAGIC) {
        return fail(
            IPMPSC_MISMATCH, "'%s' is not a channel: it begins with 0x%016llX instead of 0x%016llX.", segment->path,
            (unsigned long long)magic, (unsigned long long)MAGIC);
    }

    uint32_t version = read32(segment, AT_LAYOUT_VERSION);
    return version == LAYOUT_VERSION
        ? IPMPSC_OK
        : fail(
            IPMPSC_MISMATCH, "Channel '%s' has layout version %u, this library has %u. Both sides need the same major version of IpMpsc.",
            segment->path, version, LAYOUT_VERSION);
}

static uint64_t data_offset_of(uint32_t slots, uint64_t schema_length)
{
    return (slot_at(slots) + schema_length + HEADER_PAGE - 1) & ~(uint64_t)(HEADER_PAGE - 1);
}

static bool is_capacity(uint64_t capacity)
{
    return capacity >= MIN_CAPACITY && capacity <= MAX_CAPACITY && (capacity & (capacity - 1)) == 0;
}

/* Copies what decides about addresses and checks the copy: others may write into the header meanwhile. */
static ipmpsc_status check_layout(struct segment *segment)
{
    uint64_t capacity = read64(segment, AT_CAPACITY);
    uint32_t slots = read32(segment, AT_SLOT_COUNT);
    uint64_t schema_length = read64(segment, AT_SCHEMA_LENGTH);
    uint64_t cookie = read64(segment, AT_COOKIE);
    bool plausible = is_capacity(capacity) && slots >= 1 && slots <= MAX_SLOTS && schema_length <= MAX_SCHEMA;
    uint64_t data_offset = plausible ? data_offset_of(slots, schema_length) : 0;
    if (!plausible
        || read64(segment, AT_SLOTS_OFFSET) != HEADER_PAGE
        || read64(segment, AT_SCHEMA_OFFSET) != slot_at(slots)
        || read64(segment, AT_DATA_OFFSET) != data_offset
        || read64(segment, AT_SEGMENT_SIZE) != data_offset + capacity
        || (cookie & (RECORD_ALIGNMENT - 1)) != 0) {
        return fail(
            IPMPSC_CORRUPT, "The header of channel '%s' is damaged: capacity %llu, slots %u, schema %llu bytes do not go together. Replace the channel.",
            segment->path, (unsigned long long)capacity, slots, (unsigned long long)schema_length);
    }

    if (segment->length < data_offset + capacity) {
        return fail(
            IPMPSC_CORRUPT, "The file of channel '%s' was cut: it has %zu bytes, its header says %llu. Replace the channel.", segment->path,
            segment->length, (unsigned long long)(data_offset + capacity));
    }

    segment->capacity = capacity;
    segment->mask = (capacity - 1) & ~(uint64_t)(RECORD_ALIGNMENT - 1);
    segment->cookie = cookie;
    segment->slots = slots;
    segment->schema_offset = slot_at(slots);
    segment->schema_length = schema_length;
    segment->data = segment->base + data_offset;
    return IPMPSC_OK;
}

/* The next position at which a lap of the ring begins; a position at which one begins itself. */
static uint64_t lap_end(const struct segment *segment, uint64_t position)
{
    return (position + segment->capacity - 1) & ~(segment->capacity - 1);
}

/* Whether the filler that stood at head, where no valid stamp is, was overwritten: see "Fillers" in docs/protocol.md. */
static bool is_filler_lost(const struct segment *segment, uint64_t head)
{
    return (int64_t)(load_tail(segment) - head) > (int64_t)segment->capacity;
}

static ipmpsc_status check_positions(const struct segment *segment)
{
    /* Both move. The head of before is not past the tail, and the head of after is at most a capacity behind it. */
    uint64_t before = load_head(segment);
    uint64_t tail = load_tail(segment);
    uint64_t after = load_head(segment);
    return before <= INT64_MAX && ((before | tail | after) & (RECORD_ALIGNMENT - 1)) == 0 && tail - before <= INT64_MAX
            && ((int64_t)(tail - lap_end(segment, after)) <= (int64_t)segment->capacity) /* The room of a filler at head is free. */
        ? IPMPSC_OK
        : fail(
            IPMPSC_CORRUPT, "The positions of channel '%s' are damaged: head %lld, tail %lld, capacity %llu. Replace the channel.",
            segment->path, (long long)after, (long long)tail, (unsigned long long)segment->capacity);
}

/* ---- Schemas ------------------------------------------------------------------------------------------------------- */

struct line {
    const char *text;
    size_t length;
};

static bool next_line(const char **at, const char *end, struct line *line)
{
    if (*at >= end) {
        return false;
    }

    const char *feed = memchr(*at, '\n', (size_t)(end - *at));
    line->text = *at;
    line->length = (size_t)((feed == NULL ? end : feed) - *at);
    *at = feed == NULL ? end : feed + 1;
    return true;
}

/* The number behind a word that stands in a line between spaces; `missing` if the word is not there. */
static unsigned long number_behind(struct line line, const char *word, unsigned long missing)
{
    size_t length = strlen(word);
    for (size_t at = 0; at + length < line.length; at++) {
        if (memcmp(line.text + at, word, length) == 0) {
            unsigned long value = 0;
            for (at += length; at < line.length && line.text[at] >= '0' && line.text[at] <= '9' && value < 100000; at++) {
                value = value * 10 + (unsigned long)(line.text[at] - '0');
            }

            return value;
        }
    }

    return missing;
}

static bool is_message_line(struct line line)
{
    return line.length > 8 && memcmp(line.text, "message ", 8) == 0;
}

static struct line name_of(struct line line)
{
    const char *end = memchr(line.text + 8, ' ', line.length - 8);
    return (struct line){line.text + 8, end == NULL ? line.length - 8 : (size_t)(end - line.text - 8)};
}

static bool is_indented(struct line line)
{
    return line.length > 2 && memcmp(line.text, "  ", 2) == 0;
}

static bool is_same(struct line a, struct line b)
{
    return a.length == b.length && memcmp(a.text, b.text, a.length) == 0;
}

static bool find_message(const char *text, const char *end, unsigned long id, struct line *message, const char **fields)
{
    while (next_line(&text, end, message)) {
        if (is_message_line(*message) && number_behind(*message, " id ", 0) == id) {
            *fields = text;
            return true;
        }
    }

    return false;
}

/* The first two words of a line: what a definition defines, or a member of an enum with its "=". */
static struct line two_words(struct line line)
{
    size_t length = is_indented(line) ? 2 : 0;
    for (int words = 0; length < line.length; length++) {
        if (line.text[length] == ' ' && ++words == 2) {
            break;
        }
    }

    return (struct line){line.text, length};
}

/* The definition behind the fields of a message that begins like a line, such as "enum Demo.Side". */
static bool find_definition(const char *text, const char *end, struct line sought, struct line *definition, const char **lines)
{
    while (next_line(&text, end, definition) && !is_message_line(*definition)) {
        if (!is_indented(*definition) && is_same(two_words(*definition), two_words(sought))) {
            *lines = text;
            return true;
        }
    }

    return false;
}

/* The next field that programs of both versions know; an empty one behind the last. */
static struct line next_common_field(const char **at, const char *end, unsigned long version)
{
    struct line line;
    for (const char *next = *at; next_line(&next, end, &line) && is_indented(line);) {
        *at = next;
        if (number_behind(line, " since ", 1) <= version) {
            return line;
        }
    }

    return (struct line){"no such field", 0};
}

static ipmpsc_status differs(struct line message, struct line their, struct line our)
{
    return fail(
        IPMPSC_MISMATCH, "In message %.*s it has '%.*s', this program has '%.*s'.", (int)message.length, message.text,
        their.length == 0 ? 13 : (int)their.length, their.text, our.length == 0 ? 13 : (int)our.length, our.text);
}

/* Compares the fields of a message, a struct or a nested message up to the lower of their versions. */
static ipmpsc_status compare_fields(
    struct line message, struct line their, const char *theirs, const char *theirs_end, struct line our, const char *ours, const char *ours_end)
{
    unsigned long their_version = number_behind(their, " version ", 1);
    unsigned long our_version = number_behind(our, " version ", 1);
    unsigned long common = their_version < our_version ? their_version : our_version;
    for (;;) {
        struct line a = next_common_field(&theirs, theirs_end, common);
        struct line b = next_common_field(&ours, ours_end, common);
        if (!is_same(a, b)) {
            return differs(message, a, b);
        }

        if (a.length == 0) {
            return IPMPSC_OK;
        }
    }
}

/* A member that both know must have the same number. */
static ipmpsc_status compare_members(struct line message, const char *theirs, const char *theirs_end, const char *ours, const char *ours_end)
{
    struct line their;
    struct line our;
    while (next_line(&theirs, theirs_end, &their) && is_indented(their)) {
        for (const char *at = ours; next_line(&at, ours_end, &our) && is_indented(our);) {
            if (is_same(two_words(their), two_words(our)) && !is_same(their, our)) {
                return differs(message, their, our);
            }
        }
    }

    return IPMPSC_OK;
}

static ipmpsc_status compare_message(struct line their, const char *theirs, const char *theirs_end, struct line our, const char *ours, const char *ours_end)
{
    struct line their_name = name_of(their);
    struct line our_name = name_of(our);
    if (!is_same(their_name, our_name)) {
        return fail(IPMPSC_MISMATCH, "It carries '%.*s', this program has '%.*s'.", (int)their.length, their.text, (int)our.length, our.text);
    }

    ipmpsc_status status = compare_fields(our_name, their, theirs, theirs_end, our, ours, ours_end);
    struct line line;
    struct line other;
    const char *lines;
    for (const char *at = theirs; status == IPMPSC_OK && next_line(&at, theirs_end, &line) && !is_message_line(line);) {
        /* A definition that only one side has belongs to a field that only this side knows. */
        if (!is_indented(line) && find_definition(ours, ours_end, line, &other, &lines)) {
            status = line.text[0] == 'e' ? compare_members(our_name, at, theirs_end, lines, ours_end)
                                         : compare_fields(our_name, line, at, theirs_end, other, lines, ours_end);
        }
    }

    return status;
}

ipmpsc_status ipmpsc_compare_schemas(const char *theirs, size_t theirs_length, const char *ours, size_t ours_length)
{
    const char *theirs_end = theirs + theirs_length;
    const char *ours_end = ours + ours_length;
    static const char format[] = "format "; /* Payloads of another library: the whole line must be the same. */
    bool is_format = (theirs_length >= sizeof format - 1 && memcmp(theirs, format, sizeof format - 1) == 0)
        || (ours_length >= sizeof format - 1 && memcmp(ours, format, sizeof format - 1) == 0);
    if (is_format && (theirs_length != ours_length || memcmp(theirs, ours, ours_length) != 0)) {
        return fail(
            IPMPSC_MISMATCH, "It carries '%.*s', this program has '%.*s'.", theirs_length > 200 ? 200 : (int)theirs_length, theirs,
            ours_length > 200 ? 200 : (int)ours_length, ours);
    }

    struct line line;
    struct line other;
    const char *fields;
    for (const char *at = theirs; next_line(&at, theirs_end, &line);) {
        if (!is_message_line(line)) {
            continue;
        }

        if (!find_message(ours, ours_end, number_behind(line, " id ", 0), &other, &fields)) {
            return fail(IPMPSC_MISMATCH, "It carries '%.*s', which this program does not know.", (int)line.length, line.text);
        }

        ipmpsc_status status = compare_message(line, at, theirs_end, other, fields, ours_end);
        if (status != IPMPSC_OK) {
            return status;
        }
    }

    for (const char *at = ours; next_line(&at, ours_end, &line);) {
        if (is_message_line(line) && !find_message(theirs, theirs_end, number_behind(line, " id ", 0), &other, &fields)) {
            return fail(IPMPSC_MISMATCH, "It does not carry '%.*s', which this program has.", (int)line.length, line.text);
        }
    }

    return IPMPSC_OK;
}

/* FNV-1a, 64 bits. */
static uint64_t fingerprint_of(const char *schema, size_t length)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (size_t at = 0; at < length; at++) {
        hash = (hash ^ (unsigned char)schema[at]) * UINT64_C(0x100000001b3);
    }

    return hash;
}

/* That a sound channel is the one that was asked for. */
static ipmpsc_status check_same(const struct segment *segment, const ipmpsc_options *options)
{
    uint32_t wake_up = read32(segment, AT_WAKE_UP);
    if (wake_up != WAKE_UP_FUTEX) {
        return fail(
            IPMPSC_MISMATCH, "The participants of channel '%s' wake each other in way %u; this library knows futexes, way 1, only. Do not set IPMPSC_WAIT for the others.",
            segment->path, wake_up);
    }

    if (options->capacity != 0 && options->capacity != segment->capacity) {
        return fail(
            IPMPSC_MISMATCH, "Channel '%s' was created with a capacity of %llu bytes, this program asks for %llu. Set 0 to take what there is.",
            segment->path, (unsigned long long)segment->capacity, (unsigned long long)options->capacity);
    }

    if (options->slots != 0 && options->slots != segment->slots) {
        return fail(
            IPMPSC_MISMATCH, "Channel '%s' was created with %u sender slots, this program asks for %u. Set 0 to take what there is.",
            segment->path, segment->slots, options->slots);
    }

    if (options->schema == NULL) {
        return IPMPSC_OK;
    }

    /* A copy: the comparison looks at it more than once. */
    char *schema = malloc((size_t)segment->schema_length + 1);
    if (schema == NULL) {
        return fail_memory();
    }

    memcpy(schema, segment->base + segment->schema_offset, (size_t)segment->schema_length);
    ipmpsc_status status = ipmpsc_compare_schemas(schema, (size_t)segment->schema_length, options->schema, strlen(options->schema));
    free(schema);
    if (status == IPMPSC_MISMATCH) {
        char difference[sizeof last_error];
        memcpy(difference, last_error, sizeof difference);
        return fail(IPMPSC_MISMATCH, "Channel '%s' is not what this program expects. %s", segment->path, difference);
    }

    return status;
}

/* ---- Sleeping and waking -------------------------------------------------------------------------------------------- */

static int64_t now_ns(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* Lowers a raised signal and wakes its sleepers. The signal counts on, so a sleeper finds another value than its own. */
static void wake(shared32 *signal)
{
    uint32_t raised = atomic_load_explicit(signal, memory_order_acquire);
    while ((raised & 1) != 0) {
        STEP("wake.exchange");
        if (atomic_compare_exchange_strong(signal, &raised, raised + 1)) {
            STEP("wake.wake");
            (void)syscall(SYS_futex, signal, FUTEX_WAKE, INT_MAX, NULL, NULL, 0); /* Not private: the word is shared. */
            return;
        }
    }
}

/* To be called after each publication: of a stamp, of a filler too, or of the head. */
static void wake_if_raised(const struct segment *segment, size_t signal)
{
    if (segment->must_fence) {
        full_fence(); /* STEP commit.fence, STEP release.fence */
    }

    STEP("wake.check");
    if ((atomic_load_explicit(word32(segment, signal), memory_order_acquire) & 1) != 0) {
        wake(word32(segment, signal));
    }
}

/* Announces a sleeper. Gives the value to sleep on, and how long at most. The caller looks at its condition once more. */
static uint32_t announce(shared32 *signal, int64_t *limit)
{
    STEP("wait.raise");
    uint32_t raised = atomic_fetch_or(signal, 1) | 1;
    full_fence();
    STEP("wait.barrier");
    bool ordered = syscall(SYS_membarrier, MEMBARRIER_CMD_GLOBAL_EXPEDITED, 0, 0) == 0;
    *limit = ordered ? INT64_MAX : UNORDERED_SLICE; /* Nothing orders the other side's stores: look often. */
    return raised;
}

/* Returns early for no reason, too: the caller looks again. */
static void sleep_on(shared32 *signal, uint32_t raised, int64_t time)
{
    STEP("wait.sleep");
    struct timespec limit = {.tv_sec = time / 1000000000, .tv_nsec = time % 1000000000};
    (void)syscall(SYS_futex, signal, FUTEX_WAIT, raised, &limit, NULL, 0);
}

static void pause_briefly(void)
{
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}

/* How long a wait polls before it sleeps, learned from the waits before. */
struct spin_budget {
    int64_t time;
};

static struct spin_budget new_budget(void)
{
    /* On one processor, the other side could not run meanwhile. */
    return (struct spin_budget){sysconf(_SC_NPROCESSORS_ONLN) > 1 ? SPIN_MOST : 0};
}

static void learn(struct spin_budget *budget, int64_t waited)
{
    if (budget->time > 0) {
        int64_t half = budget->time / 2 < SPIN_LEAST ? SPIN_LEAST : budget->time / 2;
        budget->time = waited <= SPIN_MOST ? SPIN_MOST : half;
    }
}

struct deadline {
    int64_t start;
    int64_t end;
};

static struct deadline begin_wait(int64_t timeout)
{
    int64_t start = now_ns();
    return (struct deadline){start, timeout < 0 || timeout > INT64_MAX - start ? INT64_MAX : start + timeout};
}

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* ---- Slots ---------------------------------------------------------------------------------------------------------- */

/* Whether every record of a claim is stamped, as it is when its owner makes the next one. */
static bool is_stamped(const struct segment *segment, uint64_t position, uint64_t end)
{
    STEP("slot.check-stamped");
    bool stamped = end - position <= segment->capacity && first_unstamped(segment, position, end) >= end;
    STEP("slot.recheck-head");
    return stamped && load_head_after_copy(segment) <= position;
}

/* Whether the claim in a slot, if its owner is dead, can play no part in a recovery any more. */
static bool is_usable(const struct segment *segment, uint32_t slot)
{
    uint64_t position = load_claim_position(segment, slot);
    uint64_t end = position + load_claim_length(segment, slot);
    STEP("slot.check-claim");
    if (position == NO_CLAIM || (int64_t)end <= (int64_t)load_head(segment)) {
        return true;
    }

    STEP("slot.check-lost");
    return (int64_t)end > (int64_t)load_tail(segment) /* Its winner would have moved the tail there. */
        || is_stamped(segment, position, end);
}

/* Only the next forwarder of its source takes over a slot that belongs to one. */
static bool is_reserved(const struct segment *segment, uint32_t slot)
{
    return read32(segment, slot_at(slot) + SLOT_IDENTITY + IDENTITY_KIND) == KIND_FORWARDER;
}

static ipmpsc_status try_own(const struct segment *segment, uint32_t slot)
{
    /* A look without the lock leaves the slot of a dead sender with a gap alone: while we held its lock, the receiver
     * would take us for the living owner and wait. */
    if (is_reserved(segment, slot) || !is_usable(segment, slot)) {
        return IPMPSC_IN_USE;
    }

    STEP("slot.lock");
    ipmpsc_status status = try_lock(segment->fd, LOCK_FIRST_SLOT + slot, 1, segment->path);
    if (status != IPMPSC_OK) {
        return status;
    }

    if (!is_usable(segment, slot)) {
        unlock(segment->fd, LOCK_FIRST_SLOT + slot, 1); /* STEP slot.unlock */
        return IPMPSC_IN_USE;
    }

    /* A claim that was lost may cover head; with a living owner it would hold a recovery up. */
    STEP("slot.clear");
    store_claim_position(segment, slot, NO_CLAIM);
    return IPMPSC_OK;
}

static ipmpsc_status acquire_slot(const struct segment *segment, const char *participant, uint32_t *slot)
{
    for (uint32_t index = 0; index < segment->slots; index++) {
        ipmpsc_status status = try_own(segment, index);
        if (status == IPMPSC_OK) {
            size_t at = slot_at(index);
            STEP("slot.count");
            atomic_fetch_add(word64(segment, AT_JOINS), 1);
            write64(segment, at + SLOT_MESSAGES, 0);
            write64(segment, at + SLOT_BYTES, 0);
            write64(segment, at + SLOT_WAITS, 0);
            write64(segment, at + SLOT_DROPPED, 0);
            write_identity(segment, at + SLOT_IDENTITY, participant);
            *slot = index;
            return IPMPSC_OK;
        }

        if (status != IPMPSC_IN_USE) {
            return status;
        }
    }

    return fail(
        IPMPSC_IN_USE, "Every sender slot of channel '%s' is taken; it was made with %u. Make it with more slots, or send through fewer senders.",
        segment->path, segment->slots);
}

static ipmpsc_status acquire_receiver(const struct segment *segment, const char *participant)
{
    ipmpsc_status status = try_lock(segment->fd, LOCK_RECEIVER, 1, segment->path); /* STEP create.lock-receiver */
    if (status == IPMPSC_OK) {
        write_identity(segment, AT_RECEIVER, participant);
        write64(segment, AT_HELD_MESSAGES, 0); /* What a predecessor held is received again; this receiver holds nothing. */
        return IPMPSC_OK;
    }

    if (status == IPMPSC_IN_USE) {
        char name[IDENTITY_NAME_SIZE + 1];
        int32_t process = read_identity(segment, AT_RECEIVER, name);
        return fail(
            IPMPSC_IN_USE, "Channel '%s' already has a receiver: %s, process %d. Stop it first, or receive from another channel.",
            segment->path, name, (int)process);
    }

    return status;
}

/* ---- Making, opening, deleting -------------------------------------------------------------------------------------- */

enum role { ROLE_SENDER, ROLE_RECEIVER };

#define NAME_CHANGES ((ipmpsc_status)-1) /* The name is changing hands: go round again. */

static ipmpsc_status join(const struct segment *segment, enum role role, const char *participant, uint32_t *slot)
{
    return role == ROLE_SENDER ? acquire_slot(segment, participant, slot) : acquire_receiver(segment, participant);
}

static void split_path(const char *path, char directory[PATH_MAX], const char **file)
{
    const char *slash = strrchr(path, '/');
    *file = slash == NULL ? path : slash + 1;
    size_t length = slash == NULL ? 0 : (size_t)(slash - path);
    (void)snprintf(directory, PATH_MAX, "%.*s", (int)(length == 0 ? 1 : length), slash == NULL ? "." : length == 0 ? "/" : path);
}

/* Removes what killed creators have left: files `.NAME.<32 hex digits>.ipmpsc` whose naming lock is free. */
static void remove_leftovers(const char *path)
{
    char directory[PATH_MAX];
    const char *file;
    split_path(path, directory, &file);
    DIR *entries = opendir(directory);
    if (entries == NULL) {
        return;
    }

    size_t length = strlen(file);
    for (const struct dirent *entry = readdir(entries); entry != NULL; entry = readdir(entries)) {
        const char *name = entry->d_name;
        if (strlen(name) != length + 41 || name[0] != '.' || strncmp(name + 1, file, length) != 0 || name[length + 1] != '.'
            || strspn(name + length + 2, "0123456789abcdefABCDEF") != 32 || strcmp(name + length + 34, ".ipmpsc") != 0) {
            continue;
        }

        int fd = openat(dirfd(entries), name, O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
        if (fd >= 0) {
            struct stat status;
            if (fstat(fd, &status) == 0 && S_ISREG(status.st_mode) && try_lock(fd, LOCK_NAMING, 1, name) == IPMPSC_OK) {
                (void)unlinkat(dirfd(entries), name, 0);
            }

            (void)close(fd);
        }
    }

    (void)closedir(entries);
}

static ipmpsc_status random_bytes(void *bytes, size_t count)
{
    return getrandom(bytes, count, 0) == (ssize_t)count ? IPMPSC_OK : fail(IPMPSC_FILE, "The system gives no random numbers: %s.", strerror(errno));
}

/* Makes the temporary file and takes its naming lock. NAME_CHANGES if somebody cleaned it up before it was locked. */
static ipmpsc_status make_temporary(struct segment *segment, const char *path, uint64_t size, const char *access)
{
    uint64_t random[2];
    ipmpsc_status status = random_bytes(random, sizeof random);
    if (status != IPMPSC_OK) {
        return status;
    }

    char directory[PATH_MAX];
    const char *file;
    split_path(path, directory, &file);
    memset(segment, 0, sizeof *segment);
    segment->fd = -1;
    if (asprintf(&segment->path, "%s/.%s.%016llx%016llx.ipmpsc", directory, file, (unsigned long long)random[0], (unsigned long long)random[1]) < 0) {
        segment->path = NULL;
        return fail_memory();
    }

    segment->fd = open(segment->path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (segment->fd < 0) {
        return errno == ENOENT
            ? fail(IPMPSC_FILE, "The directory '%s' does not exist; make it first.", directory)
            : fail_file("made", path);
    }

    STEP("create.mode");
    struct stat made;
    status = set_access(segment->fd, path, access);
    if (status != IPMPSC_OK || fstat(segment->fd, &made) != 0) {
        return status != IPMPSC_OK ? status : fail_file("examined", path);
    }

    segment->device = made.st_dev;
    segment->inode = made.st_ino;
    if (is_on_network(segment->fd)) {
        return fail(IPMPSC_FILE, "'%s' lies on a network drive; memory, locks and wake-ups end at the machine. Choose a local directory.", path);
    }

    STEP("create.lock");
    status = try_lock(segment->fd, LOCK_NAMING, 1, path);
    if (status == IPMPSC_FILE) {
        return status;
    }

    if (status != IPMPSC_OK || !is_named(segment, segment->path)) {
        return NAME_CHANGES;
    }

    /* Every block now: a hole in a full file system would end the process with SIGBUS at the first touch. */
    STEP("create.allocate");
    int error;
    do {
        error = posix_fallocate(segment->fd, 0, (off_t)size);
    } while (error == EINTR);

    if (error != 0) {
        errno = error;
        return fail(IPMPSC_FILE, "The channel '%s' needs %llu bytes, which it does not get: %s. Choose a smaller capacity or another directory.",
            path, (unsigned long long)size, strerror(error));
    }

    STEP("create.map");
    return fstat(segment->fd, &made) == 0 ? map_segment(segment, true, &made) : fail_file("examined", path);
}

static ipmpsc_status initialise(struct segment *segment, uint64_t capacity, uint32_t slots, const char *schema, const char *participant)
{
    size_t schema_length = strlen(schema);
    uint64_t random[3];
    ipmpsc_status status = random_bytes(random, sizeof random);
    if (status != IPMPSC_OK) {
        return status;
    }

    uint64_t data_offset = data_offset_of(slots, schema_length);
    write32(segment, AT_LAYOUT_VERSION, LAYOUT_VERSION);
    write32(segment, AT_SLOT_COUNT, slots);
    write64(segment, AT_CAPACITY, capacity);
    write64(segment, AT_COOKIE, random[0] & ~(uint64_t)(RECORD_ALIGNMENT - 1));
    write64(segment, AT_FINGERPRINT, fingerprint_of(schema, schema_length));
    write64(segment, AT_SLOTS_OFFSET, HEADER_PAGE);
    write64(segment, AT_SCHEMA_OFFSET, slot_at(slots));
    write64(segment, AT_SCHEMA_LENGTH, schema_length);
    write64(segment, AT_DATA_OFFSET, data_offset);
    write64(segment, AT_SEGMENT_SIZE, data_offset + capacity);
    write64(segment, AT_CHANNEL_ID, random[1]);
    write64(segment, AT_CHANNEL_ID + 8, random[2]);
    write64(segment, AT_CREATED, unix_ms());
    write32(segment, AT_WAKE_UP, WAKE_UP_FUTEX);
    write64(segment, AT_BLOCKED_AT, NO_CLAIM);
    for (uint32_t slot = 0; slot < slots; slot++) {
        store_claim_position(segment, slot, NO_CLAIM);
    }

    memcpy(segment->base + slot_at(slots), schema, schema_length);
    write_identity(segment, AT_CREATOR, participant);
    atomic_store_explicit(word64(segment, AT_MAGIC), MAGIC, memory_order_release); /* Last: the header is complete. */
    return check_layout(segment);
}

/* Gives the file its name, unless that name exists. */
static ipmpsc_status publish(const char *temporary, const char *path)
{
    if (link(temporary, path) == 0) {
        STEP("create.unlink-temporary");
        (void)unlink(temporary);
        return IPMPSC_OK;
    }

    /* Some file systems allow a file one name only. */
    if ((errno == EPERM || errno == EACCES) && syscall(SYS_renameat2, AT_FDCWD, temporary, AT_FDCWD, path, RENAME_NOREPLACE) == 0) {
        return IPMPSC_OK;
    }

    return errno == EEXIST
        ? fail(IPMPSC_EXISTS, "Channel '%s' exists already. IPMPSC_OPEN_OR_CREATE continues it with the messages it holds.", path)
        : fail_file("published", path);
}

/* Makes the channel complete and joined under a temporary name, and only then gives it its own. */
static ipmpsc_status make(
    const char *path, const ipmpsc_options *options, enum role role, const char *participant, struct segment *segment, uint32_t *slot)
{
    uint64_t capacity = options->capacity == 0 ? DEFAULT_CAPACITY : options->capacity;
    uint32_t slots = options->slots == 0 ? DEFAULT_SLOTS : options->slots;
    const char *schema = options->schema == NULL ? "" : options->schema;
    size_t schema_length = strlen(schema);
    if (!is_capacity(capacity) || slots > MAX_SLOTS || schema_length > MAX_SCHEMA) {
        return fail(
            IPMPSC_MISUSE, "No channel can have a capacity of %llu (a power of two from 64 to 2^31), %u slots (1 to 4,096) and a schema of %zu bytes (at most 2^20).",
            (unsigned long long)capacity, slots, schema_length);
    }

    remove_leftovers(path);
    ipmpsc_status status = make_temporary(segment, path, data_offset_of(slots, schema_length) + capacity, options->access);
    if (status == IPMPSC_OK) {
        STEP("create.initialise");
        status = initialise(segment, capacity, slots, schema, participant);
    }

    if (status == IPMPSC_OK) {
        STEP("create.join");
        status = join(segment, role, participant, slot);
    }

    if (status == IPMPSC_OK) {
        STEP("create.publish");
        status = publish(segment->path, path);
    }

    if (status != IPMPSC_OK) {
        if (segment->fd >= 0 && segment->path != NULL) {
            (void)unlink(segment->path);
        }

        return status;
    }

    char *name = strdup(path);
    if (name != NULL) { /* Without memory for it, messages of errors show the temporary name. */
        free(segment->path);
        segment->path = name;
    }

    STEP("create.end-naming");
    unlock(segment->fd, LOCK_NAMING, 1);
    if (is_retired(segment)) {
        remove_name(segment, path); /* A process that deleted it already could not while we held the lock. */
    }

    return IPMPSC_OK;
}

/* Whether a segment has lost its name, or somebody gives or takes it now. */
static bool is_name_changing(const struct segment *segment, const char *path)
{
    return is_retired(segment) || is_locked_elsewhere(segment->fd, LOCK_NAMING, 1) || !is_named(segment, path);
}

static ipmpsc_status join_existing(
    const char *path, const ipmpsc_options *options, enum role role, const char *participant, struct segment *segment, uint32_t *slot)
{
    ipmpsc_status status = open_file(segment, path, true, options->trusted_owners); /* STEP open.read-name */
    if (status == IPMPSC_OK) {
        status = check_channel(segment);
    }

    if (status == IPMPSC_OK) {
        status = check_layout(segment);
    }

    if (status == IPMPSC_OK) {
        status = check_positions(segment);
    }

    if (status == IPMPSC_OK) {
        status = check_same(segment, options);
    }

    if (status != IPMPSC_OK) {
        return status;
    }

    STEP("open.lock");
    status = join(segment, role, participant, slot);
    if (status == IPMPSC_IN_USE && is_name_changing(segment, path)) {
        status = NAME_CHANGES; /* A process that replaces or deletes the channel holds every place for a moment. */
    }

    /* Only now, with the lock: a process that retires an unused channel holds every lock. */
    STEP("open.recheck");
    if ((status == IPMPSC_OK || status == NAME_CHANGES) && is_retired(segment)) {
        remove_name(segment, path); /* The process that retired it does this next, unless it was killed before it could. */
        status = NAME_CHANGES;
    }

    return status;
}

static ipmpsc_status open_once(
    const char *path, const ipmpsc_options *options, enum role role, const char *participant, struct segment *segment, uint32_t *slot)
{
    ipmpsc_status status;
    switch (options->mode) {
    case IPMPSC_CREATE:
        status = make(path, options, role, participant, segment, slot);
        break;

    case IPMPSC_OPEN_OR_CREATE:
        status = join_existing(path, options, role, participant, segment, slot);
        if (status == IPMPSC_NOT_FOUND) {
            close_segment(segment);
            status = make(path, options, role, participant, segment, slot);
            status = status == IPMPSC_EXISTS ? NAME_CHANGES : status;
        }

        break;

    default:
        status = join_existing(path, options, role, participant, segment, slot);
        break;
    }

    if (status != IPMPSC_OK) {
        close_segment(segment); /* STEP open.unlock */
    }

    return status;
}

/* Opens a channel, or makes it, and joins it. */
static ipmpsc_status open_channel(
    const char *name, const ipmpsc_options *options, enum role role, struct segment *segment, uint32_t *slot)
{
    memset(segment, 0, sizeof *segment);
    segment->fd = -1;
    const char *participant = options->participant == NULL ? program_invocation_short_name : options->participant;
    char *path;
    ipmpsc_status status = resolve(name, &path);
    if (status != IPMPSC_OK) {
        return status;
    }

    /* Invariant: each further round has seen another participant make, replace or delete the file. After about
     * three seconds that one stands still. Rounds are counted: a machine that was suspended is given its time. */
    status = NAME_CHANGES;
    for (int round = 0; round < 300 && status == NAME_CHANGES; round++) {
        if (round > 0) {
            struct timespec rest = {.tv_nsec = (round < 10 ? round : 10) * 1000000};
            (void)nanosleep(&rest, NULL);
        }

        status = open_once(path, options, role, participant, segment, slot);
    }

    if (status == NAME_CHANGES) {
        status = fail(IPMPSC_IN_USE, "Another process has been making, replacing or deleting channel '%s' for over 3 s. Try again later, or end that process.", path);
    }

    free(path);
    return status;
}

/* Whether the directory lets this user take the name away; asked before the mark, after which senders would fail on a channel that stays. */
static ipmpsc_status check_removable(const struct segment *segment, const char *path)
{
    char directory[PATH_MAX];
    const char *file;
    struct stat place;
    struct stat status;
    uid_t self = geteuid();
    split_path(path, directory, &file);
    if (self == 0 || stat(directory, &place) != 0 || fstat(segment->fd, &status) != 0) {
        return IPMPSC_OK;
    }

    if (faccessat(AT_FDCWD, directory, W_OK | X_OK, AT_EACCESS) != 0 && errno == EACCES) {
        return fail(
            IPMPSC_FILE, "'%s' cannot be deleted: the directory '%s' (user %u, group %u, mode 0%o) does not let user %u remove files. Nothing was done.",
            path, directory, (unsigned)place.st_uid, (unsigned)place.st_gid, (unsigned)place.st_mode & 07777, (unsigned)self);
    }

    return (place.st_mode & S_ISVTX) == 0 || place.st_uid == self || status.st_uid == self ? IPMPSC_OK : fail(
        IPMPSC_FILE, "'%s' cannot be deleted: in the directory '%s', which has the sticky bit, only user %u, user %u and root can remove it. Nothing was done.",
        path, directory, (unsigned)status.st_uid, (unsigned)place.st_uid);
}

ipmpsc_status ipmpsc_delete(const char *name, bool even_if_in_use, const char *trusted_owners)
{
    char *path;
    ipmpsc_status status = resolve(name, &path);
    if (status != IPMPSC_OK) {
        return status;
    }

    struct segment segment;
    status = open_file(&segment, path, true, trusted_owners); /* STEP delete.read-name */
    if (status == IPMPSC_OK) {
        status = check_channel(&segment);
    }

    if (status == IPMPSC_OK) {
        status = check_removable(&segment, path);
    }

    STEP("retire.lock-all");
    if (status == IPMPSC_OK && !even_if_in_use) {
        status = try_lock(segment.fd, LOCK_NAMING, LOCK_FIRST_SLOT + MAX_SLOTS - LOCK_NAMING, path);
        if (status == IPMPSC_IN_USE) {
            status = fail(IPMPSC_IN_USE, "Channel '%s' is in use and was not deleted. Stop all that use it, or delete it although it is in use.", path);
        }
    }

    if (status == IPMPSC_OK) {
        STEP("retire.mark");
        (void)atomic_fetch_or(word32(&segment, AT_STATE), STATE_RETIRED);
        full_fence(); /* A sleeper that announces itself after our look at its signal sees the mark. */
        wake(word32(&segment, AT_RECEIVER_SIGNAL)); /* STEP retire.exchange, STEP retire.wake */
        wake(word32(&segment, AT_SPACE_SIGNAL));
        remove_name(&segment, path);
    }

    close_segment(&segment);
    free(path);
    return status;
}

static ipmpsc_status complete_options(const ipmpsc_options *given, ipmpsc_options *options)
{
    memset(options, 0, sizeof *options);
    if (given != NULL) {
        if (given->size < sizeof(uint32_t) * 2 || given->size > 4096) {
            return fail(IPMPSC_MISUSE, "ipmpsc_options.size is %u; set it to sizeof(ipmpsc_options).", given->size);
        }

        /* An older program has fewer members; those of a newer one would be ignored, so they must be 0. */
        size_t known = given->size < sizeof *options ? given->size : sizeof *options;
        memcpy(options, given, known);
        for (size_t at = known; at < given->size; at++) {
            if (((const unsigned char *)given)[at] != 0) {
                return fail(IPMPSC_MISUSE, "ipmpsc_options has a member at %zu that this library does not know.", at);
            }
        }
    }

    return options->mode <= IPMPSC_OPEN_OR_CREATE && (options->flags & ~(IPMPSC_END_WITH_SENDERS | IPMPSC_FAIL_WITHOUT_RECEIVER | IPMPSC_TRACE_MESSAGES)) == 0
        ? IPMPSC_OK
        : fail(IPMPSC_MISUSE, "ipmpsc_options has mode %u and flags 0x%x; there are modes 0 to 2 and flags 1, 2 and 4.", options->mode, options->flags);
}

static const char *schema_of(const struct segment *segment, size_t *length)
{
    *length = (size_t)segment->schema_length;
    return (const char *)segment->base + segment->schema_offset;
}

/* ---- Senders -------------------------------------------------------------------------------------------------------- */

struct ipmpsc_sender {
    struct segment segment;
    struct spin_budget budget;
    uint32_t slot;
    bool fails_without_receiver;
    atomic_bool interrupted;
    uint32_t trailer;   /* Bytes of the trailer of each message; 0 if this sender does not trace. */
    ipmpsc_trace trace; /* What goes there. */

    uint64_t cached_head;
    uint64_t claimed;      /* The outstanding claim, or NO_CLAIM. */
    uint64_t claim_size;   /* With header and rounding. */
    uint32_t claim_length; /* Of the payload. */
    uint64_t slot_length;  /* The length that stands in the slot. */

    /* Priority: advice about which sender goes first. Nothing depends on it. */
    bool waiting;
    uint64_t waiting_from;
    uint64_t head_at_request;
};

ipmpsc_status ipmpsc_sender_open(const char *name, const ipmpsc_options *options, ipmpsc_sender **sender)
{
    *sender = NULL;
    ipmpsc_options completed;
    ipmpsc_status status = complete_options(options, &completed);
    if (status != IPMPSC_OK) {
        return status;
    }

    ipmpsc_sender *opened = calloc(1, sizeof *opened);
    if (opened == NULL) {
        return fail_memory();
    }

    status = open_channel(name, &completed, ROLE_SENDER, &opened->segment, &opened->slot);
    if (status != IPMPSC_OK) {
        free(opened);
        return status;
    }

    opened->budget = new_budget();
    opened->fails_without_receiver = (completed.flags & IPMPSC_FAIL_WITHOUT_RECEIVER) != 0;
    opened->trailer = (completed.flags & IPMPSC_TRACE_MESSAGES) != 0 ? TRAILER_SIZE : 0;
    opened->cached_head = load_head(&opened->segment);
    opened->claimed = NO_CLAIM;
    *sender = opened;
    return IPMPSC_OK;
}

void ipmpsc_sender_close(ipmpsc_sender *sender)
{
    if (sender == NULL) {
        return;
    }

    if (sender->claimed != NO_CLAIM) {
        (void)ipmpsc_abort(sender);
    }

    STEP("leave.clear-claim");
    store_claim_position(&sender->segment, sender->slot, NO_CLAIM);
    STEP("leave.unlock");
    unlock(sender->segment.fd, LOCK_FIRST_SLOT + sender->slot, 1);
    wake_if_raised(&sender->segment, AT_RECEIVER_SIGNAL); /* It may end with its last sender. */
    close_segment(&sender->segment);
    free(sender);
}

void ipmpsc_sender_interrupt(ipmpsc_sender *sender)
{
    atomic_store(&sender->interrupted, true);
    wake(word32(&sender->segment, AT_SPACE_SIGNAL)); /* STEP cancel.exchange, STEP cancel.wake */
}

uint32_t ipmpsc_sender_max_length(const ipmpsc_sender *sender)
{
    return (uint32_t)(sender->segment.capacity - RECORD_HEADER - sender->trailer);
}

void ipmpsc_sender_set_trace(ipmpsc_sender *sender, const ipmpsc_trace *trace)
{
    static const ipmpsc_trace none;
    sender->trace = trace != NULL ? *trace : none;
}

void ipmpsc_count_dropped(ipmpsc_sender *sender)
{
    count64(&sender->segment, slot_at(sender->slot) + SLOT_DROPPED, 1);
    atomic_fetch_add(word64(&sender->segment, AT_DROPPED_BY_SENDERS), 1); /* Several senders write it. */
}

bool ipmpsc_sender_has_receiver(const ipmpsc_sender *sender)
{
    return is_locked_elsewhere(sender->segment.fd, LOCK_RECEIVER, 1);
}

const char *ipmpsc_sender_schema(const ipmpsc_sender *sender, size_t *length)
{
    return schema_of(&sender->segment, length);
}

static uint32_t own_priority(const ipmpsc_sender *sender)
{
    return (sender->slot + 1) << 16;
}

static uint32_t own_request(const ipmpsc_sender *sender)
{
    return own_priority(sender) | ((uint32_t)(now_ns() / 1000000) & PRIORITY_TIME) << 1;
}

/* Whether another sender has priority. Withdraws a request that is too old, whoever made it. */
static bool must_hold_back(ipmpsc_sender *sender, uint32_t state)
{
    uint32_t priority = state & STATE_PRIORITY;
    if (priority == 0 || priority == own_priority(sender)) { /* STEP priority.read */
        return false;
    }

    uint32_t age = ((uint32_t)(now_ns() / 1000000) - (state >> 1)) & PRIORITY_TIME;
    if (age <= PRIORITY_LIFETIME) {
        return true; /* STEP priority.hold-back */
    }

    /* The whole word is compared: a request that was renewed or made since is another one. */
    /* STEP priority.expire */
    if (atomic_compare_exchange_strong(word32(&sender->segment, AT_STATE), &state, state & STATE_RETIRED)) {
        wake_if_raised(&sender->segment, AT_SPACE_SIGNAL);
    }

    return false;
}

/*
 * Notes that there was no room. Asks for priority when the others have filled the whole ring since, or since the last
 * request; renews the request while the receiver moves head.
 */
static void ask_after_lap(ipmpsc_sender *sender, uint32_t state, uint64_t tail)
{
    if (!sender->waiting) {
        sender->waiting = true;
        sender->waiting_from = tail;
    } else if ((state & STATE_PRIORITY) == own_priority(sender)) {
        uint64_t head = load_head(&sender->segment);
        uint32_t renewed = own_request(sender) | (state & STATE_RETIRED);
        if (head != sender->head_at_request && renewed != state) {
            /* STEP priority.renew */
            sender->head_at_request = head;
            (void)atomic_compare_exchange_strong(word32(&sender->segment, AT_STATE), &state, renewed);
        }
    } else if (tail - sender->waiting_from >= sender->segment.capacity && state == 0) {
        /* STEP priority.ask */
        sender->head_at_request = load_head(&sender->segment);
        if (atomic_compare_exchange_strong(word32(&sender->segment, AT_STATE), &state, own_request(sender))) {
            sender->waiting_from = tail;
        }
    }
}

static void end_priority(ipmpsc_sender *sender)
{
    sender->waiting = false;
    uint32_t state = load_state(&sender->segment);
    if ((state & STATE_PRIORITY) != own_priority(sender)) {
        return;
    }

    /* STEP priority.end */
    if (atomic_compare_exchange_strong(word32(&sender->segment, AT_STATE), &state, state & STATE_RETIRED)) {
        wake_if_raised(&sender->segment, AT_SPACE_SIGNAL);
    }
}

/*
 * Whether there is room for a claim at the tail; the head is read only if the cached one leaves none. False in `sound` if
 * the positions cannot be true.
 */
static bool has_room(ipmpsc_sender *sender, uint64_t tail, uint64_t size, bool *sound)
{
    const struct segment *segment = &sender->segment;
    *sound = (tail & (RECORD_ALIGNMENT - 1)) == 0;
    if (tail + size - sender->cached_head > segment->capacity) { /* Unsigned: also for a tail behind the cached head. */
        STEP("claim.read-head");
        sender->cached_head = load_head(segment);

        /* A tail read before the head is at most a capacity ahead of it, or of the filler there; one read after it is not behind. */
        *sound = *sound && (int64_t)(tail - lap_end(segment, sender->cached_head)) <= (int64_t)segment->capacity
            && load_tail(segment) - sender->cached_head <= INT64_MAX;
    }

    if ((int64_t)(tail + size - sender->cached_head) <= (int64_t)segment->capacity) {
        return true;
    }

    /* STEP claim.read-filler: nobody needs the room of a filler at head. */
    return (int64_t)(tail + size - lap_end(segment, sender->cached_head)) <= (int64_t)segment->capacity
        && look_at(segment, sender->cached_head) == RECORD_PADDING;
}

/*
 * Stores the claim in the slot, then moves the tail. The sender that moves the tail owns the bytes, and the slot has said so
 * before: a stuck record always has an owner that can be found.
 */
static bool try_win(ipmpsc_sender *sender, uint64_t tail, uint64_t size)
{
    const struct segment *segment = &sender->segment;
    if (size != sender->slot_length) {
        /* An old position must not meet a new length. With the length that it has already, one store does. */
        STEP("claim.invalidate");
        store_claim_position(segment, sender->slot, NO_CLAIM);
        STEP("claim.store-length");
        atomic_store_explicit(word64(segment, slot_at(sender->slot) + SLOT_CLAIM_LENGTH), size, memory_order_release);
        sender->slot_length = size;
    }

    STEP("claim.store-position");
    store_claim_position(segment, sender->slot, tail);
    STEP("claim.cas-tail");
    if (!try_advance_tail(segment, tail, tail + size)) {
        return false;
    }

    uint64_t filler = sender->cached_head + segment->capacity;
    if (tail <= filler && filler < tail + size) {
        /* Our claim covers the header of the filler at head. Its stamp goes first, and whole: a payload that ended within
         * it could make it that of a message. */
        atomic_store_explicit((shared64 *)(void *)record_at(segment, sender->cached_head), 0, memory_order_release); /* STEP claim.clear-filler */
    }

    if (sender->waiting) {
        end_priority(sender);
    }

    return true;
}

/*
 * Takes a claim that was lost to another sender out of the slot before we wait. If it stayed and covered head while the
 * winner is dead, the receiver would wait for us and we for the receiver.
 */
static ipmpsc_status withdraw(ipmpsc_sender *sender, ipmpsc_status status)
{
    STEP("claim.withdraw");
    store_claim_position(&sender->segment, sender->slot, NO_CLAIM);
    return status;
}

static ipmpsc_status try_claim(ipmpsc_sender *sender, uint64_t size)
{
    const struct segment *segment = &sender->segment;

    /* Invariant: an iteration ends the loop, or somebody's tail has moved since it was read. */
    for (;;) {
        STEP("claim.check-retired");
        uint32_t state = load_state(segment);
        if ((state & STATE_RETIRED) != 0) {
            return withdraw(sender, IPMPSC_RETIRED);
        }

        STEP("claim.read-tail");
        uint64_t tail = load_tail(segment);
        uint64_t to_end = segment->capacity - (tail & segment->mask);
        bool padding = size > to_end;
        uint64_t wanted = padding ? to_end : size;
        bool sound;
        bool room = has_room(sender, tail, wanted, &sound);
        if (!sound) {
            return withdraw(sender, IPMPSC_CORRUPT);
        }

        if (!room || must_hold_back(sender, state)) {
            ask_after_lap(sender, state, tail);
            return withdraw(sender, IPMPSC_FULL);
        }

        if (!try_win(sender, tail, wanted)) {
            continue;
        }

        if (!padding) {
            sender->claimed = tail;
            sender->claim_size = size;
            return IPMPSC_OK;
        }

        /* The filler is a claim of its own. The receiver must hear of it: the room behind it may be what we wait for. */
        STEP("padding.stamp");
        stamp_filler(segment, tail, wanted, RECORD_PADDING);
        wake_if_raised(segment, AT_RECEIVER_SIGNAL);
    }
}

/* Whether the wait is over although its condition is not met. */
static bool must_return(atomic_bool *interrupted, struct deadline deadline, ipmpsc_status passed, ipmpsc_status *status)
{
    if (atomic_exchange(interrupted, false)) { /* STEP wait.recheck-token, STEP cancel.mark */
        *status = IPMPSC_INTERRUPTED;
        return true;
    }

    *status = passed;
    return now_ns() >= deadline.end;
}

static ipmpsc_status await_claim(ipmpsc_sender *sender, uint64_t size, int64_t timeout)
{
    const struct segment *segment = &sender->segment;
    shared32 *signal = word32(segment, AT_SPACE_SIGNAL);
    struct deadline deadline = begin_wait(timeout);
    count64(segment, slot_at(sender->slot) + SLOT_WAITS, 1);
    ipmpsc_status status = IPMPSC_FULL;
    int64_t spin_end = least(deadline.end, deadline.start + sender->budget.time);
    while (status == IPMPSC_FULL && now_ns() < spin_end) {
        for (int poll = 0; poll < 32; poll++) {
            pause_briefly();
        }

        status = try_claim(sender, size);
    }

    while (status == IPMPSC_FULL) {
        status = try_claim(sender, size);
        if (status == IPMPSC_FULL && sender->fails_without_receiver && !ipmpsc_sender_has_receiver(sender)) {
            status = IPMPSC_NO_RECEIVER;
        }

        if (status != IPMPSC_FULL) {
            break;
        }

        int64_t limit;
        uint32_t raised = announce(signal, &limit);
        STEP("wait.recheck");
        status = try_claim(sender, size);
        if (status != IPMPSC_FULL || must_return(&sender->interrupted, deadline, IPMPSC_FULL, &status)) {
            break; /* The word stays raised: others may sleep on it. */
        }

        sleep_on(signal, raised, least(least(SPACE_SLICE, limit), deadline.end - now_ns() < 0 ? 0 : deadline.end - now_ns()));
    }

    learn(&sender->budget, now_ns() - deadline.start);
    return status;
}

static ipmpsc_status explain_claim(const ipmpsc_sender *sender, ipmpsc_status status, uint64_t size)
{
    const char *path = sender->segment.path;
    switch (status) {
    case IPMPSC_FULL:
        return fail(status, "Channel '%s' has no room for a record of %llu bytes now; its capacity is %llu.", path, (unsigned long long)size, (unsigned long long)sender->segment.capacity);
    case IPMPSC_RETIRED:
        return fail(status, "Channel '%s' was deleted or replaced: nobody will receive from it. Close this sender and open the channel anew.", path);
    case IPMPSC_CORRUPT:
        return fail(status, "The positions of channel '%s' cannot be true: another program wrote into the file. Replace the channel.", path);
    case IPMPSC_NO_RECEIVER:
        return fail(status, "Channel '%s' is full and no receiver is attached to make room.", path);
    case IPMPSC_INTERRUPTED:
        return fail(status, "The wait for room in channel '%s' was interrupted.", path);
    default:
        return status;
    }
}

/* Claims bytes with header and rounding. */
static ipmpsc_status claim(ipmpsc_sender *sender, uint64_t size, int64_t timeout)
{
    if (sender->claimed != NO_CLAIM) {
        return fail(IPMPSC_MISUSE, "The sender's claim at position %llu has not ended. Commit or abort it first.", (unsigned long long)sender->claimed);
    }

    if (size > sender->segment.capacity) {
        return fail(
            IPMPSC_TOO_LARGE, "A message of %llu bytes exceeds the %u that channel '%s' takes. Make it with a larger capacity.",
            (unsigned long long)(size - RECORD_HEADER - sender->trailer), ipmpsc_sender_max_length(sender), sender->segment.path);
    }

    ipmpsc_status status = try_claim(sender, size);
    if (status == IPMPSC_FULL && timeout != 0) {
        status = await_claim(sender, size, timeout);
    }

    if (status != IPMPSC_OK && sender->waiting && (timeout != 0 || status != IPMPSC_FULL)) {
        end_priority(sender); /* A sender that gives up must not leave the others waiting for it. */
    }

    return status == IPMPSC_OK ? IPMPSC_OK : explain_claim(sender, status, size);
}

/* Bytes that a message of this sender takes. */
static uint64_t size_of(const ipmpsc_sender *sender, uint32_t length)
{
    return record_size(length) + sender->trailer;
}

ipmpsc_status ipmpsc_claim(ipmpsc_sender *sender, uint32_t length, int64_t timeout, void **payload)
{
    *payload = NULL;
    ipmpsc_status status = claim(sender, size_of(sender, length), timeout);
    if (status == IPMPSC_OK) {
        sender->claim_length = length;
        *payload = record_at(&sender->segment, sender->claimed) + RECORD_HEADER;
    }

    return status;
}

/* Writes the trailer of a message, which its stamp vouches for as it does for the payload. */
static void write_trailer(const ipmpsc_sender *sender, uint64_t position, uint32_t length)
{
    const ipmpsc_trace *trace = &sender->trace;
    int64_t sent = trace->sent != 0 ? trace->sent : now_ns();
    unsigned char *trailer = record_at(&sender->segment, position) + record_size(length);
    memset(trailer, 0, TRAILER_SIZE);
    memcpy(trailer + TRAILER_SENT, &sent, sizeof sent);
    memcpy(trailer + TRAILER_TRACE_ID, trace->trace_id, sizeof trace->trace_id);
    memcpy(trailer + TRAILER_SPAN_ID, trace->span_id, sizeof trace->span_id);
    trailer[TRAILER_FLAGS] = trace->flags;
}

/* Makes one record of the claim a message; the caller wakes the receiver. */
static void stamp_message(const ipmpsc_sender *sender, uint64_t position, uint16_t id, uint16_t version, uint32_t length)
{
    const struct segment *segment = &sender->segment;
    if (sender->trailer != 0) {
        write_trailer(sender, position, length);
    }

    store_description(segment, position, (uint64_t)length | (uint64_t)id << 32 | (uint64_t)version << 48);
    STEP("commit.stamp");
    store_stamp(segment, position, sender->trailer != 0 ? RECORD_TRACED : RECORD_MESSAGE);
    count64(segment, slot_at(sender->slot) + SLOT_MESSAGES, 1);
    count64(segment, slot_at(sender->slot) + SLOT_BYTES, length); /* Payload bytes. */
}

ipmpsc_status ipmpsc_commit(ipmpsc_sender *sender, uint16_t id, uint16_t version)
{
    if (sender->claimed == NO_CLAIM) {
        return fail(IPMPSC_MISUSE, "The sender has no claim to commit.");
    }

    stamp_message(sender, sender->claimed, id, version, sender->claim_length);
    sender->claimed = NO_CLAIM;
    wake_if_raised(&sender->segment, AT_RECEIVER_SIGNAL);
    return IPMPSC_OK;
}

ipmpsc_status ipmpsc_commit_shorter(ipmpsc_sender *sender, uint16_t id, uint16_t version, uint32_t length)
{
    if (sender->claimed != NO_CLAIM && length > sender->claim_length) {
        return fail(IPMPSC_MISUSE, "The claim has %u bytes, so a message of %u cannot be committed in it.", sender->claim_length, length);
    }

    if (sender->claimed != NO_CLAIM) {
        /* The rest first. Nobody sees it before the message is stamped, which stays the one step that commits. */
        uint64_t rest = record_size(sender->claim_length) - record_size(length);
        if (rest > 0) {
            STEP("shorten.stamp-rest");
            stamp_filler(&sender->segment, sender->claimed + size_of(sender, length), rest, RECORD_ABORTED);
        }

        sender->claim_length = length;
    }

    return ipmpsc_commit(sender, id, version);
}

ipmpsc_status ipmpsc_abort(ipmpsc_sender *sender)
{
    if (sender->claimed == NO_CLAIM) {
        return fail(IPMPSC_MISUSE, "The sender has no claim to abort.");
    }

    STEP("abort.stamp");
    stamp_filler(&sender->segment, sender->claimed, sender->claim_size, RECORD_ABORTED);
    sender->claimed = NO_CLAIM;
    wake_if_raised(&sender->segment, AT_RECEIVER_SIGNAL);
    return IPMPSC_OK;
}

ipmpsc_status ipmpsc_send(
    ipmpsc_sender *sender, uint16_t id, uint16_t version, const void *payload, uint32_t length, int64_t timeout)
{
    void *place;
    ipmpsc_status status = ipmpsc_claim(sender, length, timeout, &place);
    if (status != IPMPSC_OK) {
        return status;
    }

    if (length > 0) {
        memcpy(place, payload, length);
    }

    return ipmpsc_commit(sender, id, version);
}

/* How many messages from the first on one claim may take now: as many as lie in one piece in free room, at least one. */
static size_t measure_batch(ipmpsc_sender *sender, const ipmpsc_message *messages, size_t count, uint64_t *size)
{
    const struct segment *segment = &sender->segment;
    uint64_t tail = load_tail(segment);
    if (segment->capacity - (tail - sender->cached_head) < segment->capacity / 8) {
        sender->cached_head = load_head(segment);
    }

    uint64_t to_end = segment->capacity - (tail & segment->mask);
    uint64_t free_room = segment->capacity - (tail - sender->cached_head);
    uint64_t room = to_end < free_room ? to_end : free_room;
    *size = size_of(sender, messages[0].length);
    size_t fitting = 1;
    while (fitting < count && *size + size_of(sender, messages[fitting].length) <= room) {
        *size += size_of(sender, messages[fitting++].length);
    }

    return fitting;
}

ipmpsc_status ipmpsc_send_batch(ipmpsc_sender *sender, ipmpsc_message *messages, size_t count, int64_t timeout, size_t *sent)
{
    *sent = 0;
    if (count == 0) {
        return IPMPSC_OK;
    }

    uint64_t size;
    size_t fitting = measure_batch(sender, messages, count, &size);
    ipmpsc_status status = claim(sender, size, fitting > 1 ? IPMPSC_TRY : timeout);
    if (status == IPMPSC_FULL && fitting > 1) {
        fitting = 1; /* Others took the room: wait for that of the first one. */
        status = claim(sender, size_of(sender, messages[0].length), timeout);
    }

    if (status != IPMPSC_OK) {
        return status;
    }

    /* In ascending order: a valid stamp behind the gap of a sender that dies here would be false evidence of a boundary. */
    uint64_t position = sender->claimed;
    for (size_t index = 0; index < fitting; index++) {
        ipmpsc_message *message = &messages[index];
        if (message->length > 0) {
            memcpy(record_at(&sender->segment, position) + RECORD_HEADER, message->payload, message->length);
        }

        STEP("batch.stamp");
        stamp_message(sender, position, message->id, message->version, message->length);
        message->position = position;
        position += size_of(sender, message->length);
    }

    sender->claimed = NO_CLAIM;
    wake_if_raised(&sender->segment, AT_RECEIVER_SIGNAL);
    *sent = fitting;
    return IPMPSC_OK;
}

/* ---- Recovery -------------------------------------------------------------------------------------------------------- */

enum recovery { NOTHING_CLAIMED, OWNER_ALIVE, STAMPED, FILLER_LOST, GAP, UNOWNED };

static bool covers(const struct segment *segment, uint32_t slot, uint64_t head, uint64_t *end)
{
    uint64_t position; /* STEP recover.read-claim-length, STEP recover.recheck-claim-length */
    return read_claim(segment, slot, &position, end) && position <= head && head < *end;
}

/*
 * Collects the ends of the dead owners' claims that cover head. An end read here cannot change any more: its owner is
 * dead, and nobody takes its slot over before head has passed it.
 */
static uint32_t find_candidates(const struct segment *segment, uint64_t head, uint64_t *ends, bool *owner_alive)
{
    uint32_t candidates = 0;
    uint64_t end;
    *owner_alive = false;
    for (uint32_t slot = 0; slot < segment->slots; slot++) {
        /* The owner stored its claim before it moved the tail that we have seen: a slot that does not cover head now is
         * not the owner's, and the kernel need not be asked about it. */
        STEP("recover.read-claim");
        if (!covers(segment, slot, head, &end)) {
            continue;
        }

        STEP("recover.ask-kernel");
        if (is_locked_elsewhere(segment->fd, LOCK_FIRST_SLOT + slot, 1)) {
            *owner_alive = *owner_alive || covers(segment, slot, head, &end);
        } else {
            /* Only what is read after the reported death is the last claim. */
            STEP("recover.recheck-claim");
            if (covers(segment, slot, head, &end)) {
                ends[candidates++] = end;
            }
        }
    }

    return candidates;
}

/* Whether a record begins at an end, or will. In this order: what moves on is still found at its next place. */
static bool is_boundary(const struct segment *segment, uint64_t end)
{
    STEP("recover.evidence-tail");
    if (load_tail(segment) == end) {
        return true;
    }

    for (uint32_t slot = 0; slot < segment->slots; slot++) {
        STEP("recover.evidence-claim");
        if (load_claim_position(segment, slot) == end) {
            return true;
        }
    }

    STEP("recover.evidence-stamp");
    return is_valid(segment, end);
}

/* A tail further ahead than a filler at head explains was written by something else. */
static enum recovery lost_filler_at(const struct segment *segment, uint64_t head, uint64_t tail)
{
    return (int64_t)(tail - lap_end(segment, head)) <= (int64_t)segment->capacity ? FILLER_LOST : UNOWNED;
}

/* Looks at the record at a position, which is not valid; changes nothing. `ends` has room for every slot. */
static enum recovery examine(const struct segment *segment, uint64_t head, uint64_t *ends, uint64_t *gap_end)
{
    STEP("recover.read-tail");
    uint64_t tail = load_tail(segment);
    if (tail == head) {
        return NOTHING_CLAIMED;
    }

    if ((int64_t)(tail - head) > (int64_t)segment->capacity) {
        return is_valid(segment, head) ? STAMPED : lost_filler_at(segment, head, tail);
    }

    bool owner_alive;
    uint32_t candidates = find_candidates(segment, head, ends, &owner_alive);
    if (owner_alive) {
        return OWNER_ALIVE;
    }

    STEP("recover.recheck-stamp");
    if (is_valid(segment, head)) {
        return STAMPED;
    }

    /* What was claimed at the first look may have been a filler, which was stamped and then overwritten since. */
    STEP("recover.recheck-tail");
    tail = load_tail(segment);
    if ((int64_t)(tail - head) > (int64_t)segment->capacity) {
        return lost_filler_at(segment, head, tail);
    }

    /* Several senders may have died while they competed for this position. Only the winner's end is a boundary of
     * records, and of several boundaries the first one is it. */
    *gap_end = UINT64_MAX;
    for (uint32_t index = 0; index < candidates; index++) {
        if (ends[index] < *gap_end && is_boundary(segment, ends[index])) {
            *gap_end = ends[index];
        }
    }

    return *gap_end == UINT64_MAX ? UNOWNED : GAP;
}

/* ---- The receiver ---------------------------------------------------------------------------------------------------- */

/* A record that was taken and whose room is not free yet. */
struct held {
    uint64_t position;
    uint64_t end;
    uint64_t since; /* When it was taken, if others were held then; else 0. */
    uint32_t length;
    bool message; /* Else a filler or a gap, which counts as nothing. */
    bool released;
};

struct ipmpsc_receiver {
    struct segment segment;
    struct spin_budget budget;
    bool ends_with_senders;
    bool described; /* The header says that messages are held. */
    bool sealed;    /* The channel is retired, everything was taken, and nobody can claim any more. */
    uint64_t seal_position;
    atomic_bool interrupted;

    /* Two positions: before the head all room is free; the cursor is the next record to look at. Nobody else is asked
     * for either. What lies between is in the queue. */
    uint64_t head;
    uint64_t cursor;
    uint64_t caught_up_at; /* Where the cursor was when there was last nothing at it. */
    struct held *queue; /* A ring of a power of two. */
    size_t queue_size;
    size_t queue_first;
    size_t queue_count;
    size_t held;

    uint64_t *ends; /* Of candidates, one for each slot. */
    int64_t next_look;
    int unowned_looks;
    uint64_t blocked_at;
    uint64_t recoveries;
    uint64_t completed_before; /* The joins whose end another receiver has left with, */
    uint64_t completed;        /* and those whose end this one has seen. */
};

ipmpsc_status ipmpsc_receiver_open(const char *name, const ipmpsc_options *options, ipmpsc_receiver **receiver)
{
    *receiver = NULL;
    ipmpsc_options completed;
    ipmpsc_status status = complete_options(options, &completed);
    if (status != IPMPSC_OK) {
        return status;
    }

    ipmpsc_receiver *opened = calloc(1, sizeof *opened);
    if (opened == NULL) {
        return fail_memory();
    }

    status = open_channel(name, &completed, ROLE_RECEIVER, &opened->segment, NULL);
    if (status == IPMPSC_OK) {
        opened->queue_size = 16;
        opened->queue = malloc(opened->queue_size * sizeof *opened->queue);
        opened->ends = malloc(opened->segment.slots * sizeof *opened->ends);
        if (opened->queue == NULL || opened->ends == NULL) {
            ipmpsc_receiver_close(opened);
            return fail_memory();
        }
    }

    if (status != IPMPSC_OK) {
        free(opened);
        return status;
    }

    opened->budget = new_budget();
    opened->ends_with_senders = (completed.flags & IPMPSC_END_WITH_SENDERS) != 0;
    opened->head = load_head(&opened->segment) & ~(uint64_t)(RECORD_ALIGNMENT - 1);
    opened->cursor = opened->head;
    opened->caught_up_at = opened->head;
    opened->blocked_at = NO_CLAIM;
    opened->completed_before = read64(&opened->segment, AT_COMPLETED);
    opened->completed = opened->completed_before;
    *receiver = opened;
    return IPMPSC_OK;
}

void ipmpsc_receiver_close(ipmpsc_receiver *receiver)
{
    if (receiver != NULL) {
        free(receiver->queue);
        free(receiver->ends);
        if (receiver->completed != receiver->completed_before) {
            STEP("complete.store");
            atomic_store_explicit(word64(&receiver->segment, AT_COMPLETED), receiver->completed, memory_order_release);
        }

        unlock(receiver->segment.fd, LOCK_RECEIVER, 1);
        close_segment(&receiver->segment);
        free(receiver);
    }
}

void ipmpsc_receiver_interrupt(ipmpsc_receiver *receiver)
{
    atomic_store(&receiver->interrupted, true);
    wake(word32(&receiver->segment, AT_RECEIVER_SIGNAL));
}

size_t ipmpsc_receiver_held(const ipmpsc_receiver *receiver)
{
    return receiver->held;
}

uint64_t ipmpsc_receiver_recoveries(const ipmpsc_receiver *receiver)
{
    return receiver->recoveries;
}

const char *ipmpsc_receiver_schema(const ipmpsc_receiver *receiver, size_t *length)
{
    return schema_of(&receiver->segment, length);
}

static struct held *queued(const ipmpsc_receiver *receiver, size_t index)
{
    return &receiver->queue[(receiver->queue_first + index) & (receiver->queue_size - 1)];
}

static ipmpsc_status reserve_queue(ipmpsc_receiver *receiver)
{
    if (receiver->queue_count < receiver->queue_size) {
        return IPMPSC_OK;
    }

    struct held *larger = malloc(2 * receiver->queue_size * sizeof *larger);
    if (larger == NULL) {
        return fail_memory();
    }

    for (size_t index = 0; index < receiver->queue_count; index++) {
        larger[index] = *queued(receiver, index);
    }

    free(receiver->queue);
    receiver->queue = larger;
    receiver->queue_size *= 2;
    receiver->queue_first = 0;
    return IPMPSC_OK;
}

static void enqueue(ipmpsc_receiver *receiver, struct held entry)
{
    receiver->queue_count++;
    entry.since = receiver->held > 0 ? unix_ms() : 0;
    *queued(receiver, receiver->queue_count - 1) = entry;
    receiver->held += entry.message ? 1 : 0;
    receiver->cursor = entry.end;
}

/* Says in the header what is held, for people to read. A single message in hand is not mentioned. */
static void describe_held(ipmpsc_receiver *receiver)
{
    const struct segment *segment = &receiver->segment;
    bool holds = receiver->held > 1;
    if (!holds && !receiver->described) {
        return;
    }

    if (holds && queued(receiver, 0)->since == 0) {
        queued(receiver, 0)->since = unix_ms();
    }

    receiver->described = holds;
    write64(segment, AT_HELD_MESSAGES, holds ? receiver->held : 0);
    write64(segment, AT_HELD_SINCE, holds ? queued(receiver, 0)->since : 0);
    write64(segment, AT_CURSOR, receiver->cursor);
}

/*
 * Makes the cache lines that begin in a record this processor's alone, by storing what they hold. Of a line that was only read, sender and
 * receiver both keep a copy, and the sender's next lap has to take it back from two processors. The lines of large records are fetched ahead
 * while they are copied, and a receiver that has been behind for a lap has no time for this.
 */
static void take_lines(const ipmpsc_receiver *receiver, const struct held *record)
{
    enum { CACHE_LINE = 64, LARGEST_TAKEN = 2048 };
    const struct segment *segment = &receiver->segment;
    if (record->end - record->position > LARGEST_TAKEN
        || (int64_t)(record->position - receiver->caught_up_at) >= (int64_t)segment->capacity) {
        return;
    }

    for (uint64_t line = (record->position + CACHE_LINE - 1) & ~(uint64_t)(CACHE_LINE - 1); line < record->end; line += CACHE_LINE) {
        shared64 *word = (shared64 *)(void *)record_at(segment, line);
        atomic_store_explicit(word, atomic_load_explicit(word, memory_order_relaxed), memory_order_relaxed);
    }
}

/* Frees the room of everything that is released at the front of the queue, with one store. */
static void publish_head(ipmpsc_receiver *receiver)
{
    const struct segment *segment = &receiver->segment;
    uint64_t head = receiver->head;
    while (receiver->queue_count > 0 && queued(receiver, 0)->released) {
        const struct held *first = queued(receiver, 0);
        if (first->message) {
            take_lines(receiver, first);
            count64(segment, AT_MESSAGES_RECEIVED, 1);
            count64(segment, AT_BYTES_RECEIVED, first->length);
        }

        head = first->end;
        receiver->queue_first = (receiver->queue_first + 1) & (receiver->queue_size - 1);
        receiver->queue_count--;
    }

    /* Room behind the seal would let a sender claim that has looked at the mark before it was set. */
    if (head != receiver->head) {
        receiver->head = head;
        if (!receiver->sealed) {
            STEP("release.publish-head");
            atomic_store_explicit(word64(segment, AT_HEAD), head, memory_order_release);
            wake_if_raised(segment, AT_SPACE_SIGNAL);
        }
    }

    describe_held(receiver);
}

/* Moves over what is no message. Its room is free when everything before it is released. */
static ipmpsc_status step_over(ipmpsc_receiver *receiver, uint64_t end)
{
    ipmpsc_status status = reserve_queue(receiver);
    if (status == IPMPSC_OK) {
        enqueue(receiver, (struct held){.position = receiver->cursor, .end = end, .released = true});
        publish_head(receiver);
    }

    return status;
}

/* Reads the length of the record at the cursor once and checks it. */
static bool measure(const ipmpsc_receiver *receiver, uint64_t state, uint64_t *description, uint64_t *end)
{
    const struct segment *segment = &receiver->segment;
    *description = load_description(segment, receiver->cursor);
    uint64_t size = whole_size(*description, state);
    *end = receiver->cursor + size;
    return (receiver->cursor & segment->mask) + size <= segment->capacity;
}

static ipmpsc_status fail_corrupt(const ipmpsc_receiver *receiver)
{
    return fail(
        IPMPSC_CORRUPT,
        "The record at position %llu of channel '%s' is corrupt: another program wrote into the file. The messages before "
        "it were received; ipmpsc_skip_corrupt goes on behind it.",
        (unsigned long long)receiver->cursor, receiver->segment.path);
}

/* Copies bytes that others may write at the same time, by words. The ring has room up to the next multiple of 8. */
static void copy_shared(unsigned char *to, const unsigned char *from, size_t length)
{
    for (size_t at = 0; at < length; at += 8) {
        uint64_t word = atomic_load_explicit((const shared64 *)(const void *)(from + at), memory_order_relaxed);
        memcpy(to + at, &word, length - at < 8 ? length - at : 8);
    }
}

/* Copies a trailer, which others may write at the same time. */
static void read_trace(const unsigned char *trailer, ipmpsc_trace *trace)
{
    uint64_t words[TRAILER_SIZE / 8];
    copy_shared((unsigned char *)words, trailer, TRAILER_SIZE);
    const unsigned char *bytes = (const unsigned char *)words;
    trace->sent = (int64_t)words[TRAILER_SENT / 8];
    memcpy(trace->trace_id, bytes + TRAILER_TRACE_ID, sizeof trace->trace_id);
    memcpy(trace->span_id, bytes + TRAILER_SPAN_ID, sizeof trace->span_id);
    trace->flags = bytes[TRAILER_FLAGS];
}

static ipmpsc_status accept(ipmpsc_receiver *receiver, uint64_t state, ipmpsc_message *message)
{
    uint64_t description;
    uint64_t end;
    if (!measure(receiver, state, &description, &end)) {
        return fail_corrupt(receiver);
    }

    ipmpsc_status status = reserve_queue(receiver);
    if (status != IPMPSC_OK) {
        return status;
    }

    message->payload = record_at(&receiver->segment, receiver->cursor) + RECORD_HEADER;
    message->length = (uint32_t)description;
    message->id = (uint16_t)(description >> 32);
    message->version = (uint16_t)(description >> 48);
    message->position = receiver->cursor;
    message->trace.sent = 0;
    if (state == RECORD_TRACED) {
        read_trace(record_at(&receiver->segment, receiver->cursor) + record_size(message->length), &message->trace);
    }

    enqueue(receiver, (struct held){.position = receiver->cursor, .end = end, .length = message->length, .message = true});
    describe_held(receiver);
    return IPMPSC_OK;
}

/* What dead forwarders had pending in the gap is not in the channel; said before head passes it. */
static void disown_sources(const struct segment *segment, uint64_t position)
{
    for (uint32_t slot = 0; slot < segment->slots; slot++) {
        size_t at = slot_at(slot);
        uint64_t end;
        uint64_t confirmed = read64(segment, at + SLOT_SOURCE_CONFIRMED);
        bool is_pending = read64(segment, at + SLOT_SOURCE_PENDING) != confirmed;
        full_fence(); /* A new owner's claim, stored before its pending word, is seen: it is not at the gap. */
        if (is_pending && covers(segment, slot, position, &end)
            && !is_locked_elsewhere(segment->fd, LOCK_FIRST_SLOT + slot, 1)) {
            write64(segment, at + SLOT_SOURCE_PENDING, confirmed); /* STEP source.disown */
        }
    }
}

/* What to do about a record that is not valid. IPMPSC_OK if it is worth to look at the cursor again. */
static ipmpsc_status try_recover(ipmpsc_receiver *receiver)
{
    uint64_t gap_end = receiver->cursor;
    enum recovery found = examine(&receiver->segment, receiver->cursor, receiver->ends, &gap_end);
    receiver->unowned_looks = found == UNOWNED ? receiver->unowned_looks + 1 : 0;
    switch (found) {
    case STAMPED:
        return IPMPSC_OK;

    case FILLER_LOST:
        return step_over(receiver, lap_end(&receiver->segment, receiver->cursor));

    case GAP:
        receiver->recoveries++;
        disown_sources(&receiver->segment, receiver->cursor);
        STEP("recover.publish-head");
        return step_over(receiver, gap_end);

    case OWNER_ALIVE:
        if (receiver->blocked_at != receiver->cursor) {
            receiver->blocked_at = receiver->cursor;
            write64(&receiver->segment, AT_BLOCKED_SINCE, unix_ms());
            write64(&receiver->segment, AT_BLOCKED_AT, receiver->cursor);
        }

        return IPMPSC_EMPTY;

    case UNOWNED:
        return receiver->unowned_looks >= LOOKS_BEFORE_CORRUPT ? fail_corrupt(receiver) : IPMPSC_EMPTY;

    default:
        return IPMPSC_EMPTY;
    }
}

/*
 * Whether the filler at the cursor was overwritten, and the record that begins with the next lap is stamped. A look at that
 * stamp costs less than one at the tail, which the senders write all the time.
 */
static bool is_behind_lost_filler(const ipmpsc_receiver *receiver)
{
    const struct segment *segment = &receiver->segment;
    uint64_t end = lap_end(segment, receiver->cursor);
    return end != receiver->cursor && is_valid(segment, end) && is_filler_lost(segment, receiver->cursor);
}

/* Whether nothing will ever come at the cursor, because the seal begins there. */
static bool is_at_seal(const ipmpsc_receiver *receiver)
{
    return receiver->sealed && receiver->cursor == receiver->seal_position;
}

/* Takes the next message, if there is one. The dead are looked for once a millisecond, for the tail is the senders' line. */
static ipmpsc_status try_take(ipmpsc_receiver *receiver, ipmpsc_message *message)
{
    if (is_at_seal(receiver)) {
        return IPMPSC_EMPTY; /* The seal is at the cursor, and stays there. */
    }

    /* Invariant: each iteration moves the cursor forward, ends the loop, or has found a record that was stamped meanwhile. */
    for (;;) {
        STEP("receive.read-stamp");
        uint64_t state = state_at(&receiver->segment, receiver->cursor);
        switch (state) {
        case RECORD_MESSAGE:
        case RECORD_TRACED:
            return accept(receiver, state, message);

        case RECORD_PADDING: {
            /* It ends with the lap. Its length is not read: a sender may overwrite it meanwhile. */
            uint64_t end = lap_end(&receiver->segment, receiver->cursor);
            ipmpsc_status status = end == receiver->cursor ? fail_corrupt(receiver) : step_over(receiver, end);
            if (status != IPMPSC_OK) {
                return status;
            }

            break;
        }

        case RECORD_ABORTED: {
            uint64_t description;
            uint64_t end;
            if (!measure(receiver, state, &description, &end)) {
                return fail_corrupt(receiver);
            }

            ipmpsc_status status = step_over(receiver, end);
            if (status != IPMPSC_OK) {
                return status;
            }

            break;
        }

        default: {
            receiver->caught_up_at = receiver->cursor;
            if (is_behind_lost_filler(receiver)) {
                ipmpsc_status status = step_over(receiver, lap_end(&receiver->segment, receiver->cursor)); /* STEP receive.missing-filler */
                if (status != IPMPSC_OK) {
                    return status;
                }

                break;
            }

            int64_t now = now_ns();
            if (now < receiver->next_look) {
                return IPMPSC_EMPTY;
            }

            receiver->next_look = now + 1000000;
            ipmpsc_status status = try_recover(receiver);
            if (status != IPMPSC_OK) {
                return status;
            }

            receiver->next_look = now; /* The same death may have left the next gap, too. */
            break;
        }
        }
    }
}

/* Whether nothing is in the ring behind the cursor: neither a message nor a claim of anybody. */
static bool is_ring_empty(const ipmpsc_receiver *receiver)
{
    return is_at_seal(receiver) || load_tail(&receiver->segment) == receiver->cursor;
}

/*
 * Whether the channel was deleted under us, everything is taken, and nobody can claim any more: the mark alone is no end,
 * for a sender may have looked at it before it was set. So all the room there is is claimed for good, in one step.
 */
static bool try_seal(ipmpsc_receiver *receiver)
{
    const struct segment *segment = &receiver->segment;
    uint64_t end = receiver->head + segment->capacity;
    if (receiver->sealed) {
        return is_at_seal(receiver);
    }

    if (!is_retired(segment) || !try_advance_tail(segment, receiver->cursor, end)) { /* STEP retire.seal */
        return false;
    }

    /* Aborted records, the first up to the end of the lap: not padding, whose room is free when it stands at head. */
    uint64_t to_end = segment->capacity - (receiver->cursor & segment->mask);
    uint64_t size = end - receiver->cursor;
    uint64_t first = size < to_end ? size : to_end;
    if (first > 0) {
        stamp_filler(segment, receiver->cursor, first, RECORD_ABORTED);
    }

    if (size > first) {
        stamp_filler(segment, receiver->cursor + first, size - first, RECORD_ABORTED);
    }

    receiver->sealed = true;
    receiver->seal_position = receiver->cursor;
    return true;
}

/* Whether senders have joined whose end no receiver has left with, none is there, and everything was received. */
static bool is_completed(ipmpsc_receiver *receiver)
{
    /* In this order: a sender that is counted has its lock, or has left, and then all that it sent is before the tail. One
     * that joins later changes the count. */
    const struct segment *segment = &receiver->segment;
    shared64 *joins_word = word64(segment, AT_JOINS);
    STEP("complete.read-joins");
    uint64_t joins = atomic_load_explicit(joins_word, memory_order_acquire);
    STEP("complete.ask-kernel");
    if (joins == receiver->completed_before || is_locked_elsewhere(segment->fd, LOCK_FIRST_SLOT, segment->slots)) {
        return false;
    }

    STEP("complete.read-tail");
    if (!is_ring_empty(receiver)) {
        return false;
    }

    STEP("complete.recheck-joins");
    if (atomic_load_explicit(joins_word, memory_order_acquire) != joins) {
        return false;
    }

    receiver->completed = joins;
    return true;
}

/* As try_take, and looks for the dead now. Tells the end of the channel, too. */
static ipmpsc_status take_thoroughly(ipmpsc_receiver *receiver, ipmpsc_message *message)
{
    receiver->next_look = 0;
    ipmpsc_status status = try_take(receiver, message);
    if (status != IPMPSC_EMPTY) {
        return status;
    }

    if (try_seal(receiver)) {
        return fail(
            IPMPSC_RETIRED, "Channel '%s' was deleted. Everything that was sent to it was received. Close this receiver and open the channel anew.",
            receiver->segment.path);
    }

    if (receiver->ends_with_senders && is_completed(receiver)) {
        return fail(IPMPSC_COMPLETED, "Every sender of channel '%s' has left and all their messages were received.", receiver->segment.path);
    }

    return status;
}

static ipmpsc_status await_message(ipmpsc_receiver *receiver, int64_t timeout, ipmpsc_message *message)
{
    const struct segment *segment = &receiver->segment;
    shared32 *signal = word32(segment, AT_RECEIVER_SIGNAL);
    struct deadline deadline = begin_wait(timeout);
    ipmpsc_status status = IPMPSC_EMPTY;
    int64_t spin_end = least(deadline.end, deadline.start + receiver->budget.time);
    while (status == IPMPSC_EMPTY && now_ns() < spin_end) {
        for (int poll = 0; poll < 32 && !is_valid(segment, receiver->cursor) && !is_behind_lost_filler(receiver); poll++) {
            pause_briefly();
        }

        status = try_take(receiver, message);
    }

    while (status == IPMPSC_EMPTY) {
        status = take_thoroughly(receiver, message);
        if (status != IPMPSC_EMPTY) {
            break;
        }

        int64_t slice = is_ring_empty(receiver) ? IDLE_SLICE : STUCK_SLICE;
        int64_t limit;
        uint32_t raised = announce(signal, &limit);
        STEP("wait.recheck");
        bool changed = is_valid(segment, receiver->cursor) || is_behind_lost_filler(receiver) || is_retired(segment);
        bool over = !changed && must_return(&receiver->interrupted, deadline, IPMPSC_EMPTY, &status);
        if (!changed && !over) {
            sleep_on(signal, raised, least(least(slice, limit), deadline.end - now_ns() < 0 ? 0 : deadline.end - now_ns()));
        }

        STEP("wait.lower");
        (void)atomic_compare_exchange_strong(signal, &raised, raised + 1); /* Nobody else sleeps on this word. */
        if (over) {
            break;
        }
    }

    learn(&receiver->budget, now_ns() - deadline.start);
    return status;
}

ipmpsc_status ipmpsc_take(ipmpsc_receiver *receiver, int64_t timeout, ipmpsc_message *message)
{
    memset(message, 0, sizeof *message);
    ipmpsc_status status = try_take(receiver, message);
    if (status == IPMPSC_EMPTY) {
        status = timeout != 0 ? await_message(receiver, timeout, message) : take_thoroughly(receiver, message);
    }

    if (status == IPMPSC_EMPTY) {
        return fail(status, "There is no message in channel '%s' now.", receiver->segment.path);
    }

    return status == IPMPSC_INTERRUPTED ? fail(status, "The wait for a message of channel '%s' was interrupted.", receiver->segment.path) : status;
}

/* The index of the held message at a position; the queue is in the order of positions. */
static bool find_held(const ipmpsc_receiver *receiver, uint64_t position, size_t *index)
{
    size_t low = 0;
    size_t high = receiver->queue_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (queued(receiver, middle)->position < position) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }

    *index = low;
    return low < receiver->queue_count && queued(receiver, low)->position == position && queued(receiver, low)->message
        && !queued(receiver, low)->released;
}

static void mark_released(ipmpsc_receiver *receiver, size_t index)
{
    struct held *entry = queued(receiver, index);
    receiver->held -= entry->message && !entry->released ? 1 : 0;
    entry->released = true;
}

ipmpsc_status ipmpsc_release(ipmpsc_receiver *receiver, uint64_t position)
{
    size_t index;
    if (!find_held(receiver, position, &index)) {
        return fail(IPMPSC_MISUSE, "No message is held at position %llu: it was released already, or never taken.", (unsigned long long)position);
    }

    mark_released(receiver, index);
    publish_head(receiver);
    return IPMPSC_OK;
}

ipmpsc_status ipmpsc_release_through(ipmpsc_receiver *receiver, uint64_t position)
{
    size_t last;
    if (!find_held(receiver, position, &last)) {
        return fail(IPMPSC_MISUSE, "No message is held at position %llu: it was released already, or never taken.", (unsigned long long)position);
    }

    for (size_t index = 0; index <= last; index++) {
        mark_released(receiver, index);
    }

    publish_head(receiver);
    return IPMPSC_OK;
}

void ipmpsc_rewind(ipmpsc_receiver *receiver)
{
    receiver->cursor = receiver->head;
    receiver->queue_count = 0;
    receiver->held = 0;
    receiver->unowned_looks = 0;
    receiver->next_look = 0;
    describe_held(receiver);
}

/* Puts the message that was taken last back. */
static void put_back(ipmpsc_receiver *receiver, uint64_t position)
{
    receiver->queue_count--;
    receiver->held--;
    receiver->cursor = position;
    describe_held(receiver);
}

ipmpsc_status ipmpsc_receive(ipmpsc_receiver *receiver, void *buffer, uint32_t size, int64_t timeout, ipmpsc_message *message)
{
    ipmpsc_status status = ipmpsc_take(receiver, timeout, message);
    if (status != IPMPSC_OK) {
        return status;
    }

    if (message->length > size) {
        put_back(receiver, message->position);
        message->payload = NULL;
        return fail(IPMPSC_TOO_LARGE, "The next message has %u bytes, the buffer %u.", message->length, size);
    }

    if (message->length > 0) {
        memcpy(buffer, message->payload, message->length);
    }

    message->payload = buffer;
    return ipmpsc_release(receiver, message->position);
}

/* The first position behind the cursor at which a record stands or a claim begins; the tail if there is none. */
static uint64_t find_next_record(const ipmpsc_receiver *receiver)
{
    const struct segment *segment = &receiver->segment;
    uint64_t first = receiver->cursor + RECORD_ALIGNMENT;
    uint64_t tail = load_tail(segment);
    while (tail < first || tail - receiver->head > lap_end(segment, receiver->head) - receiver->head + segment->capacity || (tail & (RECORD_ALIGNMENT - 1)) != 0) {
        if (try_advance_tail(segment, tail, first)) { /* It cannot be true: senders find their way again. */
            return first;
        }

        tail = load_tail(segment);
    }

    uint64_t next = tail;
    for (uint32_t slot = 0; slot < segment->slots; slot++) {
        uint64_t claimed = load_claim_position(segment, slot);
        if (claimed > receiver->cursor && claimed < next && (claimed & (RECORD_ALIGNMENT - 1)) == 0) {
            next = claimed;
        }
    }

    for (uint64_t position = first; position < next; position += RECORD_ALIGNMENT) {
        if (is_valid(segment, position)) {
            return position;
        }
    }

    return next;
}

ipmpsc_status ipmpsc_skip_corrupt(ipmpsc_receiver *receiver, uint64_t *skipped)
{
    *skipped = 0;
    ipmpsc_message message;
    receiver->next_look = 0;
    ipmpsc_status status = try_take(receiver, &message);
    if (status == IPMPSC_OK) {
        put_back(receiver, message.position);
    }

    if (status != IPMPSC_CORRUPT) {
        return status == IPMPSC_EMPTY ? IPMPSC_OK : status;
    }

    receiver->unowned_looks = 0;
    uint64_t next = find_next_record(receiver);
    *skipped = next - receiver->cursor;
    return step_over(receiver, next);
}

/* ---- Observers -------------------------------------------------------------------------------------------------------- */

struct ipmpsc_observer {
    struct segment segment;
};

ipmpsc_status ipmpsc_observer_open(const char *name, const char *trusted_owners, ipmpsc_observer **observer)
{
    *observer = NULL;
    char *path;
    ipmpsc_status status = resolve(name, &path);
    if (status != IPMPSC_OK) {
        return status;
    }

    ipmpsc_observer *opened = calloc(1, sizeof *opened);
    if (opened == NULL) {
        free(path);
        return fail_memory();
    }

    status = open_file(&opened->segment, path, false, trusted_owners);
    free(path);
    if (status == IPMPSC_OK) {
        status = check_channel(&opened->segment);
    }

    if (status == IPMPSC_OK) {
        status = check_layout(&opened->segment);
    }

    if (status != IPMPSC_OK) {
        ipmpsc_observer_close(opened);
        return status;
    }

    *observer = opened;
    return IPMPSC_OK;
}

void ipmpsc_observer_close(ipmpsc_observer *observer)
{
    if (observer != NULL) {
        close_segment(&observer->segment);
        free(observer);
    }
}

const char *ipmpsc_observer_schema(const ipmpsc_observer *observer, size_t *length)
{
    return schema_of(&observer->segment, length);
}

void ipmpsc_observer_inspect(const ipmpsc_observer *observer, ipmpsc_info *info)
{
    const struct segment *segment = &observer->segment;
    memset(info, 0, sizeof *info);
    info->capacity = segment->capacity;
    info->slots = segment->slots;
    info->retired = is_retired(segment);
    info->receiver_attached = is_locked_elsewhere(segment->fd, LOCK_RECEIVER, 1);
    info->receiver_sleeps = (read32(segment, AT_RECEIVER_SIGNAL) & 1) != 0;
    info->senders_sleep = (read32(segment, AT_SPACE_SIGNAL) & 1) != 0;
    for (uint32_t slot = 0; slot < segment->slots; slot++) {
        info->senders_attached += is_locked_elsewhere(segment->fd, LOCK_FIRST_SLOT + slot, 1) ? 1 : 0;
    }

    info->head = load_head(segment); /* Before the tail, so that it is not beyond it. */
    info->tail = load_tail(segment);
    info->messages_held = read64(segment, AT_HELD_MESSAGES);
    info->messages_received = read64(segment, AT_MESSAGES_RECEIVED);
    info->bytes_received = read64(segment, AT_BYTES_RECEIVED);
    info->dropped_by_senders = read64(segment, AT_DROPPED_BY_SENDERS);
    info->dropped_by_receiver = read64(segment, AT_DROPPED_BY_RECEIVER);
    info->created = (int64_t)read64(segment, AT_CREATED);
    info->receiver_pid = read_identity(segment, AT_RECEIVER, info->receiver_name);
}

ipmpsc_status ipmpsc_observer_slot(const ipmpsc_observer *observer, uint32_t slot, ipmpsc_slot_info *info)
{
    const struct segment *segment = &observer->segment;
    memset(info, 0, sizeof *info);
    if (slot >= segment->slots) {
        return fail(IPMPSC_MISUSE, "There is no slot %u; channel '%s' has %u.", slot, segment->path, segment->slots);
    }

    size_t at = slot_at(slot);
    info->attached = is_locked_elsewhere(segment->fd, LOCK_FIRST_SLOT + slot, 1);
    info->pid = read_identity(segment, at + SLOT_IDENTITY, info->name);
    info->messages_sent = read64(segment, at + SLOT_MESSAGES);
    info->bytes_sent = read64(segment, at + SLOT_BYTES);
    info->waits = read64(segment, at + SLOT_WAITS);
    info->dropped = read64(segment, at + SLOT_DROPPED);
    uint64_t end;
    info->has_claim = read_claim(segment, slot, &info->claim_position, &end);
    info->claim_length = info->has_claim ? end - info->claim_position : 0;
    info->claim_position = info->has_claim ? info->claim_position : 0;
    return IPMPSC_OK;
}

/* The end of a claim that is not committed, as recovery finds it: the smallest end at which something else begins. */
static uint64_t find_claim_end(const struct segment *segment, uint64_t position, uint64_t tail)
{
    uint64_t best = UINT64_MAX;
    for (uint32_t slot = 0; slot < segment->slots; slot++) {
        uint64_t end;
        if (!covers(segment, slot, position, &end) || end >= best || end > tail) {
            continue;
        }

        bool boundary = end == tail || is_valid(segment, end);
        for (uint32_t other = 0; other < segment->slots && !boundary; other++) {
            boundary = load_claim_position(segment, other) == end;
        }

        best = boundary ? end : best;
    }

    return best;
}

ipmpsc_status ipmpsc_observer_peek(
    const ipmpsc_observer *observer, uint64_t *position, void *buffer, uint32_t size, ipmpsc_message *message)
{
    const struct segment *segment = &observer->segment;
    memset(message, 0, sizeof *message);
    uint64_t at = *position;

    /* Invariant: an iteration ends the loop, moves forward, or has seen the receiver move on. The races are bounded. */
    for (int races = 0; races < 100000; races++) {
        uint64_t head = load_head_after_copy(segment);
        at = at < head ? head : at;
        if ((at & (RECORD_ALIGNMENT - 1)) != 0 || at > INT64_MAX - segment->capacity || at - head > lap_end(segment, head) - head + segment->capacity) {
            return fail(IPMPSC_CORRUPT, "Position %llu of channel '%s' cannot be that of a record; head is %llu.", (unsigned long long)at, segment->path, (unsigned long long)head);
        }

        uint64_t tail = load_tail(segment);
        if (tail <= at) {
            *position = at;
            return IPMPSC_EMPTY;
        }

        uint64_t state = state_at(segment, at);
        uint64_t description = load_description(segment, at);
        uint64_t length = whole_size(description, state);
        uint64_t end_of_lap = lap_end(segment, at);
        bool is_filler = state == RECORD_PADDING || (!is_record(state) && is_filler_lost(segment, at));
        if (is_filler && end_of_lap > at) {
            at = end_of_lap; /* It may be overwritten at any moment, and says nothing else. */
            continue;
        }

        bool valid = is_record(state);
        bool is_message = state == RECORD_MESSAGE || state == RECORD_TRACED;
        bool fits = (at & segment->mask) + length <= segment->capacity && at + length <= tail;
        bool copied = is_message && fits && (uint32_t)description <= size;
        if (copied && buffer != NULL) {
            copy_shared(buffer, record_at(segment, at) + RECORD_HEADER, (uint32_t)description);
        }

        message->trace.sent = 0;
        if (fits && state == RECORD_TRACED) {
            read_trace(record_at(segment, at) + record_size((uint32_t)description), &message->trace);
        }

        uint64_t claim_end = valid ? 0 : find_claim_end(segment, at, tail);
        if (load_head_after_copy(segment) > at || (!valid && is_valid(segment, at))) {
            continue; /* What was looked at may be of the next lap, or was stamped meanwhile. */
        }

        if (!valid) {
            if (claim_end == UINT64_MAX) {
                *position = at;
                return IPMPSC_EMPTY; /* Somebody claims, and nothing behind it is known. */
            }

            at = claim_end;
            continue;
        }

        if (!fits) {
            return fail(IPMPSC_CORRUPT, "The record at position %llu of channel '%s' is corrupt: it says %u bytes.", (unsigned long long)at, segment->path, (uint32_t)description);
        }

        if (!is_message) {
            at += length;
            continue;
        }

        message->length = (uint32_t)description;
        message->id = (uint16_t)(description >> 32);
        message->version = (uint16_t)(description >> 48);
        message->position = at;
        if (!copied) {
            *position = at;
            return fail(IPMPSC_TOO_LARGE, "The message at position %llu has %u bytes, the buffer %u.", (unsigned long long)at, message->length, size);
        }

        message->payload = buffer;
        *position = at + length;
        return IPMPSC_OK;
    }

    *position = at;
    return IPMPSC_EMPTY; /* The receiver is faster. */
}
