#pragma once

#include <QStringList>

class QSettings;

namespace warder {

/// The last searches of a list, in what the window remembers until the person has them forgotten. What looks like a secret is not kept.
/// GUI thread.
class FilterHistory final
{
public:
    static constexpr qsizetype most = 10;

    /// `list`: the key of its page. `memory` outlives it.
    FilterHistory(QSettings &memory, const QString &list);

    /// The newest first, each once.
    QStringList all() const;
    void add(const QString &search);
    void forget();

    /// It may be a token, a key or the like: a long run of letters and digits that is neither an id nor a part of an e-mail address.
    static bool looksSecret(const QString &text);

private:
    QSettings &m_memory;
    QString m_key;
};

} // namespace warder
