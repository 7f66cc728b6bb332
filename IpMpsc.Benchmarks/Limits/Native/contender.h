/*
 * The text protocol between the benchmark and an external contender, in C; docs/measuring-peers.md specifies it.
 *
 * A program says what it can do, and then answers each job with "ready", each "go" with "done" or "error", until its
 * input ends. It defines prepare(), run() and finish(), and calls serve() with the kinds of work that it can do.
 */
#ifndef CONTENDER_H
#define CONTENDER_H

#define _GNU_SOURCE
#include <sched.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct job {
    char work[32];
    char role[32];
    long sender;
    long senders;
    long count;
    long size;
    long batch;
    long capacity;
    bool each;
    char address[256];
    char texts[256];
};

/* What run() has found. */
struct outcome {
    long count;       /* messages sent or received, all verified */
    long timed;       /* those of them that lie within the time */
    long nanoseconds; /* that they took together */
    double median;    /* nanoseconds of one, as the median of blocks; 0 if the quotient says it */
    long *times;      /* each one's nanoseconds, where the job asks for them; run() allocates them */
};

static void prepare(const struct job *job);
static struct outcome run(const struct job *job);
static void finish(void);

/* Ends the program: a run that did not do what it should measure has no result. */
__attribute__((noreturn, format(printf, 1, 2))) static void fail(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    printf("error ");
    vprintf(format, arguments);
    printf("\n");
    va_end(arguments);
    fflush(stdout);
    exit(1);
}

static inline long now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000L + time.tv_nsec;
}

static int by_value(const void *one, const void *other)
{
    long a = *(const long *)one, b = *(const long *)other;
    return (a > b) - (a < b);
}

static void bind_to(long processor)
{
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(processor, &set);
    sched_setaffinity(0, sizeof set, &set);
}

/* A line "job name=value name=value ..."; names that this program does not know are ignored. */
static struct job parse(char *line)
{
    struct job job = { .senders = 1, .batch = 1 };
    strtok(line, " \n"); /* "job" */
    for (char *field; (field = strtok(NULL, " \n"));) {
        char *value = strchr(field, '=');
        if (!value)
            fail("'%s' is not of the form name=value", field);
        *value++ = 0;
        if (!strcmp(field, "work")) snprintf(job.work, sizeof job.work, "%s", value);
        else if (!strcmp(field, "role")) snprintf(job.role, sizeof job.role, "%s", value);
        else if (!strcmp(field, "sender")) job.sender = atol(value);
        else if (!strcmp(field, "senders")) job.senders = atol(value);
        else if (!strcmp(field, "count")) job.count = atol(value);
        else if (!strcmp(field, "size")) job.size = atol(value);
        else if (!strcmp(field, "batch")) job.batch = atol(value);
        else if (!strcmp(field, "capacity")) job.capacity = atol(value);
        else if (!strcmp(field, "each")) job.each = !strcmp(value, "yes");
        else if (!strcmp(field, "processor")) bind_to(atol(value));
        else if (!strcmp(field, "address")) snprintf(job.address, sizeof job.address, "%s", value);
        else if (!strcmp(field, "texts")) snprintf(job.texts, sizeof job.texts, "%s", value);
    }
    return job;
}

static void report(struct outcome *outcome)
{
    static const char *points[] = { "50", "75", "90", "95", "99", "99.5", "99.9", "99.95", "99.99" };

    printf("done count=%ld timed=%ld nanoseconds=%ld", outcome->count, outcome->timed, outcome->nanoseconds);
    if (outcome->median > 0)
        printf(" median=%.3f", outcome->median);
    if (outcome->times) {
        qsort(outcome->times, outcome->timed, sizeof(long), by_value);
        for (size_t index = 0; index < sizeof points / sizeof *points; index++)
            printf(" p%s=%ld", points[index], outcome->times[(long)(atof(points[index]) / 100 * outcome->timed)]);
        free(outcome->times);
    }
    printf("\n");
    fflush(stdout);
}

static int serve(const char *works)
{
    char line[2048];
    printf("works%s%s\n", *works ? " " : "", works);
    fflush(stdout);
    while (fgets(line, sizeof line, stdin)) {
        struct job job = parse(line);
        prepare(&job);
        printf("ready\n");
        fflush(stdout);
        if (!fgets(line, sizeof line, stdin))
            break;
        struct outcome outcome = run(&job);
        finish();
        report(&outcome);
    }
    return 0;
}

#endif
