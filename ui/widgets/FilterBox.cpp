#include "ui/widgets/FilterBox.h"

#include "core/console/TextMatcher.h"
#include "ui/support/Icons.h"

#include <QAction>
#include <QKeyEvent>

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
    addAction(icon(u"search"_s), LeadingPosition);
    m_pause.setSingleShot(true);
    m_pause.setInterval(200ms);
    connect(&m_pause, &QTimer::timeout, this, &FilterBox::emitFilter);
    connect(this, &QLineEdit::textChanged, &m_pause, qOverload<>(&QTimer::start));
    connect(this, &QLineEdit::textChanged, this, [this] { Q_EMIT edited(filter() != m_lastFilter); });
}

QString FilterBox::filter() const { return TextMatcher(text()).isEmpty() ? QString() : text().trimmed(); }

void FilterBox::setFilter(const QString &filter)
{
    const QSignalBlocker quiet(this);
    setText(filter);
    m_pause.stop();
    m_lastFilter = this->filter();
}

void FilterBox::emitFilter()
{
    m_pause.stop();
    if (filter() == m_lastFilter)
        return;
    m_lastFilter = filter();
    Q_EMIT filterChanged(m_lastFilter);
}

void FilterBox::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Escape:
        clear();
        emitFilter();
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:  emitFilter(); return;
    case Qt::Key_Down:   m_list->setFocus(Qt::TabFocusReason); return;
    default:             QLineEdit::keyPressEvent(event);
    }
}

} // namespace warder
