#pragma once

#include "core/base/Result.h"
#include "core/platform/Files.h"

#include <memory>

namespace warder {

/// A listening unix domain socket and its file, which goes with it, unless somebody else's stands there by then. One thread.
class UnixSocketFile final
{
public:
    /// Listens at `path`; nobody but us may connect before restrict() says who. Takes the place of a socket that nobody listens on
    /// any more. The refusal says in words why.
    static Result<std::unique_ptr<UnixSocketFile>> listen(const QString &path, int backlog);
    ~UnixSocketFile();
    Q_DISABLE_COPY_MOVE(UnixSocketFile)

    /// Who may connect: the mode of the file, and its group (empty: the one it was made with).
    Result<void> restrict(int mode, const QString &group) const;

    /// False when somebody removed the file, or took its place: nobody finds the socket any more.
    bool isInPlace() const;

    /// The listening socket; it passes to the caller.
    int takeDescriptor() { return m_descriptor.letGo(); }

private:
    UnixSocketFile(QString path, platform::Descriptor descriptor);
    Result<void> giveTo(const QString &group) const;

    const QString m_path;
    const platform::FileStatus m_made; ///< Of the file when it was new; of none, where it was gone at once.
    platform::Descriptor m_descriptor;
};

} // namespace warder
