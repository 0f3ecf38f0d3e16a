#include "ui/widgets/CellDelegate.h"

#include "ui/support/Icons.h"
#include "ui/support/Tone.h"
#include "ui/support/Type.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/FocusRing.h"
#include "ui/widgets/StateDot.h"
#include "ui/widgets/TableModel.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QFontMetricsF>
#include <QHelpEvent>
#include <QLineEdit>
#include <QPainter>
#include <QTableView>
#include <QTextDocument>
#include <QToolTip>
#include <QtMath>

namespace warder {

namespace {

constexpr int widestBar = 11;
constexpr int loadBar = 44;
constexpr int betweenWords = 8;
constexpr int iconSize = 16;

/// The selection as the style paints it, without text.
void paintBackground(QPainter *painter, QStyleOptionViewItem option)
{
    option.text.clear();
    option.state &= ~QStyle::State_HasFocus; // the row has it, not a cell of it
    const QStyle *style = option.widget ? option.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &option, painter, option.widget);
}

QColor textColour(const QStyleOptionViewItem &option)
{
    const bool selected = option.state & QStyle::State_Selected;
    if (!(option.state & QStyle::State_Enabled)) // a list that is being read anew
        return mixed(option.palette.color(QPalette::Active, QPalette::Text), surface(option.palette), 0.4);
    const auto group = option.state & QStyle::State_Active ? QPalette::Active : QPalette::Inactive;
    return option.palette.color(group, selected ? QPalette::HighlightedText : QPalette::Text);
}

void drawWords(QPainter *painter, const QStyleOptionViewItem &option, const QRect &place, const QString &text)
{
    painter->setClipRect(option.rect, Qt::IntersectClip); // marks upon marks would reach into other rows
    painter->setPen(textColour(option));
    painter->setFont(option.font);
    painter->drawText(place, int(option.displayAlignment) | Qt::TextSingleLine,
                      option.fontMetrics.elidedText(text, Qt::ElideRight, place.width()));
}

/// What stands behind the words, if there is room for some of it.
void drawQuiet(QPainter *painter, const QStyleOptionViewItem &option, const QRect &place, const QString &words, const QString &quiet)
{
    const QRect rest = place.adjusted(option.fontMetrics.horizontalAdvance(words) + betweenWords, 0, 0, 0);
    if (rest.width() < 3 * option.fontMetrics.averageCharWidth())
        return;
    const bool selected = option.state & QStyle::State_Selected;
    painter->setPen(selected ? textColour(option) : quietText(option.palette));
    painter->drawText(rest, int(Qt::AlignVCenter | Qt::AlignLeft) | Qt::TextSingleLine,
                      option.fontMetrics.elidedText(quiet, Qt::ElideRight, rest.width()));
}

void drawLoad(QPainter *painter, const QStyleOptionViewItem &option, double load, const QString &text)
{
    const QRect area = option.rect.adjusted(10, 0, -8, 0);
    const bool selected = option.state & QStyle::State_Selected;
    const QColor full = colourOf(load < 1 ? Plot::Ok : Plot::Limited, option.palette);
    const int words = qCeil(QFontMetricsF(option.fontMetrics).horizontalAdvance(text)); // of a pixel less, one would be cut off
    const int bar = qBound(0, area.width() - betweenWords - words, loadBar);
    const QRectF track(area.left(), QRectF(area).center().y() - 3, bar, 6);
    painter->setPen(Qt::NoPen);
    painter->setBrush(mixed(selected ? textColour(option) : quietText(option.palette),
                            selected ? option.palette.color(QPalette::Highlight) : surface(option.palette), 0.25));
    painter->drawRoundedRect(track, 3, 3);
    painter->setBrush(selected ? textColour(option) : full);
    if (load > 0 && bar > 0)
        painter->drawRoundedRect(QRectF(track.left(), track.top(), qMax(4.0, track.width() * qMin(load, 1.0)), track.height()), 3, 3);
    drawWords(painter, option, area.adjusted(bar + betweenWords, 0, 0, 0), text);
}

/// A bar for each number of `history`, and below it, where there is one, the hollow bar of the other kind that it stands on.
void drawBars(QPainter *painter, const QStyleOptionViewItem &option, const QList<double> &history, const QList<double> &below)
{
    const QRectF area = QRectF(option.rect).adjusted(10, 6, -8, -6);
    const double step = qMin(area.width() / double(qMax<qsizetype>(1, history.size())), double(widestBar));
    double most = 1;
    for (int i = 0; i < history.size(); ++i)
        most = qMax(most, history[i] + below.value(i));
    const bool selected = option.state & QStyle::State_Selected;
    const QColor ground = selected ? option.palette.color(QPalette::Highlight) : surface(option.palette);
    const QColor bar = selected ? textColour(option) : colourOf(Plot::Limited, option.palette);
    const QColor other = selected ? textColour(option) : colourOf(Plot::Ok, option.palette);
    for (int i = 0; i < history.size(); ++i) {
        double bottom = area.bottom();
        const auto stack = [&](double height, const QColor &colour, const QPen &pen = Qt::NoPen) {
            const double inset = pen.style() == Qt::NoPen ? 0 : pen.widthF() / 2;
            painter->setPen(pen);
            painter->setBrush(colour);
            painter->drawRoundedRect(
                QRectF(area.left() + i * step, bottom - height, qMax(2.0, step - 2), height).adjusted(inset, inset, -inset, -inset), 1, 1);
            bottom -= height;
        };
        if (below.value(i) > 0) // hollow: not by its colour alone
            stack(qMax(1.5, area.height() * below[i] / most), mixed(other, ground, 0.15), QPen(other, 1));
        if (history[i] > 0)
            stack(qMax(2.5, area.height() * history[i] / most), bar);
        else if (below.value(i) <= 0)
            stack(1.5, mixed(bar, ground, 0.35));
    }
}

void drawState(QPainter *painter, const QStyleOptionViewItem &option, Tone tone, const QString &text)
{
    const QRect area = option.rect.adjusted(10, 0, -6, 0);
    const bool plain = option.state & QStyle::State_Selected || !(option.state & QStyle::State_Enabled);
    const QRectF mark(area.left() - 0.5, QRectF(area).center().y() - 4.5, 9, 9);
    paintMark(*painter, mark, tone, plain ? textColour(option) : colourOf(tone, option.palette));
    drawWords(painter, option, area.adjusted(15, 0, 0, 0), text);
}

void drawIcon(QPainter *painter, const QStyleOptionViewItem &option, const QString &name, Tone tone, const QString &text)
{
    const QRect area = option.rect.adjusted(10, 0, -6, 0);
    const bool plain = option.state & QStyle::State_Selected || !(option.state & QStyle::State_Enabled) || tone == Tone::Neutral;
    const QRect mark(area.left(), area.center().y() - iconSize / 2, iconSize, iconSize);
    icon(name, plain ? textColour(option) : colourOf(tone, option.palette)).paint(painter, mark);
    drawWords(painter, option, area.adjusted(iconSize + betweenWords, 0, 0, 0), text);
}

/// Where the ground of selected rows is near the others': a bar at their beginning says that they are selected.
void drawSelection(QPainter *painter, const QStyleOptionViewItem &option)
{
    constexpr int width = 4;
    if (!(option.state & QStyle::State_Selected))
        return;
    const auto group = option.state & QStyle::State_Active ? QPalette::Active : QPalette::Inactive;
    if (contrastOf(option.palette.color(group, QPalette::Highlight), option.palette.color(QPalette::Base)) < leastForMarks)
        painter->fillRect(QRect(0, option.rect.top(), width, option.rect.height()) & option.rect, textColour(option));
}

/// Of the ring around the row that the keyboard is at, what lies in this cell.
void drawFocus(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index)
{
    const auto *view = qobject_cast<const QTableView *>(option.widget);
    if (!view || !view->hasFocus() || view->currentIndex().row() != index.row())
        return;
    const bool selected = option.state & QStyle::State_Selected;
    const QRect row(0, option.rect.top(), view->viewport()->width(), option.rect.height());
    const QPalette around = view->parentWidget() ? view->parentWidget()->palette() : option.palette; // whose accent is the desktop's own
    QPen pen(selected ? textColour(option) : focusColour(around, option.palette.color(QPalette::Base)), focusThickness);
    pen.setJoinStyle(Qt::MiterJoin);
    painter->save();
    painter->setClipRect(option.rect, Qt::IntersectClip);
    painter->setRenderHint(QPainter::Antialiasing); // or a line of two pixels lies beside its place
    painter->setPen(pen);
    painter->setBrush(Qt::NoBrush);
    painter->drawRect(QRectF(row).adjusted(1, 1, -1, -1));
    painter->restore();
}

void drawPlain(QPainter *painter, const QStyleOptionViewItem &option, const QString &text, const QString &quiet)
{
    const QRect place = option.rect.adjusted(10, 0, -8, 0);
    drawWords(painter, option, place, text);
    if (!quiet.isEmpty())
        drawQuiet(painter, option, place, text, quiet);
}

void setFontOf(QStyleOptionViewItem &option, const QModelIndex &index)
{
    if (!index.data(FixedWidthRole).toBool())
        return;
    option.font = fixedWidth(option.font);
    option.fontMetrics = QFontMetrics(option.font);
}

} // namespace

