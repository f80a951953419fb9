#define _GNU_SOURCE
#include "cprocess.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

// Only async-signal-safe calls: other threads of the parent may have held any lock at the time of the fork.
static void become(const char *path, char *const argv[], char *const envp[], const char *directory, int input,
                   int output, int errors, int report) {
  struct sigaction by_default = {.sa_handler = SIG_DFL};
  for (int signal = 1; signal < NSIG; signal++) sigaction(signal, &by_default, NULL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  // Once it stands at 3, all above can be closed, and what goes wrong later can still be told.
  if (dup3(report, 3, O_CLOEXEC) >= 0) {
    report = 3;
    if (setsid() >= 0 && dup2(input, 0) >= 0 && dup2(output, 1) >= 0 && dup2(errors, 2) >= 0 &&
        syscall(SYS_close_range, 4u, ~0u, 0u) == 0 && chdir(directory) == 0) {
      execve(path, argv, envp);
    }
  }
  int reason = errno;
  ssize_t written = write(report, &reason, sizeof reason);
  (void)written;
  _exit(127);
}

// The child puts its own descriptors at 0 to 3, so what it needs must not stand there already.
static int above_standard(int descriptor) { return fcntl(descriptor, F_DUPFD_CLOEXEC, 4); }

pid_t cprocess_spawn(const char *path, char *const argv[], char *const envp[], const char *directory, int input,
                     int output, int errors) {
  int report[2];
  if (pipe2(report, O_CLOEXEC) < 0) return -1;
  int report_end = above_standard(report[1]), input_end = above_standard(input), output_end = above_standard(output),
      errors_end = above_standard(errors);
  pid_t pid = -1;
  int reason = errno;
  if (report_end >= 0 && input_end >= 0 && output_end >= 0 && errors_end >= 0) {
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pid = fork();
    reason = errno;
    if (pid == 0) become(path, argv, envp, directory, input_end, output_end, errors_end, report_end);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
  }
  close(report[1]);
  close(report_end);
  close(input_end);
  close(output_end);
  close(errors_end);
  if (pid > 0) {
    ssize_t count;
    while ((count = read(report[0], &reason, sizeof reason)) < 0 && errno == EINTR) {}
    if (count > 0) {
      while (waitpid(pid, NULL, 0) < 0 && errno == EINTR) {}
      pid = -1;
    }
  }
  close(report[0]);
  if (pid < 0) errno = reason;
  return pid;
}

int cprocess_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

int cprocess_open(pid_t pid) { return (int)syscall(SYS_pidfd_open, pid, 0u); }

int cprocess_signal(int descriptor, int signal) {
  return (int)syscall(SYS_pidfd_send_signal, descriptor, signal, NULL, 0u);
}

int cprocess_adopt_orphans(void) { return prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); }

static sigset_t interrupts(void) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGHUP);
  return set;
}

int cprocess_ignore_closed_pipes(void) {
  struct sigaction ignore = {.sa_handler = SIG_IGN};
  return sigaction(SIGPIPE, &ignore, NULL);
}

int cprocess_hold_interrupts(void) {
  sigset_t set = interrupts();
  return pthread_sigmask(SIG_BLOCK, &set, NULL) == 0 ? 0 : -1;
}

int cprocess_next_interrupt(void) {
  sigset_t set = interrupts();
  int signal = -1;
  return sigwait(&set, &signal) == 0 ? signal : -1;
}

int cprocess_forbid_dumps(void) {
  struct rlimit none = {0, 0};
  // Handlers that report a crash show registers and memory.
  struct sigaction by_default = {.sa_handler = SIG_DFL};
  const int crashes[] = {SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGSYS, SIGQUIT};
  for (size_t i = 0; i < sizeof crashes / sizeof *crashes; i++) sigaction(crashes[i], &by_default, NULL);
  int limited = setrlimit(RLIMIT_CORE, &none);
  return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 ? limited : -1;
}

extern char **environ;

void cprocess_forget_variables(const char *prefix) {
  size_t length = strlen(prefix);
  for (char **entry = environ; entry && *entry;) {
    char *end = strncmp(*entry, prefix, length) == 0 ? strchr(*entry, '=') : NULL;
    char *name = end ? strndup(*entry, (size_t)(end - *entry)) : NULL;
    // What stands behind it moves up.
    if (!name || unsetenv(name) != 0) entry++;
    free(name);
  }
}

char **cprocess_variables(void) { return environ; }

int cprocess_event(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }
