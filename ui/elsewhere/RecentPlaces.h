#pragma once

#include <QStringList>

namespace warder {

/// The servers elsewhere that somebody was connected to last, as RemotePlace::parse() reads them: nothing secret. In a file that all
/// windows of a person share. GUI thread.
class RecentPlaces final
{
public:
    static constexpr qsizetype most = 8;

    /// An empty `file` remembers nothing.
    explicit RecentPlaces(QString file) : m_file(std::move(file)) {}

    /// The newest first. What somebody else wrote into the file and is no place is passed over.
    QStringList all() const;
    void remember(const QString &place) const;

private:
    const QString m_file;
};

} // namespace warder