QString CellDelegate::displayText(const QVariant &value, const QLocale &) const { return UiTexts::plain(value.toString()); }

QWidget *CellDelegate::createEditor(QWidget *parent, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QWidget *editor = QStyledItemDelegate::createEditor(parent, option, index);
    if (editor)
        editor->setAccessibleName(index.model()->headerData(index.column(), Qt::Horizontal).toString());
    return editor;
}

void CellDelegate::setEditorData(QWidget *editor, const QModelIndex &index) const
{
    if (const auto *field = qobject_cast<QLineEdit *>(editor); !field || !field->isModified())
        QStyledItemDelegate::setEditorData(editor, index);
}

bool CellDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option, const QModelIndex &index)
{
    if (event->type() != QEvent::ToolTip || !index.isValid())
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    const QString text = index.data().toString();
    const QString more = index.data(Qt::ToolTipRole).toString();
    QStringList lines;
    if (sizeHint(option, index).width() > option.rect.width())
        lines += text;
    if (!more.isEmpty() && (more != text || lines.isEmpty()))
        lines += more;
    lines.removeDuplicates();
    std::ranges::transform(lines, lines.begin(), UiTexts::plain);
    // Qt would take what begins like markup for markup.
    const QString tip = UiTexts::breakable(lines.join(u'\n'), 60);
    QToolTip::showText(event->globalPos(), tip.isEmpty() ? QString() : Qt::convertFromPlainText(tip, Qt::WhiteSpaceNormal), view,
                       option.rect);
    return true;
}

void CellDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    setFontOf(*option, index);
}

QSize CellDelegate::sizeHint(const QStyleOptionViewItem &given, const QModelIndex &index) const
{
    QStyleOptionViewItem option = given;
    setFontOf(option, index);
    const auto bars = index.data(HistoryRole).value<QList<double>>().size();
    if (bars > 0)
        return {int(bars) * widestBar + 10 + 8, option.fontMetrics.height()};
    const int mark = index.data(IconRole).isValid() ? iconSize + betweenWords : 15;
    int room = index.data(ToneRole).isValid() ? 10 + mark + 6 + 2 : 10 + 8 + 2;
    if (index.data(LoadRole).isValid())
        room += loadBar + betweenWords;
    if (const QString quiet = index.data(QuietRole).toString(); !quiet.isEmpty())
        room += option.fontMetrics.horizontalAdvance(quiet) + betweenWords;
    return {option.fontMetrics.horizontalAdvance(index.data().toString()) + room, option.fontMetrics.height()};
}

void CellDelegate::paint(QPainter *painter, const QStyleOptionViewItem &given, const QModelIndex &index) const
{
    QStyleOptionViewItem option = given;
    initStyleOption(&option, index);
    const QString text = option.text;
    paintBackground(painter, option);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (const QVariant history = index.data(HistoryRole); history.isValid())
        drawBars(painter, option, history.value<QList<double>>(), index.data(BelowRole).value<QList<double>>());
    else if (const QVariant name = index.data(IconRole); name.isValid())
        drawIcon(painter, option, name.toString(), Tone(index.data(ToneRole).toInt()), text);
    else if (const QVariant tone = index.data(ToneRole); tone.isValid())
        drawState(painter, option, Tone(tone.toInt()), text);
    else if (const QVariant load = index.data(LoadRole); load.isValid())
        drawLoad(painter, option, load.toDouble(), text);
    else
        drawPlain(painter, option, text, displayText(index.data(QuietRole), option.locale));
    painter->restore();
    drawSelection(painter, option);
    drawFocus(painter, option, index);
}

} // namespace warder
