#include "children.h"

#include "exec.h"
#include "loop.h"
#include "terminal.h"

#include <signal.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

static struct source signals;

static void on_signal(struct source *source, uint32_t events) {
    (void)events;
    struct signalfd_siginfo info;
    /* One SIGCHLD may stand for many children. */
    if (read(source->fd, &info, sizeof info) < 0)
        return;
    int status;
    pid_t pid;
    while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
        exec_exited(pid, status);
        terminals_exited(pid, status);
    }
}

uint8_t exit_code_of(int status) {
    return (uint8_t)(WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status));
}

bool children_watch(void) {
    sigset_t all, child;
    sigfillset(&all);
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    /* A write to a closed pipe is an errno to us; a blocked SIGPIPE would stay pending instead. */
    if (signal(SIGPIPE, SIG_IGN) == SIG_ERR || sigprocmask(SIG_SETMASK, &all, NULL) < 0)
        return false;
    signals.fd = signalfd(-1, &child, SFD_NONBLOCK | SFD_CLOEXEC);
    signals.ready = on_signal;
    return signals.fd >= 0 && loop_add(&signals, EPOLLIN);
}
