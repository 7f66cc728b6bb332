/*
 * What a ring in C needs before it is defined: a mapped file, a pause, and what a sender remembers of a claim. When it is defined, workloads.h
 * makes a program of it.
 */
#ifndef RING_H
#define RING_H

#include "contender.h"

#include <fcntl.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <unistd.h>

#define INLINE static inline __attribute__((always_inline))

/* Bytes of the ring that belong to a sender. */
struct claim {
    char *record;
    uint64_t position;
};

INLINE void rest(void)
{
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}

static char *map(const char *path, uint64_t bytes)
{
    int file = open(path, O_RDWR | O_CREAT, 0600);
    if (file < 0 || ftruncate(file, bytes))
        fail("%s cannot be opened", path);
    char *pages = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    close(file);
    if (pages == MAP_FAILED)
        fail("%s cannot be mapped", path);
    return pages;
}

#endif
