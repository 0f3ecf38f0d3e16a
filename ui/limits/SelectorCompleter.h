#pragma once

#include <QCompleter>

namespace warder {

/// Completes the last word of a list that is separated by commas, from groups and routes. GUI thread.
class SelectorCompleter final : public QCompleter
{
    Q_OBJECT
public:
    explicit SelectorCompleter(QObject *parent);

    void setSelectors(const QStringList &selectors);

    QStringList splitPath(const QString &path) const override;
    QString pathFromIndex(const QModelIndex &index) const override;

    /// What is typed as a list, without what is empty or stands twice.
    static QStringList wordsOf(const QString &typed);
};

} // namespace warder
