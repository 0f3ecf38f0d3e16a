#include "ui/settings/editors/ListEdit.h"

#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QScopedValueRollback>
#include <QTextDocument>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr int fewestLines = 2;
constexpr int mostLines = 6;

QStringList listItemsIn(const QString &text)
{
    static const QRegularExpression between(u"[,\n]"_s);
    QStringList items;
    for (const QString &part : text.split(between)) {
        if (const QString item = part.trimmed(); !item.isEmpty())
            items += item;
    }
    return items;
}

} // namespace

ListEdit::ListEdit(QWidget *parent) : SettingEditor(parent), m_edit(new QPlainTextEdit(this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_edit);
    m_edit->setTabChangesFocus(true);
    m_edit->setLineWrapMode(QPlainTextEdit::NoWrap);
    //: In the empty field of a setting that is a list.
    m_edit->setPlaceholderText(tr("None. One a line."));
    setMain(m_edit);
    fitHeight();
    connect(m_edit, &QPlainTextEdit::textChanged, this, [this] {
        fitHeight();
        if (!m_filling)
            Q_EMIT edited();
    });
}

QString ListEdit::text() const
{
    const QStringList items = listItemsIn(m_edit->toPlainText());
    return items == listItemsIn(m_given) ? m_given : items.join(u',');
}

void ListEdit::setText(const QString &text)
{
    const QScopedValueRollback filling(m_filling, true);
    m_given = text;
    m_edit->setPlainText(listItemsIn(text).join(u'\n'));
}

void ListEdit::fitHeight()
{
    const int lines = qBound(fewestLines, m_edit->blockCount(), mostLines);
    const int around = 2 * (m_edit->frameWidth() + int(m_edit->document()->documentMargin()));
    m_edit->setFixedHeight(lines * m_edit->fontMetrics().lineSpacing() + around);
}

} // namespace warder
