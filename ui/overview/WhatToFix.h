#pragma once

#include "core/console/orders/Changes.h"
#include "ui/PageContext.h"
#include "ui/overview/Fixes.h"
#include "ui/widgets/Panel.h"

class QLabel;
class QPushButton;
class QToolButton;

namespace warder {

class StateDot;

/// What an operator had better mend next, with a button that leads there, and, on demand, what after that; hidden while there is
/// nothing. GUI thread.
class WhatToFix final : public Panel
{
    Q_OBJECT
public:
    WhatToFix(const PageContext &context, QWidget *parent);

    /// Asks once for the rest by itself, also where nobody looks at it.
    void present(const OverviewView &overview);
    /// The settings may be others now, and what follows from them: asks for all that is not in the overview.
    void readFacts();
    void apply(const QList<Change> &changes);

Q_SIGNALS:
    void goTo(const QString &pageKey, const warder::PageFilter &filter);
    /// So many warnings lead to the page Keys now, and what they say. Told when it has changed.
    void keysConcerned(qint64 warnings, const QString &words);

private:
    struct Row
    {
        QWidget *all;
        StateDot *dot;
        QLabel *text;
        QPushButton *action;
    };

    void addRow();
    void showRow(qsizetype place, const Fix &fix);
    void showFixes();
    void nameButton();
    void tellOfKeys();
    template <typename Order, typename Fact>
    void readFact(Fact FixFacts::*fact);

    PageContext m_context;
    QToolButton *m_more;
    FixFacts m_facts;
    bool m_hasOverview = false;
    bool m_hasAsked = false; ///< For what is not in the overview.
    QStringList m_ofKeys;    ///< Warnings that lead to the page Keys.
    QList<Row> m_rows;
    QList<Fix> m_fixes;
};

} // namespace warder
