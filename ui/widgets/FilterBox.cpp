#include "ui/widgets/FilterBox.h"

#include "core/console/TextMatcher.h"
#include "ui/support/FollowPalette.h"
#include "ui/support/Icons.h"
#include "ui/support/UiTexts.h"

#include <QAction>
#include <QKeyEvent>
#include <QMenu>
#include <QScopedValueRollback>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace warder {

FilterBox::FilterBox(const QString &placeholder, QWidget *list, QWidget *parent) : QLineEdit(parent), m_list(list)
{
    setPlaceholderText(placeholder);
    setAccessibleName(placeholder);
    setClearButtonEnabled(true);
    setMinimumWidth(260);
    setMaxLength(int(TextMatcher::longest));
    keepReadable(this);
    addAction(icon(u"search"_s), LeadingPosition);
    m_pause.setSingleShot(true);
    m_pause.setInterval(200ms);
    connect(&m_pause, &QTimer::timeout, this, &FilterBox::emitFilter);
    connect(this, &QLineEdit::textChanged, this, &FilterBox::noteEdit);
    connect(this, &QLineEdit::textEdited, this, [this] { m_isTyped = true; });
}

QString FilterBox::filter() const { return TextMatcher(text()).isEmpty() ? QString() : text().trimmed(); }

void FilterBox::setFilter(const QString &filter)
{
    const QScopedValueRollback setting(m_isBeingSet, true); // no blocked signals: Qt shows and hides the cross by them
    setText(filter);
    m_pause.stop();
    m_lastFilter = this->filter();
    m_isTyped = false;
    showArrow();
}

void FilterBox::keepHistory(const FilterHistory &history)
{
    m_history.emplace(history);
    m_searches = new QMenu(this);
    m_searches->setObjectName(u"searches"_s);
    //: Name of a menu, for screen readers.
    m_searches->setAccessibleName(tr("Last searches"));
    m_arrow = addAction(icon(u"unfold"_s), TrailingPosition);
    //: Tool tip of an arrow in an empty filter, and its name for screen readers: opens what was looked for last.
    m_arrow->setText(tr("Last searches (Alt+Down)"));
    connect(m_arrow, &QAction::triggered, this, &FilterBox::openHistory);
    connect(this, &QLineEdit::textChanged, this, &FilterBox::showArrow);
    showArrow();
}

void FilterBox::showArrow()
{
    if (m_arrow)
        m_arrow->setVisible(text().isEmpty() && !m_history->all().isEmpty());
}

void FilterBox::note(const QString &search)
{
    if (!m_history || !m_isTyped)
        return;
    m_history->add(search);
    showArrow();
}

void FilterBox::openHistory()
{
    const QStringList searches = m_history ? m_history->all() : QStringList();
    if (searches.isEmpty())
        return;
    m_searches->clear();
    for (const QString &search : searches)
        connect(m_searches->addAction(UiTexts::inLabel(UiTexts::quoted(search))), &QAction::triggered, this,
                [this, search] { recall(search); });
    m_searches->addSeparator();
    //: Menu item below the last searches of a list: they are not kept any longer.
    connect(m_searches->addAction(tr("&Forget these searches")), &QAction::triggered, this, [this] {
        m_history->forget();
        showArrow();
    });
    m_searches->popup(mapToGlobal(rect().bottomLeft()));
    m_searches->setActiveAction(m_searches->actions().first());
}

void FilterBox::recall(const QString &search)
{
    setText(search);
    m_isTyped = true;
    emitFilter();
    note(search); // it is the newest now
    setFocus(Qt::OtherFocusReason);
}

void FilterBox::noteEdit()
{
    if (m_isBeingSet)
        return;
    m_pause.start();
    Q_EMIT edited(filter() != m_lastFilter);
}

void FilterBox::emitFilter()
{
    m_pause.stop();
    if (filter() == m_lastFilter)
        return;
    if (filter().isEmpty())
        note(m_lastFilter);
    m_lastFilter = filter();
    Q_EMIT filterChanged(m_lastFilter);
}

bool FilterBox::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool isExport =
            key->keyCombination() == (Qt::CTRL | Qt::Key_E); // under X11 the end of the line, for which there is the key End
        if (isExport || (key->matches(QKeySequence::Undo) && !isUndoAvailable()))
            return false;
    }
    return QLineEdit::event(event);
}

void FilterBox::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Escape:
        if (text().isEmpty() && m_lastFilter.isEmpty())
            return event->ignore(); // a dialog closes by it
        clear();
        emitFilter();
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        emitFilter();
        note(filter());
        return;
    case Qt::Key_Down:
        if (m_history && event->modifiers().testFlag(Qt::AltModifier))
            return openHistory();
        m_list->setFocus(Qt::TabFocusReason);
        Q_EMIT leftForList();
        return;
    default: QLineEdit::keyPressEvent(event);
    }
}

void FilterBox::focusOutEvent(QFocusEvent *event)
{
    if (event->reason() != Qt::PopupFocusReason && event->reason() != Qt::ActiveWindowFocusReason)
        note(filter());
    QLineEdit::focusOutEvent(event);
}

} // namespace warder
