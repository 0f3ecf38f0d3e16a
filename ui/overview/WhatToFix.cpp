#include "ui/overview/WhatToFix.h"

#include "ui/support/Ask.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/StateDot.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

namespace warder {

WhatToFix::WhatToFix(const PageContext &context, QWidget *parent)
    //: Title above what an operator had better mend, though the server runs well with it.
    : Panel(tr("What to fix next"), parent), m_context(context), m_more(new QToolButton(this))
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    body()->setContentsMargins(16, 2, 12, 10);
    body()->setSpacing(4);
    m_more->setAutoRaise(true);
    m_more->setCheckable(true);
    m_more->setFocusPolicy(Qt::StrongFocus);
    addToTitle(m_more);
    connect(m_more, &QToolButton::toggled, this, &WhatToFix::showFixes);
    nameButton();
    hide();
}

void WhatToFix::present(const OverviewView &overview)
{
    m_overview = overview;
    m_hasOverview = true;
    showFixes();
}

void WhatToFix::readSettings()
{
    const auto applySettings = [this](const QList<SettingView> &settings) {
        m_settings = settings;
        showFixes();
    };
    const auto applyHosts = [this](const QList<PasskeyHostView> &hosts) {
        m_passkeyHosts = hosts;
        showFixes();
    };
    // Without an answer nothing is said about them; why there is none is shown elsewhere.
    ask(m_context.console.ask(ListSettings {}), this, applySettings, [](const Error &) {});
    ask(m_context.console.ask(ListPasskeyHosts {}), this, applyHosts, [](const Error &) {});
}

void WhatToFix::addRow()
{
    auto *all = new QWidget(this);
    auto *line = new QHBoxLayout(all);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(10);
    const Row row {.all = all, .dot = new StateDot(all), .text = textLabel({}, all), .action = new QPushButton(all)};
    line->addWidget(row.dot);
    line->addWidget(row.text, 1);
    line->addWidget(row.action);
    body()->addWidget(all);
    connect(row.action, &QPushButton::clicked, this, [this, place = m_rows.size()] {
        if (place < m_fixes.size())
            Q_EMIT goTo(m_fixes[place].page, m_fixes[place].filter);
    });
    m_rows += row;
}

void WhatToFix::showRow(qsizetype place, const Fix &fix)
{
    const Row &row = m_rows[place];
    row.dot->setTone(fix.tone);
    if (row.text->text() != fix.text) { // told again each second: nothing moves
        row.text->setText(fix.text);
        row.text->setToolTip(fix.tip);
        row.action->setText(fix.action);
        row.action->setAccessibleDescription(fix.text);
    }
    row.action->setVisible(!fix.action.isEmpty());
    row.all->setVisible(place == 0 || m_more->isChecked());
}

void WhatToFix::showFixes()
{
    if (!m_hasOverview)
        return;
    m_fixes = Fixes::of(m_overview, m_settings, m_passkeyHosts);
    while (m_rows.size() < m_fixes.size())
        addRow();
    for (qsizetype i = 0; i < m_fixes.size(); ++i)
        showRow(i, m_fixes[i]);
    for (qsizetype i = m_fixes.size(); i < m_rows.size(); ++i)
        m_rows[i].all->hide();
    nameButton();
    setVisible(!m_fixes.isEmpty());
}

void WhatToFix::nameButton()
{
    const int others = qMax(0, int(m_fixes.size()) - 1);
    m_more->setVisible(others > 0);
    m_more->setText(m_more->isChecked() ? /*: Button: shows only what is to be fixed next. */ tr("Less")
                                        : /*: Button: shows what else is to be fixed. */ tr("%Ln more", nullptr, others));
}

} // namespace warder
