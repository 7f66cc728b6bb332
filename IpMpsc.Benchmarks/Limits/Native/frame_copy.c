/*
 * A limit: a frame copied with "rep movsb" into a mapping as large as the channel's, without a reader. It is one
 * instruction, so the processor chooses how to copy. Only x64 has it; on other processors this program does nothing.
 */
#include "contender.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

static char *pages, *frame;
static long length;

static void prepare(const struct job *job)
{
    int file = open(job->address, O_RDWR | O_CREAT, 0600);
    if (file < 0 || ftruncate(file, job->capacity))
        fail("%s cannot be opened", job->address);
    length = job->capacity;
    pages = mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    close(file);
    if (pages == MAP_FAILED)
        fail("%s cannot be mapped", job->address);
    memset(pages, 0, length); /* every page is there, as in a channel in use */
    frame = malloc(job->size);
    memset(frame, 0x80, job->size);
}

static struct outcome run(const struct job *job)
{
    long start = now();
    for (long number = 0; number < job->count; number++) {
        char *from = frame, *to = pages + number % 2 * (length / 2);
        size_t bytes = job->size;
        memcpy(frame, &number, sizeof number);
#if defined(__x86_64__)
        __asm__ volatile("rep movsb" : "+D"(to), "+S"(from), "+c"(bytes) : : "memory");
#else
        fail("there is no rep movsb: %zu bytes from %p to %p", bytes, (void *)from, (void *)to);
#endif
    }
    struct outcome outcome = { .count = job->count, .timed = job->count, .nanoseconds = now() - start };
    long last = job->count - 1;
    if (memcmp(pages + last % 2 * (length / 2), frame, job->size))
        fail("frame %ld was not copied", last);
    return outcome;
}

static void finish(void)
{
    munmap(pages, length);
    free(frame);
}

int main(void)
{
#if defined(__x86_64__)
    return serve("copy-frame");
#else
    return serve("");
#endif
}
