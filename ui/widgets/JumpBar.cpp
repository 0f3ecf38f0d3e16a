#include "ui/widgets/JumpBar.h"

#include "ui/support/FollowPalette.h"
#include "ui/support/Tone.h"
#include "ui/support/Type.h"
#include "ui/widgets/FocusRing.h"

#include <QKeyEvent>
#include <QPainter>
#include <QStyledItemDelegate>

#include <utility>

namespace warder {
namespace {

constexpr int besideMark = 6; // pixels
constexpr int mostAround = 12;

class MarkDelegate final : public QStyledItemDelegate
{
public:
    explicit MarkDelegate(JumpBar *bar) : QStyledItemDelegate(bar), m_bar(*bar) {}

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override { return {m_bar.width(), m_bar.markHeight()}; }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const QColor accent = option.palette.color(QPalette::Active, QPalette::Highlight);
        const bool isHere = index.row() == m_bar.place();
        const bool hasKeyboard = option.state & QStyle::State_HasFocus;
        painter->setPen(hasKeyboard ? QPen(focusColour(option.palette, surface(option.palette)), focusThickness) : QPen(Qt::NoPen));
        if (isHere)
            painter->setBrush(mixed(accent, surface(option.palette), 0.25));
        else if (option.state & QStyle::State_MouseOver)
            painter->setBrush(mixed(option.palette.color(QPalette::Text), surface(option.palette), 0.07));
        painter->drawRoundedRect(QRectF(option.rect).adjusted(1, 1, -1, -1), 4, 4);
        painter->setFont(option.font);
        painter->setPen(isHere ? option.palette.color(QPalette::Active, QPalette::Text) : quietText(option.palette));
        painter->drawText(option.rect, Qt::AlignCenter, index.data().toString());
        painter->restore();
    }

private:
    const JumpBar &m_bar;
};

} // namespace

JumpBar::JumpBar(QWidget *parent) : QListWidget(parent)
{
    //: Name of a bar beside a long list, for screen readers: its rows are places in that list.
    setAccessibleName(tr("Jump to a place in the list"));
    setFrameShape(NoFrame);
    setSelectionMode(NoSelection);
    setItemDelegate(new MarkDelegate(this));
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    setMouseTracking(true);
    hide();
    followPalette(this, [this] { applyPalette(); });
    connect(this, &QListWidget::itemClicked, this, [this](QListWidgetItem *mark) { Q_EMIT chosen(row(mark)); });
}

void JumpBar::applyPalette()
{
    QPalette own;
    own.setColor(QPalette::Base, surface(parentWidget()->palette()));
    setPalette(own);
    setFont(sized(parentWidget()->font(), TextSize::quiet));
    updateGeometry();
    spread();
}

void JumpBar::setMarks(const QList<ListMark> &marks)
{
    clear();
    for (const ListMark &mark : marks) {
        auto *entry = new QListWidgetItem(mark.label, this);
        entry->setToolTip(mark.name);
        entry->setData(Qt::AccessibleTextRole, mark.name);
    }
    updateGeometry();
    spread();
}

void JumpBar::showPlace(int mark)
{
    if (std::exchange(m_place, mark) == mark)
        return;
    viewport()->update();
    if (!hasFocus()) // else it is the person who moves
        setCurrentRow(mark);
}

void JumpBar::spread()
{
    const int least = fontMetrics().height();
    const int fair = qBound(least, viewport()->height() / qMax(1, count()), least + mostAround);
    if (std::exchange(m_markHeight, fair) != fair)
        scheduleDelayedItemsLayout();
}

QSize JumpBar::sizeHint() const
{
    int widest = 0;
    for (int mark = 0; mark < count(); ++mark)
        widest = qMax(widest, fontMetrics().horizontalAdvance(item(mark)->text()));
    return {widest + 2 * besideMark, 200};
}

void JumpBar::keyboardSearch(const QString &typed)
{
    for (int step = 1; step <= count(); ++step) {
        const int mark = (currentRow() + step) % count();
        if (item(mark)->text().startsWith(typed, Qt::CaseInsensitive))
            return setCurrentRow(mark);
    }
}

void JumpBar::keyPressEvent(QKeyEvent *event)
{
    const bool isChoice = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Space;
    if (isChoice && currentRow() >= 0)
        Q_EMIT chosen(currentRow());
    else
        QListWidget::keyPressEvent(event);
}

void JumpBar::focusOutEvent(QFocusEvent *event)
{
    QListWidget::focusOutEvent(event);
    setCurrentRow(m_place);
}

void JumpBar::resizeEvent(QResizeEvent *event)
{
    QListWidget::resizeEvent(event);
    spread();
}

} // namespace warder
