#pragma once

#include <QStyledItemDelegate>

namespace warder {

/// A cell with room around its text; where the model has a ToneRole the mark of that tone before it, or the drawing of its IconRole; where
/// it has a LoadRole a bar, where it has a QuietRole more in a quieter colour behind it, where it has a HistoryRole small bars instead:
/// their text is for screen readers and the clipboard; where it has a FixedWidthRole, letters of one width. Shows as a tool tip what is cut
/// off, and what the model adds to it; as plain text, whoever wrote it. A ring is around the row that the keyboard is at.
class CellDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QString displayText(const QVariant &value, const QLocale &locale) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    /// Named after its column, for screen readers.
    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    /// What somebody has typed stays when there is news of the row.
    void setEditorData(QWidget *editor, const QModelIndex &index) const override;
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option, const QModelIndex &index) override;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;
};

} // namespace warder
