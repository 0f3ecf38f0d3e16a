#pragma once

#include <QStyledItemDelegate>

namespace warder {

/// A cell with room around its text; where the model has a ToneRole a dot in that colour before it, where it has a LoadRole a bar, where
/// it has a QuietRole more in a quieter colour behind it, where it has a HistoryRole small bars instead: their text is for screen readers
/// and the clipboard. Shows as a tool tip what is cut off, and what the model adds to
/// it; as plain text, whoever wrote it.
class CellDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QString displayText(const QVariant &value, const QLocale &locale) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option, const QModelIndex &index) override;
};

} // namespace warder
