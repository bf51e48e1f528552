#include "spawn.h"

#include "passwd.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define DEFAULT_PATH "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

/* What the environment has when the host does not say otherwise; on a terminal all of them. */
static char *const defaults[] = {"PATH=" DEFAULT_PATH, "TERM=xterm-256color", "LANG=C.UTF-8"};
#define DEFAULTS_PIPES 1
#define DEFAULTS_TERMINAL 3

struct program {
    char *argv[METADATA_PAIRS_EXEC + 1];
    char *environment[METADATA_PAIRS_EXEC + DEFAULTS_TERMINAL + 1];
    const char *path;
    const char *directory;
    bool changes_user;
    struct account account;
    int input, output, error; /* the far ends of the pipes, or all the terminal */
    bool on_terminal;
};

/* The PATH of the program's own environment; execvpe would take the agent's. */
static void exec_in_path(const struct program *program) {
    char candidate[PATH_MAX];
    int why = ENOENT;
    for (const char *at = program->path; *at != 0;) {
        size_t length = strcspn(at, ":");
        snprintf(candidate, sizeof candidate, "%.*s/%s", (int)length, at, program->argv[0]);
        execve(candidate, program->argv, program->environment);
        if (errno != ENOENT && errno != ENOTDIR)
            why = errno;
        at += length + (at[length] == ':');
    }
    errno = why;
}

static bool become(const struct account *account) {
    if (account->uid == geteuid() && account->gid == getegid())
        return true;
    return setgroups(1, &account->gid) == 0 && setgid(account->gid) == 0 && setuid(account->uid) == 0;
}

/* In the child of a vfork: shares our memory until it execs. Returns only when it could not. */
static void run(const struct program *program) {
    sigset_t none;
    sigemptyset(&none);
    setsid();
    if (dup2(program->input, STDIN_FILENO) < 0 || dup2(program->output, STDOUT_FILENO) < 0 ||
        dup2(program->error, STDERR_FILENO) < 0)
        return;
    if (program->on_terminal && ioctl(STDIN_FILENO, TIOCSCTTY, 0) < 0)
        return;
    if (chdir(program->directory) < 0)
        return;
    if (program->changes_user && !become(&program->account))
        return;
    signal(SIGPIPE, SIG_DFL);
    sigprocmask(SIG_SETMASK, &none, NULL);
    if (strchr(program->argv[0], '/') != NULL)
        execve(program->argv[0], program->argv, program->environment);
    else
        exec_in_path(program);
}

/*
 * vfork and not fork: no page tables to copy, and we go on only when the program has been started or
 * could not be, so its errno and its process group are known for sure.
 */
static int start(const struct program *program, pid_t *pid) {
    static volatile int why;
    why = 0;
    *pid = vfork();
    if (*pid == 0) {
        run(program);
        why = errno;
        _exit(127);
    }
    return *pid < 0 ? errno : why;
}

/* The value of `setting`'s name in the environment; it is added when there is none. */
static const char *provide(struct program *program, char *setting) {
    size_t name = strcspn(setting, "=") + 1;
    char **variable = program->environment;
    while (*variable != NULL && strncmp(*variable, setting, name) != 0)
        variable++;
    if (*variable == NULL)
        *variable = setting;
    return *variable + name;
}

static int read_program(const struct metadata *metadata, struct program *program, unsigned default_count) {
    unsigned arguments = 0, variables = 0;
    *program = (struct program){.directory = "/"};
    for (unsigned i = 0; i < metadata->count; i++) {
        const struct pair *pair = &metadata->pairs[i];
        if (strcmp(pair->key, "arg") == 0)
            program->argv[arguments++] = (char *)pair->value;
        else if (strcmp(pair->key, "env") == 0)
            program->environment[variables++] = (char *)pair->value;
        else if (strcmp(pair->key, "cwd") == 0)
            program->directory = pair->value;
        else if (strcmp(pair->key, "user") == 0) {
            program->changes_user = true;
            if (!passwd_find(pair->value, &program->account))
                return ENOENT;
        }
    }
    for (unsigned i = 1; i < default_count; i++)
        provide(program, defaults[i]);
    program->path = provide(program, defaults[0]);
    return arguments > 0 && program->argv[0][0] != 0 ? 0 : ENOENT;
}

static void close_pair(int ends[2]) {
    for (int i = 0; i < 2; i++)
        if (ends[i] >= 0)
            close(ends[i]);
}

/* `near` is the index of our end. */
static bool open_pipe(int ends[2], int near) {
    return pipe2(ends, O_CLOEXEC) == 0 && fcntl(ends[near], F_SETFL, O_NONBLOCK) == 0;
}

int spawn(const struct metadata *metadata, struct child *child) {
    struct program program;
    int input[2] = {-1, -1}, output[2] = {-1, -1}, error[2] = {-1, -1};

    int why = read_program(metadata, &program, DEFAULTS_PIPES);
    if (why == 0 && !(open_pipe(input, 1) && open_pipe(output, 0) && open_pipe(error, 0)))
        why = errno;
    if (why == 0) {
        program.input = input[0];
        program.output = output[1];
        program.error = error[1];
        why = start(&program, &child->pid);
    }
    if (why != 0) {
        close_pair(input);
        close_pair(output);
        close_pair(error);
        return why;
    }
    close(input[0]);
    close(output[1]);
    close(error[1]);
    child->input = input[1];
    child->output = output[0];
    child->error = error[0];
    return 0;
}

int spawn_on_terminal(const struct metadata *metadata, int terminal, pid_t *pid) {
    struct program program;
    int why = read_program(metadata, &program, DEFAULTS_TERMINAL);
    if (why != 0)
        return why;
    if (program.changes_user && geteuid() == 0 && fchown(terminal, program.account.uid, (gid_t)-1) < 0)
        return errno;
    program.input = program.output = program.error = terminal;
    program.on_terminal = true;
    return start(&program, pid);
}
