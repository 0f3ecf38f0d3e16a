#pragma once

#include <QTemporaryDir>

namespace warder::test {

/// A program that stands in place of the system's ssh, first in the PATH of this process and of its children. It links the two sockets
/// where the real one forwards them, answers in place of a warderd on another machine, or fails as it is told. Quick to break: what it
/// keeps open ends by cut(). The test's thread only.
class FakeSsh final
{
public:
    FakeSsh();
    ~FakeSsh();
    Q_DISABLE_COPY_MOVE(FakeSsh)

    /// What `warderd server socket` says on the other machine.
    void answer(const QByteArray &out, const QByteArray &said = {}, int code = 0) const;
    /// Every connection that is begun from now on ends with 255, having said this.
    void failWith(const QByteArray &said) const;
    /// Every connection that stands, or is begun from now on, ends so.
    void cut(const QByteArray &said) const;
    /// From now on the other machine answers nothing, and who waits for it is deaf to a request to end.
    void hold() const;
    /// None of these any more.
    void recover() const;
    /// The process that asked the other machine last; empty before.
    QString asking() const;
    /// Its arguments, a call each.
    QStringList calls() const;

private:
    void write(const QString &name, const QByteArray &content) const;

    QTemporaryDir m_folder;
    QByteArray m_path; ///< As it was.
};

} // namespace warder::test
