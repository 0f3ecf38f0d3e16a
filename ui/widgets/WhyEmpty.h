#pragma once

#include "ui/widgets/Narrowing.h"

#include <QObject>

#include <optional>

namespace warder {

class EmptyState;

/// Says in place of an empty list that more than one thing narrows how many rows there would be without each, and drops one on demand.
/// Asks once for each filter that was settled. A part of ListPage. GUI thread.
class WhyEmpty final : public QObject
{
    Q_OBJECT
public:
    /// `inWords`: "3,412 sessions". `page` is the parent.
    WhyEmpty(EmptyState &empty, QString (*inWords)(qint64), QObject *page);
    ~WhyEmpty() override { m_question.cancel(); }

    /// The list is empty. Of fewer than two parts nothing is said.
    void present(const Narrowings &narrowings);
    /// Nobody looks at it now.
    void hide();
    /// Another list is asked for.
    void forget();
    /// The numbers may be others by now; those that stand there stay until these come.
    void renew() { m_isAsked = false; }

private:
    void count(const Narrowings &narrowings);
    void show();
    void drop(int part);

    EmptyState &m_empty;
    QString (*m_inWords)(qint64);
    QList<Narrowing> m_parts;
    std::optional<QList<qint64>> m_numbers; ///< None of them: nobody knows.
    QFuture<void> m_question;
    quint64 m_turn = 0; ///< Answers to questions of an older one are dropped.
    bool m_isAsked = false;
};

} // namespace warder
