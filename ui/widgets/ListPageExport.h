#pragma once

#include <QObject>
#include <QPointer>
#include <QStringList>

#include <optional>

namespace warder {

class DataTable;
class PagedList;
class WorkBar;

/// Writes a list page's rows to a file that a person has chosen, and which of them: the whole list, what was read of it, or what is
/// selected. Shows how far it is. A part of ListPage. GUI thread.
class ListPageExport final : public QObject
{
    Q_OBJECT
public:
    ListPageExport(PagedList &model, const DataTable &table, WorkBar &work, QObject *page);

    /// What the page shows at the moment.
    struct Shown
    {
        std::optional<qint64> total; ///< Of the whole list; empty while nobody knows.
        QList<int> selected;         ///< Rows of the model.
    };

    /// As kinds of file in the dialog, where there is something to choose: one question less.
    QStringList scopes(const Shown &shown);
    /// `scope`: its place in scopes(), or 0. Nothing happens while the page has another long task.
    void write(const QString &file, int scope, const Shown &shown);

Q_SIGNALS:
    void written(qint64 rows, const QString &file);
    /// `why`: a sentence.
    void failed(const QString &file, const QString &why);

private:
    enum class Scope { All, Read, Selected };

    PagedList &m_model;
    const DataTable &m_table;
    WorkBar &m_work;
    QList<Scope> m_scopes; ///< As the dialog offers them.
    QPointer<QObject> m_export;
};

} // namespace warder
