#include "ui/Sidebar.h"

#include "ui/support/FollowPalette.h"
#include "ui/support/Icons.h"
#include "ui/support/Tone.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/FocusRing.h"
#include "ui/widgets/StateDot.h"

#include <QPainter>
#include <QStyledItemDelegate>

#include <utility>

namespace warder {

namespace {

constexpr int badgeNumber = Qt::UserRole + 1;
constexpr int badgeTone = Qt::UserRole + 2;
constexpr qint64 mostInBadge = 999;
constexpr int badgeWords = Qt::UserRole + 4; // also of a count
constexpr int markSize = 9;                  // pixels
constexpr int narrowWidth = 56;              // pixels

QString badgeText(const QModelIndex &index)
{
    const qint64 number = index.data(badgeNumber).toLongLong();
    if (number == 0)
        return {};
    return number > mostInBadge ? UiTexts::count(mostInBadge) + u'+' : UiTexts::count(number);
}

/// Short, so that it finds room beside a name: 999, 1.2k, 12k.
QString countInShort(qint64 number)
{
    constexpr qint64 thousand = 1000;
    if (number < thousand)
        return number > 0 ? UiTexts::count(number) : QString();
    const bool isSmall = number < 10 * thousand;
    const QString thousands = QLocale().toString(double(number / (thousand / 10)) / 10, 'f', 1);
    //: Beside the name of a page, where there is little room: a number of thousands, such as 12 for 12,345.
    return Sidebar::tr("%1k").arg(isSmall ? thousands : UiTexts::count(number / thousand));
}

class SidebarDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        return {100, option.fontMetrics.height() + 18};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const QRectF area = QRectF(option.rect).adjusted(8, 1, -8, -1);
        const bool selected = option.state & QStyle::State_Selected;
        const QColor window = option.palette.color(QPalette::Window);
        const QColor highlight = option.palette.color(QPalette::Active, QPalette::Highlight);
        const QColor text = option.palette.color(QPalette::Active, QPalette::WindowText);
        const QColor ground = selected ? mixed(highlight, window, isDark(option.palette) ? 0.42 : 0.20) : window;
        const bool hasKeyboard = selected && (option.state & QStyle::State_HasFocus);
        painter->setPen(hasKeyboard ? QPen(focusColour(option.palette, window), focusThickness) : QPen(Qt::NoPen));
        if (selected)
            painter->setBrush(ground);
        else if (option.state & QStyle::State_MouseOver)
            painter->setBrush(mixed(text, window, 0.07));
        else
            painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(area, 6, 6);
        const QRect mark(int(area.left()) + 11, int(area.center().y()) - 9, 19, 19);
        index.data(Qt::DecorationRole).value<QIcon>().paint(painter, mark);
        if (static_cast<const Sidebar *>(parent())->isNarrow()) {
            if (!badgeText(index).isEmpty())
                paintBadgeMark(*painter, QRectF(area.right() - markSize - 1, area.top() + 2, markSize, markSize), index, ground,
                               option.palette);
            return painter->restore();
        }
        QFont font = option.font;
        font.setWeight(selected ? QFont::DemiBold : QFont::Normal);
        painter->setFont(font);
        painter->setPen(text);
        const int taken = paintBadge(*painter, area, index, ground, option.palette);
        painter->drawText(area.adjusted(42, 0, -6 - taken, 0), Qt::AlignVCenter | Qt::AlignLeft, index.data().toString());
        painter->restore();
    }

private:
    static void paintBadgeMark(QPainter &painter, const QRectF &place, const QModelIndex &index, const QColor &ground,
                               const QPalette &palette)
    {
        const Tone tone = Tone(index.data(badgeTone).toInt());
        const QColor colour = colourOf(tone, palette);
        painter.save();
        paintMark(painter, place, tone, contrastOf(colour, ground) < leastForMarks ? palette.color(QPalette::WindowText) : colour);
        painter.restore();
    }

