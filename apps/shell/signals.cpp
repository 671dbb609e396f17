// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/signals.hpp"

#include <signal.h>
#include <unistd.h>

#include <atomic>

#include "velocal/core/unfinished_files.hpp"
#include "velocal/core/wait.hpp"

namespace velocal {
namespace {

std::atomic<int> received{0};
static_assert(std::atomic<int>::is_always_lock_free, "a signal handler must not take a lock");

void remember(int signal) {
  int none = 0;
  if (received.compare_exchange_strong(none, signal)) return;
  if (signal == SIGHUP || signal == SIGXCPU) return;  // the system sends these more than once
  remove_unfinished_files();
  _exit(128 + signal);
}

void handle(int signal, void (*handler)(int)) {
  struct sigaction action {};
  action.sa_handler = handler;
  sigemptyset(&action.sa_mask);
  action.sa_flags = SA_RESTART;  // files are read by many hands: none of them has to know EINTR
  sigaction(signal, &action, nullptr);
}

void handle_unless_ignored(int signal, void (*handler)(int)) {
  struct sigaction now {};
  if (sigaction(signal, nullptr, &now) == 0 && now.sa_handler == SIG_IGN) return;
  handle(signal, handler);
}

}  // namespace

void catch_signals() {
  handle(SIGINT, remember);
  handle(SIGTERM, remember);
  handle_unless_ignored(SIGHUP, remember);  // nohup ignores it
  handle(SIGXCPU, remember);
  handle(SIGCHLD, SIG_DFL);  // who started us may ignore it: nobody would know then how our children end
  handle(SIGPIPE, SIG_IGN);
  handle(SIGXFSZ, SIG_IGN);
  set_waiting_hook(throw_if_interrupted);
}

void throw_if_interrupted() {
  if (const int signal = received.load(std::memory_order_relaxed)) throw Interrupted(signal);
}

}  // namespace velocal
