// SPDX-License-Identifier: GPL-3.0-or-later
// What failing_calls.c and branches.c know of each other.
#pragma once

#include <stdatomic.h>
#include <sys/types.h>

enum Kind {
  READ,
  WRITE,
  OPEN,
  CLOSE,
  STAT,
  LIST,
  MODE,
  FSYNC,
  RENAME,
  MKDIR,
  UNLINK,
  LOCK,
  THREAD,
  FORK,
  MEMORY,
  ANSWER,
  KINDS
};
enum { FAILURES = KINDS, CHANGES, COUNTERS };  // behind the numbers of calls: of those that failed, and changed a file

#pragma GCC visibility push(hidden)

extern atomic_long* counters;   // of the program and its copies: memory that has run out has run out for all
extern enum Kind failing_kind;  // the last of those that were chosen
extern long first_failure;
extern int report;
extern pid_t program;
extern __thread int inside;  // our own calls do not count
void* next(const char* name);

void read_branches(void);                     // what VELOCAL_BRANCHES asks for
void branch_at(enum Kind kind, long number);  // makes a copy in which this call fails, if that is asked for
void end_probe(void);                         // to be called before each call is counted
void before_others(void);                     // before other threads or processes are made
void others_begin(void);                      // when they are
void before_change(void);                     // before a file is changed

#pragma GCC visibility pop
