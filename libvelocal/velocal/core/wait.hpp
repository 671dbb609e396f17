// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace velocal {

/// The library calls `hook` again and again while it waits for others: for a lock, for another program; and before it
/// puts files in place. What the hook throws ends that and reaches the caller; the programs end so on a signal. Null,
/// the default: nothing is called. To be set before threads start.
void set_waiting_hook(void (*hook)());

/// Calls the hook.
void call_waiting_hook();

/// Sleeps 20 ms, or until a signal comes, and calls the hook.
void wait_a_moment();

}  // namespace velocal
