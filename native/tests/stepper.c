/* Runs a program and kills it after a number of instructions of one call. The program marks the beginning and the end of that call
   by sending itself the signal SIGUSR2.

     stepper INSTRUCTIONS PROGRAM ARGUMENT...

   Prints "killed", or "ended N" if the call ended after N instructions; then the program continues. */
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#define MARK SIGUSR2

static void die(const char *what)
{
    fprintf(stderr, "%s: %s\n", what, strerror(errno));
    exit(2);
}

static void go_on(pid_t thread, int how, int signal)
{
    /* It is not an error if the thread has just been killed with its process. */
    if (ptrace((enum __ptrace_request)how, thread, NULL, (void *)(long)signal) != 0 && errno != ESRCH)
        die("ptrace");
}

/* The signal that a stop delivers; 0 for stops that ptrace itself makes. */
static int signal_of(int status)
{
    int signal = WSTOPSIG(status);
    return (status >> 16) != 0 || signal == SIGTRAP || signal == SIGSTOP ? 0 : signal;
}

int main(int count, char **words)
{
    if (count < 3) {
        fprintf(stderr, "usage: stepper INSTRUCTIONS PROGRAM ARGUMENT...\n");
        return 2;
    }

    long left = atol(words[1]), done = 0;
    pid_t program = fork();
    if (program < 0)
        die("fork");
    if (program == 0) {
        if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) != 0)
            die("PTRACE_TRACEME");
        raise(SIGSTOP);
        execvp(words[2], words + 2);
        die(words[2]);
    }

    int status;
    if (waitpid(program, &status, 0) < 0
        || ptrace(PTRACE_SETOPTIONS, program, NULL, (void *)(long)(PTRACE_O_TRACECLONE | PTRACE_O_EXITKILL)) != 0)
        die("PTRACE_SETOPTIONS");
    go_on(program, PTRACE_CONT, 0);

    pid_t stepped = 0; /* The thread that makes the call. */
    for (;;) {
        pid_t thread = waitpid(-1, &status, __WALL);
        if (thread < 0)
            die("waitpid");
        if (!WIFSTOPPED(status)) {
            if (thread == program) {
                fprintf(stderr, "The program ended before the end of its call.\n");
                return 3;
            }
            continue;
        }

        int signal = signal_of(status);
        if (thread == stepped) {
            if (signal == MARK) {
                printf("ended %ld\n", done);
                go_on(thread, PTRACE_CONT, 0);
                stepped = -1;
                break;
            }
            if (signal == 0 && ++done >= left) {
                kill(program, SIGKILL);
                printf("killed\n");
                break;
            }
            go_on(thread, PTRACE_SINGLESTEP, signal);
        } else if (stepped == 0 && signal == MARK) {
            stepped = thread;
            if (left == 0) {
                kill(program, SIGKILL);
                printf("killed\n");
                break;
            }
            go_on(thread, PTRACE_SINGLESTEP, 0);
        } else {
            go_on(thread, PTRACE_CONT, signal);
        }
    }

    /* Waits until the process has ended, whatever its threads do. */
    for (pid_t thread; (thread = waitpid(-1, &status, __WALL)) > 0;)
        if (WIFSTOPPED(status))
            go_on(thread, PTRACE_CONT, signal_of(status));
    return 0;
}
