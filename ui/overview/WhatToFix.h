#pragma once

#include "core/console/orders/Passkeys.h"
#include "core/console/orders/Server.h"
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

    void present(const OverviewView &overview);
    /// The settings may be others now, and what follows from them.
    void readSettings();

Q_SIGNALS:
    void goTo(const QString &pageKey, const warder::PageFilter &filter);

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

    PageContext m_context;
    QToolButton *m_more;
    OverviewView m_overview;
    bool m_hasOverview = false;
    QList<SettingView> m_settings;         ///< Empty while nobody knows.
    QList<PasskeyHostView> m_passkeyHosts; ///< Likewise.
    QList<Row> m_rows;
    QList<Fix> m_fixes;
};

} // namespace warder
