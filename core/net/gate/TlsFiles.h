#pragma once

#include "core/net/gate/TlsContext.h"
#include "core/platform/Files.h"

#include <array>
#include <optional>

namespace warder {

/// A certificate file and its key file, and whether they are still those that were loaded last. Not for several threads at once.
///
/// Looks at modification time, size, inode and device only, behind symlinks (certbot and mounted secrets swap those), so asking
/// costs two system calls. A tool writes two files, not both at once: what does not load, a half-written pair among it, is not
/// taken as seen. So haveChanged() goes on saying so, and the caller keeps what it has and simply tries again at its next tick
/// (saying a refusal in the log once, not every time).
class TlsFiles final
{
public:
    TlsFiles(QString certificateFile, QString keyFile);

    /// Always true before the first success of load().
    bool haveChanged() const;

    /// TlsContext::load() of the two.
    Result<std::shared_ptr<const TlsContext>> load();

private:
    using Versions = std::array<std::optional<platform::FileVersion>, 2>;
    Versions versions() const;

    QString m_certificateFile;
    QString m_keyFile;
    std::optional<Versions> m_seen;
};

} // namespace warder
