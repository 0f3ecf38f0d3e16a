#include "ui/palette/PaletteList.h"

#include "ui/palette/PaletteModel.h"
#include "ui/support/FollowPalette.h"
#include "ui/support/Tone.h"
#include "ui/widgets/FocusRing.h"

#include <QPainter>
#include <QStyledItemDelegate>

namespace warder {
namespace {

class PaletteDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        return {100, option.fontMetrics.height() + 12};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const bool selected = option.state & QStyle::State_Selected;
        if (selected)
            paintCurrent(*painter, option);
        const QColor text = option.palette.color(QPalette::Active, QPalette::Text);
        const QString keys = index.data(PaletteModel::KeysRole).toString();
        const QRect all = option.rect.adjusted(14, 0, -14, 0);
        const QRect words = all.adjusted(0, 0, keys.isEmpty() ? 0 : -option.fontMetrics.horizontalAdvance(keys) - 16, 0);
        const QColor quiet = selected ? text : quietText(option.palette);
        painter->setPen(quiet);
        painter->drawText(all, int(Qt::AlignVCenter | Qt::AlignRight) | Qt::TextSingleLine, keys);
        const QString name = index.data().toString();
        painter->setPen(text);
        painter->drawText(words, int(Qt::AlignVCenter | Qt::AlignLeft) | Qt::TextSingleLine,
                          option.fontMetrics.elidedText(name, Qt::ElideMiddle, words.width()));
        painter->setPen(quiet);
        paintWhere(*painter, option, words.adjusted(option.fontMetrics.horizontalAdvance(name) + 12, 0, 0, 0),
                   index.data(PaletteModel::WhereRole).toString());
        painter->restore();
    }

private:
    static void paintCurrent(QPainter &painter, const QStyleOptionViewItem &option)
    {
        const QColor highlight = option.palette.color(QPalette::Active, QPalette::Highlight);
        const QColor under = option.palette.color(QPalette::Active, QPalette::Base);
        painter.setPen(QPen(focusColour(option.palette, under), focusThickness));
        painter.setBrush(mixed(highlight, under, isDark(option.palette) ? 0.42 : 0.20));
        painter.drawRoundedRect(QRectF(option.rect).adjusted(5, 1, -5, -1), 6, 6);
    }

    static void paintWhere(QPainter &painter, const QStyleOptionViewItem &option, const QRect &place, const QString &where)
    {
        if (place.width() < 3 * option.fontMetrics.averageCharWidth())
            return;
        painter.drawText(place, int(Qt::AlignVCenter | Qt::AlignLeft) | Qt::TextSingleLine,
                         option.fontMetrics.elidedText(where, Qt::ElideRight, place.width()));
    }
};

} // namespace

PaletteList::PaletteList(QWidget *parent) : QListView(parent)
{
    //: Name of the list below the field of the palette of commands, for screen readers.
    setAccessibleName(tr("Matches"));
    setFocusPolicy(Qt::NoFocus);
    setFrameShape(NoFrame);
    setItemDelegate(new PaletteDelegate(this));
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setUniformItemSizes(true);
    setEditTriggers(NoEditTriggers);
    followPalette(this, [this] { applyPalette(); });
}

void PaletteList::applyPalette()
{
    QPalette own;
    own.setColor(QPalette::Base, surface(parentWidget()->palette()));
    setPalette(own);
}

void PaletteList::setCurrentRow(int row) { setCurrentIndex(model()->index(row, 0)); }

void PaletteList::step(int lines)
{
    const int count = model()->rowCount();
    if (count > 0)
        setCurrentRow((qMax(0, currentRow()) + lines + count) % count);
}

void PaletteList::stepByPage(int direction)
{
    const int last = model()->rowCount() - 1;
    if (last >= 0)
        setCurrentRow(qBound(0, currentRow() + direction * (mostRows - 1), last));
}

void PaletteList::fitRows()
{
    const int rows = qMin(mostRows, model()->rowCount());
    setFixedHeight(rows * qMax(1, sizeHintForRow(0)));
}

} // namespace warder
