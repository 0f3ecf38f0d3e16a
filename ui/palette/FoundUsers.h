#pragma once

#include "core/console/Console.h"
#include "core/console/orders/Users.h"

#include <QObject>

namespace warder {

/// Users whose address or name has what is typed: the first few, as the console finds them. A newer question supersedes an older one, whose
/// work is cancelled; until its answer is there those stay who were found before and still match. GUI thread.
class FoundUsers final : public QObject
{
    Q_OBJECT
public:
    static constexpr int most = 8;
    static constexpr qsizetype fewestLetters = 2;

    FoundUsers(Console &console, QObject *parent);
    ~FoundUsers() override;

    /// Fewer letters than `fewestLetters` find nobody, and ask nobody.
    void lookFor(const QString &typed);
    const QList<UserView> &users() const { return m_users; }

Q_SIGNALS:
    void found();

private:
    Console &m_console;
    Answer<PageOf<UserView>> m_asked;
    QList<UserView> m_users;
    quint64 m_question = 0; ///< Answers to older ones are dropped.
};

} // namespace warder