    /// In the pen and font of the name; how wide it is.
    static int paintBadge(QPainter &painter, const QRectF &area, const QModelIndex &index, const QColor &ground, const QPalette &palette)
    {
        const QString text = badgeText(index);
        if (text.isEmpty())
            return paintCount(painter, area, index.data(Sidebar::CountRole).toString(), ground, palette);
        painter.drawText(area.adjusted(0, 0, -10, 0), Qt::AlignVCenter | Qt::AlignRight, text);
        const int width = painter.fontMetrics().horizontalAdvance(text);
        const QRectF mark(area.right() - 10 - width - 5 - markSize, area.center().y() - markSize / 2.0, markSize, markSize);
        paintBadgeMark(painter, mark, index, ground, palette);
        return width + markSize + 15;
    }

    static int paintCount(QPainter &painter, const QRectF &area, const QString &text, const QColor &ground, const QPalette &palette)
    {
        if (text.isEmpty())
            return 0;
        const QPen before = painter.pen();
        const QColor quiet = quietText(palette);
        painter.setPen(contrastOf(quiet, ground) < leastForText ? palette.color(QPalette::WindowText) : quiet);
        painter.drawText(area.adjusted(0, 0, -10, 0), Qt::AlignVCenter | Qt::AlignRight, text);
        painter.setPen(before);
        return painter.fontMetrics().horizontalAdvance(text) + 10;
    }
};

} // namespace

Sidebar::Sidebar(QWidget *parent) : QListWidget(parent)
{
    //: Name of the list of pages, for screen readers.
    setAccessibleName(tr("Pages"));
    setFrameShape(NoFrame);
    setItemDelegate(new SidebarDelegate(this));
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMouseTracking(true);
    setAutoFillBackground(true);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    setViewportMargins(0, 14, 0, 8);
    followPalette(this, [this] { applyPalette(); });
}

void Sidebar::add(const QString &iconName, const QString &name)
{
    addItem(new QListWidgetItem(icon(iconName), name));
    showTip(*item(count() - 1));
    updateGeometry();
}

void Sidebar::setBadge(int row, qint64 number, Tone tone, const QString &words)
{
    QListWidgetItem *page = item(row);
    const QString said = number > 0 ? words : QString();
    if (!page || (page->data(badgeNumber).toLongLong() == number && page->data(badgeWords).toString() == said))
        return; // screen readers hear of each change
    page->setData(badgeNumber, number);
    page->setData(badgeTone, int(tone));
    page->setData(badgeWords, said);
    showTip(*page);
    page->setData(Qt::AccessibleTextRole, number > 0 ? QVariant(UiTexts::named(page->text(), words)) : QVariant());
}

void Sidebar::setCount(int row, qint64 number, const QString &words)
{
    QListWidgetItem *page = item(row);
    if (!page)
        return;
    if (const QString text = countInShort(number); page->data(CountRole).toString() != text)
        page->setData(CountRole, text);
    if (const QString exact = number > 0 ? words : QString(); page->data(badgeWords).toString() != exact) {
        page->setData(badgeWords, exact);
        showTip(*page);
    }
}

void Sidebar::showTip(QListWidgetItem &page) const
{
    const QString words = page.data(badgeWords).toString();
    if (!m_isNarrow)
        page.setToolTip(words);
    else
        page.setToolTip(words.isEmpty() ? page.text() : UiTexts::named(page.text(), words));
}

void Sidebar::setNarrow(bool narrow)
{
    if (std::exchange(m_isNarrow, narrow) == narrow)
        return;
    for (int row = 0; row < count(); ++row)
        showTip(*item(row));
    updateGeometry();
    viewport()->update();
}

QSize Sidebar::sizeHint() const
{
    if (m_isNarrow)
        return {narrowWidth, 300};
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    int widest = 0;
    for (int row = 0; row < count(); ++row)
        widest = qMax(widest, QFontMetrics(bold).horizontalAdvance(item(row)->text()));
    return {qMax(170, widest + 104), 300};
}

void Sidebar::applyPalette()
{
    const QPalette around = parentWidget()->palette();
    const QColor window = around.color(QPalette::Window);
    const QColor own = isDark(around) ? mixed(Qt::black, window, 0.18) : mixed(around.color(QPalette::WindowText), window, 0.035);
    QPalette colours;
    colours.setColor(QPalette::Base, own);
    colours.setColor(QPalette::Window, own);
    setPalette(colours);
}

} // namespace warder
