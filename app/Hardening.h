#pragma once

namespace warder {

/// What every start does first: files are for their owner only (umask 077) and a crash leaves no memory behind (no core
/// dump, not traceable by others of the same user). Call before anything is opened, from main().
void hardenProcess();

} // namespace warder
