#pragma once
#include <git2.h>

// git_libgit2_opts is variadic, which Swift does not import.
static inline int cgit2_enable_fsync_gitdir(int on) { return git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, on); }
