#pragma once
#include <sys/types.h>

// Calls that Swift cannot make: variadic or GNU-only ones, and what happens between fork and exec.
// Every function returns -1 and sets errno when it fails.

/// Starts a program in a session of its own, with exactly this environment, and all other descriptors closed.
/// `output` becomes standard output and `errors` standard error; they may be the same. Returns the process id once exec
/// has succeeded.
pid_t cprocess_spawn(const char *path, char *const argv[], char *const envp[], const char *directory, int input,
                     int output, int errors);

/// A pipe whose ends no child inherits.
int cprocess_pipe(int ends[2]);

/// A descriptor that becomes readable when the process ends (pidfd_open(2)).
int cprocess_open(pid_t pid);

/// Signals the very process behind a descriptor, whoever has its number now (pidfd_send_signal(2)).
int cprocess_signal(int descriptor, int signal);

/// From now on orphaned descendants become children of this process (prctl(2), PR_SET_CHILD_SUBREAPER).
int cprocess_adopt_orphans(void);

/// Writing to a pipe that nobody reads is an error from now on, and not the end of this process.
int cprocess_ignore_closed_pipes(void);

/// Keeps SIGINT, SIGTERM and SIGHUP for cprocess_next_interrupt, in this thread and all that it starts.
int cprocess_hold_interrupts(void);

/// Waits for one of the held signals and returns its number.
int cprocess_next_interrupt(void);

/// Memory holds secrets: no core dumps (setrlimit(2)), no other process of the user that reads it or this one's environment
/// (prctl(2), PR_SET_DUMPABLE), no handler that prints some of it after a crash. Programs that are started inherit the limit
/// alone.
int cprocess_forbid_dumps(void);

/// Takes the variables whose names begin so out of this process's environment; before any thread is started.
void cprocess_forget_variables(const char *prefix);

/// The environment as it is now, `NAME=value` each, ended by NULL.
char **cprocess_variables(void);

/// A descriptor that wakes a poll when written to (eventfd(2)).
int cprocess_event(void);
