/* Writes random data into a channel's file while other processes use it: words of the header and of slots, stamps, descriptions, payloads, and now
   and then the original header again, so that new participants get beyond it.

     writer FILE SEED COUNT

   The file must be valid at the start. It ends after COUNT writes, or when the file has lost its name, and prints how many writes of each kind it made. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* docs/shared-layout.md */
enum { HEADER_PAGE = 4096, AT_SLOT_COUNT = 12, AT_CAPACITY = 16, AT_COOKIE = 24, AT_DATA = 64, AT_TAIL = 256, AT_HEAD = 384, AT_STATE = 516,
       AT_LAST_WORD = 904, SLOT_SIZE = 128 };
#define SPREAD UINT64_C(0x9E3779B97F4A7C15)

enum kind { HEADER, SLOT, STAMP, DESCRIPTION, BYTES, REPAIR, KINDS };
static const char *const names[KINDS] = {"header", "slot", "stamp", "description", "bytes", "repair"};

static unsigned char *base;
static uint64_t capacity, cookie, data, slots, state;
static uint64_t sound[AT_TAIL / 8];

/* splitmix64 */
static uint64_t next(void)
{
    uint64_t z = state += SPREAD;
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

static uint64_t below(uint64_t limit)
{
    return next() % limit;
}

static uint64_t load(uint64_t offset)
{
    return atomic_load_explicit((_Atomic uint64_t *)(void *)(base + offset), memory_order_relaxed);
}

static void store(uint64_t offset, uint64_t value)
{
    atomic_store_explicit((_Atomic uint64_t *)(void *)(base + offset), value, memory_order_relaxed);
}

/* A word as a faulty program may leave it: zero, too large, or nearly right. */
static uint64_t chosen(void)
{
    uint64_t position = load(below(2) ? AT_HEAD : AT_TAIL);
    switch (below(12)) {
    case 0: return 0;
    case 1: return 1;
    case 2: return UINT64_MAX;
    case 3: return UINT64_MAX >> 1;
    case 4: return UINT64_C(1) << 63;
    case 5: return position;
    case 6: return position + 16;
    case 7: return position - 16;
    case 8: return position + capacity;
    case 9: return position - capacity;
    case 10: return position + below(200) - 100;
    default: return next();
    }
}

/* A word, or half of one. */
static void overwrite(uint64_t offset)
{
    if (below(2)) {
        store(offset & ~UINT64_C(7), chosen());
    } else {
        atomic_store_explicit((_Atomic uint32_t *)(void *)(base + (offset & ~UINT64_C(3))), (uint32_t)chosen(), memory_order_relaxed);
    }
}

static void write_one(enum kind kind)
{
    uint64_t position = (load(AT_HEAD) + below(capacity)) & ~UINT64_C(15);
    uint64_t record = data + (position & (capacity - 1));
    switch (kind) {
    case HEADER:
        overwrite(below(4) ? below(AT_LAST_WORD + 8) : below(HEADER_PAGE));
        break;
    case SLOT:
        overwrite(HEADER_PAGE + below(slots * SLOT_SIZE));
        break;
    case STAMP: /* Valid in half of the cases. */
        store(record, below(2) ? (((position * SPREAD) ^ cookie) & ~UINT64_C(15)) | (1 + below(3)) : chosen());
        break;
    case DESCRIPTION:
        overwrite(record + 8);
        break;
    case BYTES: {
        uint64_t length = 1 + below(64), start = below(capacity);
        for (uint64_t at = start; at < start + length && at < capacity; at++) {
            atomic_store_explicit((_Atomic unsigned char *)(base + data + at), (unsigned char)next(), memory_order_relaxed);
        }
        break;
    }
    default:
        for (uint64_t word = 0; word < AT_TAIL / 8; word++) {
            store(word * 8, sound[word]);
        }
        atomic_store_explicit((_Atomic uint32_t *)(void *)(base + AT_STATE), 0, memory_order_relaxed);
        break;
    }
}

int main(int count, char **words)
{
    if (count != 4) {
        fprintf(stderr, "usage: writer FILE SEED COUNT\n");
        return 2;
    }

    int fd = open(words[1], O_RDWR | O_CLOEXEC);
    struct stat file;
    if (fd < 0 || fstat(fd, &file) != 0) {
        perror(words[1]);
        return 2;
    }

    base = mmap(NULL, (size_t)file.st_size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (base == MAP_FAILED) {
        perror("mmap");
        return 2;
    }

    for (uint64_t word = 0; word < AT_TAIL / 8; word++) {
        sound[word] = load(word * 8);
    }

    capacity = load(AT_CAPACITY);
    cookie = load(AT_COOKIE);
    data = load(AT_DATA);
    slots = load(AT_SLOT_COUNT - 4) >> 32;
    state = strtoull(words[2], NULL, 10);
    printf("ready\n");
    fflush(stdout);
    if (getchar() == EOF) {
        return 2;
    }

    uint64_t made[KINDS] = {0}, total = strtoull(words[3], NULL, 10);
    for (uint64_t writes = 0; writes < total; writes++) {
        enum kind kind = (enum kind)(below(20) == 0 ? REPAIR : below(REPAIR));
        write_one(kind);
        made[kind]++;
        if (writes % 16 == 15 && (fstat(fd, &file) != 0 || file.st_nlink == 0)) {
            break; /* A participant took the channel for retired. */
        }
        struct timespec pause = {.tv_nsec = (long)below(200000)}; /* Lets the other processes make progress in between. */
        nanosleep(&pause, NULL);
    }

    for (int kind = 0; kind < KINDS; kind++) {
        printf("%s%s %llu", kind > 0 ? ", " : "wrote ", names[kind], (unsigned long long)made[kind]);
    }
    printf("\n");
    return 0;
}
