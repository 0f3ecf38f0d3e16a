#pragma once

#include "core/base/Result.h"

#include <QString>

#include <utility>

namespace warder {

/// A listening unix domain socket and its file, which goes with it, unless somebody else's stands there by then. One thread.
class UnixSocketFile final
{
public:
    UnixSocketFile() = default;
    ~UnixSocketFile();
    UnixSocketFile(UnixSocketFile &&other) noexcept;
    UnixSocketFile &operator=(UnixSocketFile &&other) noexcept;

    /// Listens at `path`; nobody but us may connect before restrict() says who. Takes the place of a socket that nobody listens on
    /// any more. The refusal says in words why.
    static Result<UnixSocketFile> listen(const QString &path, int backlog);

    /// Who may connect: the mode of the file, and its group (empty: the one it was made with).
    Result<void> restrict(int mode, const QString &group) const;

    /// False when somebody removed the file, or took its place: nobody finds the socket any more.
    bool isInPlace() const;

    /// The listening socket; it passes to the caller.
    int takeDescriptor() { return std::exchange(m_descriptor, -1); }

private:
    Result<void> giveTo(const QString &group) const;
    void remove();

    QString m_path; ///< Empty: nothing to remove.
    quint64 m_device = 0;
    quint64 m_inode = 0;
    quint32 m_group = 0;
    int m_descriptor = -1;
};

} // namespace warder
