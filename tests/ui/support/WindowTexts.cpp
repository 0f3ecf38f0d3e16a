#include "tests/ui/support/WindowTexts.h"

#include "ui/widgets/ElidedLabel.h"

#include <QAbstractButton>
#include <QAction>
#include <QCategoryAxis>
#include <QFileDialog>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QTableView>
#include <QTextDocumentFragment>

using namespace Qt::StringLiterals;

namespace warder::test {
namespace {

QStringList textsOf(const QAbstractItemView &view)
{
    QStringList texts;
    const QAbstractItemModel *model = view.model();
    for (int column = 0; model && column < model->columnCount(); ++column) {
        if (qobject_cast<const QTableView *>(&view))
            texts += model->headerData(column, Qt::Horizontal).toString();
        for (int row = 0; row < qMin(model->rowCount(), 30); ++row) {
            for (const int role : {int(Qt::DisplayRole), int(Qt::ToolTipRole), int(Qt::AccessibleTextRole)})
                texts += model->index(row, column).data(role).toString();
        }
    }
    return texts;
}

QStringList textsOf(const QWidget &widget)
{
    QStringList texts {widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()};
    if (widget.isWindow())
        texts += widget.windowTitle();
    if (const auto *label = qobject_cast<const QLabel *>(&widget); label && label->objectName() != "detail"_L1)
        texts += label->text();
    if (const auto *button = qobject_cast<const QAbstractButton *>(&widget))
        texts += button->text();
    if (const auto *edit = qobject_cast<const QLineEdit *>(&widget))
        texts += edit->placeholderText();
    if (const auto *view = qobject_cast<const QAbstractItemView *>(&widget); view && !qobject_cast<const QHeaderView *>(&widget))
        texts += textsOf(*view);
    for (const QAction *action : widget.actions())
        texts += {action->text(), action->toolTip()};
    return texts;
}

/// Which is Qt's own, and full of files.
bool isOfFileDialog(const QWidget *widget)
{
    while (widget && !qobject_cast<const QFileDialog *>(widget))
        widget = widget->parentWidget();
    return widget;
}

bool isCut(const QWidget &widget)
{
    if (const auto *header = qobject_cast<const QHeaderView *>(&widget); header && header->orientation() == Qt::Horizontal) {
        for (int section = 0; section < header->count(); ++section) {
            const QString title = header->model()->headerData(section, Qt::Horizontal).toString();
            if (!header->isSectionHidden(section) && header->sectionSize(section) < header->fontMetrics().horizontalAdvance(title) + 18)
                return true;
        }
    }
    const auto *label = qobject_cast<const QLabel *>(&widget);
    if (qobject_cast<const ElidedLabel *>(label))
        return false;
    const bool isIconInField = qobject_cast<const QLineEdit *>(widget.parent()); // sized by Qt to the field, whatever its hint
    if (!label || label->text().isEmpty())
        return qobject_cast<const QAbstractButton *>(&widget) && !isIconInField && widget.width() < widget.minimumSizeHint().width() - 1;
    if (label->wordWrap())
        return label->height() < label->heightForWidth(label->width()) - 1;
    return label->width() < label->sizeHint().width() - 1 || label->height() < label->sizeHint().height() - 1;
}

} // namespace

QStringList textsIn(const QWidget &widget)
{
    QStringList texts = textsOf(widget);
    for (const QWidget *each : widget.findChildren<QWidget *>()) {
        if (!isOfFileDialog(each))
            texts += textsOf(*each);
    }
    for (auto *axis : widget.findChildren<QCategoryAxis *>())
        texts += axis->categoriesLabels();
    texts.removeDuplicates(); // most of a list is the same in every row
    for (QString &text : texts)
        text = Qt::mightBeRichText(text) ? QTextDocumentFragment::fromHtml(text).toPlainText() : text;
    texts.removeAll(QString());
    return texts;
}

QList<QWidget *> cutIn(const QWidget &widget)
{
    QList<QWidget *> cut = widget.findChildren<QWidget *>();
    cut.removeIf([](const QWidget *each) { return !each->isVisible() || !isCut(*each); });
    return cut;
}

} // namespace warder::test
