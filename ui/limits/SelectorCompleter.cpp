#include "ui/limits/SelectorCompleter.h"

#include <QLineEdit>
#include <QStringListModel>

using namespace Qt::StringLiterals;

namespace warder {

SelectorCompleter::SelectorCompleter(QObject *parent) : QCompleter(parent)
{
    setModel(new QStringListModel(this));
    setCaseSensitivity(Qt::CaseInsensitive);
    setFilterMode(Qt::MatchContains);
    setCompletionMode(QCompleter::PopupCompletion);
}

void SelectorCompleter::setSelectors(const QStringList &selectors) { static_cast<QStringListModel *>(model())->setStringList(selectors); }

QStringList SelectorCompleter::splitPath(const QString &path) const { return {path.section(u',', -1).trimmed()}; }

QString SelectorCompleter::pathFromIndex(const QModelIndex &index) const
{
    const QString chosen = index.data(completionRole()).toString();
    const auto *edit = qobject_cast<const QLineEdit *>(widget());
    const QString typed = edit ? edit->text() : QString();
    const qsizetype comma = typed.lastIndexOf(u',');
    return comma < 0 ? chosen : typed.left(comma) + u", "_s + chosen;
}

QStringList SelectorCompleter::wordsOf(const QString &typed)
{
    QStringList words;
    for (const QString &word : typed.split(u',')) {
        if (const QString one = word.simplified(); !one.isEmpty() && !words.contains(one))
            words += one;
    }
    return words;
}

} // namespace warder
