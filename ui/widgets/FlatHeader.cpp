#include "ui/widgets/FlatHeader.h"

#include "ui/support/Tone.h"
#include "ui/support/UiTexts.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QTextDocument>
#include <QToolTip>

#include <utility>

using namespace Qt::StringLiterals;

namespace warder {

FlatHeader::FlatHeader(QWidget *parent) : QHeaderView(Qt::Horizontal, parent)
{
    setSectionsClickable(true);
    setSectionsMovable(true);
    setHighlightSections(false);
    setStretchLastSection(true);
    setSortIndicatorClearable(true);
    setMinimumSectionSize(40);
    setResizeContentsPrecision(0); // what is in view: a table may have a million rows
}

void FlatHeader::setWhyUnsortable(const QString &why)
{
    m_whyUnsortable = why;
    setSectionsClickable(why.isEmpty());
    setInviting(-1);
}

void FlatHeader::setInviting(int section)
{
    const int before = std::exchange(m_inviting, section);
    for (const int each : {before, section}) {
        if (before != section && each >= 0)
            updateSection(each);
    }
}

void FlatHeader::mouseMoveEvent(QMouseEvent *event)
{
    const bool isFree = sectionsClickable() && event->buttons() == Qt::NoButton;
    setInviting(isFree ? logicalIndexAt(event->position().toPoint()) : -1);
    QHeaderView::mouseMoveEvent(event);
}

bool FlatHeader::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::Leave)
        setInviting(-1);
    if (event->type() != QEvent::ToolTip || m_whyUnsortable.isEmpty())
        return QHeaderView::viewportEvent(event);
    const QString tip = Qt::convertFromPlainText(UiTexts::breakable(m_whyUnsortable, 60), Qt::WhiteSpaceNormal);
    QToolTip::showText(static_cast<QHelpEvent *>(event)->globalPos(), tip, this);
    return true;
}

QSize FlatHeader::sizeHint() const { return {QHeaderView::sizeHint().width(), fontMetrics().height() + 12}; }

QSize FlatHeader::sectionSizeFromContents(int logicalIndex) const
{
    const QString text = model()->headerData(logicalIndex, Qt::Horizontal).toString();
    return {fontMetrics().horizontalAdvance(text + u" ▾"_s) + 10 + 8, sizeHint().height()};
}

void FlatHeader::paintSection(QPainter *painter, const QRect &rect, int logicalIndex) const
{
    painter->save();
    painter->fillRect(rect, surface(palette()));
    painter->setPen(hairline(palette()));
    painter->drawLine(rect.bottomLeft(), rect.bottomRight());
    const bool sorted = isSortIndicatorShown() && sortIndicatorSection() == logicalIndex;
    QString text = model()->headerData(logicalIndex, Qt::Horizontal).toString();
    if (sorted)
        text += sortIndicatorOrder() == Qt::AscendingOrder ? u" ▴"_s : u" ▾"_s;
    painter->setPen(sorted || logicalIndex == m_inviting ? palette().color(QPalette::WindowText) : quietText(palette()));
    const auto alignment = Qt::Alignment(model()->headerData(logicalIndex, Qt::Horizontal, Qt::TextAlignmentRole).toInt());
    const QRect words = rect.adjusted(10, 0, -8, 0);
    painter->drawText(words, int(alignment | Qt::AlignVCenter) | Qt::TextSingleLine,
                      fontMetrics().elidedText(text, Qt::ElideRight, words.width()));
    painter->restore();
}

} // namespace warder
