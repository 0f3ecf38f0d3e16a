#include "ui/Sidebar.h"

#include "ui/support/FollowPalette.h"
#include "ui/support/Icons.h"
#include "ui/support/Tone.h"

#include <QPainter>
#include <QStyledItemDelegate>

namespace warder {

namespace {

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
        painter->setPen(selected && (option.state & QStyle::State_HasFocus) ? QPen(highlight, 1.5) : QPen(Qt::NoPen));
        if (selected)
            painter->setBrush(mixed(highlight, window, isDark(option.palette) ? 0.42 : 0.20));
        else if (option.state & QStyle::State_MouseOver)
            painter->setBrush(mixed(text, window, 0.07));
        else
            painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(area, 6, 6);
        const QRect mark(int(area.left()) + 12, int(area.center().y()) - 9, 19, 19);
        index.data(Qt::DecorationRole).value<QIcon>().paint(painter, mark);
        QFont font = option.font;
        font.setWeight(selected ? QFont::DemiBold : QFont::Normal);
        painter->setFont(font);
        painter->setPen(text);
        painter->drawText(area.adjusted(42, 0, -6, 0), Qt::AlignVCenter | Qt::AlignLeft, index.data().toString());
        painter->restore();
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
    updateGeometry();
}

QSize Sidebar::sizeHint() const
{
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    int widest = 0;
    for (int row = 0; row < count(); ++row)
        widest = qMax(widest, QFontMetrics(bold).horizontalAdvance(item(row)->text()));
    return {qMax(170, widest + 80), 300};
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
