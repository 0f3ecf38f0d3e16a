#include "ui/overview/WhatToFix.h"

#include "ui/support/Ask.h"
#include "ui/support/Space.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/StateDot.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace warder {

WhatToFix::WhatToFix(const PageContext &context, QWidget *parent)
    //: Title above what an operator had better mend, though the server runs well with it.
    : Panel(tr("What to fix next"), parent), m_context(context), m_more(new QToolButton(this))
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    body()->setContentsMargins(Space::large, Space::narrow, Space::medium, Space::small);
    body()->setSpacing(Space::narrow);
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
    m_facts.overview = overview;
    m_hasOverview = true;
    if (!m_hasAsked)
        readFacts();
    showFixes();
}

/// Without an answer nothing is said about it; why there is none is shown elsewhere.
template <typename Order, typename Fact>
void WhatToFix::readFact(Fact FixFacts::*fact)
{
    const auto take = [this, fact](const typename Order::Answer &answer) {
        m_facts.*fact = answer;
        showFixes();
    };
    ask(m_context.console.ask(Order {}), this, take, [](const Error &) {});
}

/// That settings were read again, wherever, is told as a change of the server.
void WhatToFix::apply(const QList<Change> &changes)
{
    if (!m_hasAsked)
        return;
    if (std::ranges::any_of(changes, [](const Change &change) { return std::holds_alternative<ServerChanged>(change); }))
        readFacts();
    else if (std::ranges::any_of(changes, [](const Change &change) { return std::holds_alternative<KeysChanged>(change); }))
        readFact<ListKeys>(&FixFacts::keys);
}

void WhatToFix::readFacts()
{
    m_hasAsked = true;
    readFact<ListSettings>(&FixFacts::settings);
    readFact<ListPasskeyHosts>(&FixFacts::passkeyHosts);
    readFact<ListKeys>(&FixFacts::keys);
    readFact<ReadMasterKey>(&FixFacts::masterKey);
}

void WhatToFix::addRow()
{
    auto *all = new QWidget(this);
    auto *line = new QHBoxLayout(all);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(Space::small);
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
    m_facts.now = m_context.clock.now();
    m_fixes = Fixes::of(m_facts);
    while (m_rows.size() < m_fixes.size())
        addRow();
    for (qsizetype i = 0; i < m_fixes.size(); ++i)
        showRow(i, m_fixes[i]);
    for (qsizetype i = m_fixes.size(); i < m_rows.size(); ++i)
        m_rows[i].all->hide();
    nameButton();
    setVisible(!m_fixes.isEmpty());
    tellOfKeys();
}

void WhatToFix::tellOfKeys()
{
    QStringList warnings;
    for (const Fix &fix : std::as_const(m_fixes)) {
        if (fix.page == "keys"_L1 && fix.tone == Tone::Warning)
            warnings += fix.text;
    }
    if (std::exchange(m_ofKeys, warnings) != warnings)
        Q_EMIT keysConcerned(warnings.size(), warnings.join(u' '));
}

void WhatToFix::nameButton()
{
    const int others = qMax(0, int(m_fixes.size()) - 1);
    m_more->setVisible(others > 0);
    m_more->setText(m_more->isChecked() ? /*: Button: shows only what is to be fixed next. */ tr("Less")
                                        : /*: Button: shows what else is to be fixed. */ tr("%Ln more", nullptr, others));
}

} // namespace warder
