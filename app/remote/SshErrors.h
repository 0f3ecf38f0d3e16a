#pragma once

#include "core/base/RemoteLineState.h"
#include "core/base/Result.h"

#include <QByteArray>

namespace warder {

/// Why a way to another machine did not come about, or broke.
struct SshFault
{
    RemoteTrouble trouble = RemoteTrouble::Other;
    QString said = {}; ///< By ssh or by the program there, without its frames; the last lines of it.

    bool operator==(const SshFault &) const = default;
};

/// Reads what OpenSSH writes to stderr, which it does in English whatever the locale. `wasOpen`: whether the connection had stood before
/// it ended. Pure; any thread.
SshFault faultOfSsh(const QByteArray &said, bool wasOpen);

/// Nothing that ssh could start.
SshFault faultOfNoSsh();

/// What a finished `warderd server socket` on the other machine says: the path of the console's socket, which is not believed beyond what
/// RemotePlace takes of a person, or why there is none. ssh exits with the code of that program, and with 255 for troubles of its own.
/// Pure; any thread.
std::expected<QString, SshFault> socketSaid(int exitCode, const QByteArray &out, const QByteArray &said);

/// Whether another attempt may succeed without a person: not where a key or password was refused, which a machine counts.
bool mayPass(RemoteTrouble trouble);

} // namespace warder
