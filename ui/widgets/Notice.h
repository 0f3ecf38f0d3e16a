#pragma once

#include "ui/support/WindowProblem.h"

#include <QList>
#include <QObject>

namespace warder {

/// What a page has to tell: what is done, once and in passing; what is wrong, until it is over. It shows nothing itself: the frame
/// has a toast for the one and a strip for the other. GUI thread.
class Notice final : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    /// What is done, in passing.
    void say(const QString &text);

    /// A list was written to a file: `what` ("3,412 sessions") is there now. Or it was not, which stands until one is.
    void sayWritten(const QString &what, const QString &file);
    void sayNotWritten(const QString &file, const QString &why);

    /// A problem, new or changed.
    void put(const WindowProblem &problem);
    void over(const QString &id);
    /// Forgets all that it said.
    void clear();

    const QList<WindowProblem> &problems() const { return m_problems; }
    /// The newest that is not over; empty: nothing.
    QString text() const { return m_text; }

Q_SIGNALS:
    void done(const QString &text);
    void problemsChanged();

private:
    QList<WindowProblem> m_problems;
    QString m_text;
};

} // namespace warder
