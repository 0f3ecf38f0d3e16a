#pragma once

#include "core/base/EnumNames.h"

namespace warder {

/// Why a server on another machine is not reached.
enum class RemoteTrouble {
    None,
    NoSsh,           ///< This machine has no ssh.
    UnknownHost,     ///< Nobody knows the machine's name.
    Unreachable,     ///< The machine does not answer, or nobody listens for ssh there.
    HostKeyUnknown,  ///< Nobody has said yet that the machine's key is the right one.
    HostKeyChanged,  ///< The machine has another key than it had. Never passed over.
    LoginRefused,    ///< The machine takes neither key nor password of ours.
    NoProgram,       ///< No warderd is in the PATH there.
    NotRunning,      ///< The warderd there says that no server runs.
    NoAnswer,        ///< Nobody answers at the socket, or the way to it is forbidden.
    ServerOutdated,  ///< The server is of an older protocol of the console than we are.
    ProgramOutdated, ///< The other way round.
    Broken,          ///< The connection stood, and ended.
    Other,           ///< None of these: only what ssh said tells.
};

template <>
inline constexpr std::array namesOf<RemoteTrouble> {
    "none"_L1,          "no_ssh"_L1,     "unknown_host"_L1, "unreachable"_L1, "host_key_unknown"_L1, "host_key_changed"_L1,
    "login_refused"_L1, "no_program"_L1, "not_running"_L1,  "no_answer"_L1,   "server_outdated"_L1,  "program_outdated"_L1,
    "broken"_L1,        "other"_L1};

/// How the way to a server on another machine is at this moment.
struct RemoteLineState
{
    enum class Phase {
        Connecting, ///< An attempt is on its way.
        Connected,  ///< The server there answers.
        Lost,       ///< Neither.
    };

    Phase phase = Phase::Connecting;
    RemoteTrouble trouble = RemoteTrouble::None; ///< Why the last attempt failed, until one succeeds.
    QString said = {};                           ///< What ssh, or the warderd there, said of it, as it came; may be empty.
    bool triesAgain = true;                      ///< By itself; else somebody has to say so.

    bool operator==(const RemoteLineState &) const = default;
};

} // namespace warder
