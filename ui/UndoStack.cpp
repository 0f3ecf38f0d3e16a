#include "ui/UndoStack.h"

#include "ui/support/UiTexts.h"

#include <QAction>
#include <QPointer>

#include <algorithm>
#include <chrono>

using namespace Qt::StringLiterals;

namespace warder {

UndoStack::UndoStack(const Clock &clock, QObject *parent) : QObject(parent), m_clock(clock), m_action(new QAction(this))
{
    m_action->setObjectName(u"undo"_s);
    m_action->setShortcut(QKeySequence::Undo);
    m_timer.setInterval(std::chrono::seconds {10});
    connect(m_action, &QAction::triggered, this, &UndoStack::takeBackNewest);
    connect(&m_timer, &QTimer::timeout, this, &UndoStack::dropOld);
    present();
}

int UndoStack::push(const Undo &undo)
{
    m_entries.append(Kept {.number = ++m_lastNumber, .undo = undo, .until = m_clock.now() + lasting});
    while (m_entries.size() > most)
        m_entries.removeFirst();
    present();
    return m_lastNumber;
}

std::optional<QString> UndoStack::before(const Kept &entry) const
{
    const auto newer = [&entry](const Kept &each) { return each.number > entry.number && each.undo.about == entry.undo.about; };
    const auto found = std::ranges::find_if(m_entries, newer);
    return found == m_entries.end() ? std::nullopt : std::optional(found->undo.what);
}

QList<UndoStack::Entry> UndoStack::entries() const
{
    QList<Entry> newestFirst;
    for (const Kept &entry : m_entries)
        newestFirst.prepend(Entry {.number = entry.number, .what = entry.undo.what, .isInTurn = !before(entry)});
    return newestFirst;
}

void UndoStack::takeBackNewest()
{
    dropOld();
    if (!m_entries.isEmpty())
        takeBack(m_entries.last().number);
}

void UndoStack::takeBack(int number)
{
    dropOld();
    const auto entry = std::ranges::find(m_entries, number, &Kept::number);
    if (entry == m_entries.end() || m_isBusy)
        return;
    if (const auto newer = before(*entry))
        //: Said instead of taking something back; %1 names a later change of the same thing, such as "Rotation of Zk9Qw3sT1vLr2YxB".
        return Q_EMIT said(tr("Something newer has to be taken back first: %1.").arg(*newer));
    m_isBusy = true;
    const auto begin = entry->undo.begin; // what it calls may change the list
    begin(UndoTurn([stack = QPointer(this), number](UndoEnd how) {
        if (stack)
            stack->finish(number, how);
    }));
}

void UndoStack::finish(int number, UndoEnd how)
{
    m_isBusy = false;
    const auto entry = std::ranges::find(m_entries, number, &Kept::number);
    if (how == UndoEnd::Kept || entry == m_entries.end())
        return;
    const QString what = entry->undo.what;
    m_entries.erase(entry);
    present();
    if (how == UndoEnd::Void)
        //: Said instead of taking something back; %1 names it, such as "Rotation of Zk9Qw3sT1vLr2YxB".
        Q_EMIT said(tr("Not taken back, because it has been changed again meanwhile: %1.").arg(what));
}

void UndoStack::dropOld()
{
    const TimePoint now = m_clock.now();
    if (m_entries.removeIf([now](const Kept &entry) { return entry.until <= now; }) > 0)
        present();
}

void UndoStack::present()
{
    m_action->setEnabled(!m_entries.isEmpty());
    //: Menu item, while there is nothing to take back.
    const QString nothing = tr("&Undo");
    //: Menu item: asks whether to take back what was done last; %1 names it.
    const QString newest = tr("&Undo: %1…");
    m_action->setText(m_entries.isEmpty() ? nothing : newest.arg(UiTexts::inLabel(m_entries.last().undo.what)));
    if (m_entries.isEmpty())
        m_timer.stop();
    else
        m_timer.start();
    Q_EMIT changed();
}

} // namespace warder
