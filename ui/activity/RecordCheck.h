#pragma once

#include "core/console/orders/Activity.h"
#include "ui/PageContext.h"

#include <QObject>

namespace warder {

class WorkBar;

/// Checks that nobody changed the records, all of them, part by part, and shows how far it is. A part of the page of records. GUI thread.
class RecordCheck final : public QObject
{
    Q_OBJECT
public:
    /// `page` hears how the questions went (AnswerListener), and is the parent.
    RecordCheck(const PageContext &context, WorkBar &work, QObject *page);

    /// Refused while the page has another long task.
    void start();

Q_SIGNALS:
    void refused(const QString &why);
    /// `verdict`: a sentence; `isWhole`: nobody did. Not for a check that was stopped.
    void ended(const QString &verdict, bool isWhole);
    void failed(const warder::Error &error);

private:
    void checkPart(const QString &cursor);
    void take(const ActivityCheck &part);

    PageContext m_context;
    WorkBar &m_work;
    QObject *m_page;
    qint64 m_checked = 0;
    QList<ActivityBreakView> m_breaks;
    quint64 m_check = 0; ///< Answers to checks that were stopped are dropped.
};

} // namespace warder
