#pragma once

#include <QCoreApplication>
#include <QStringList>

#include <functional>

class QWidget;

namespace warder {

/// What a person is asked before rows of a table are written to a file: for the file, and in its kind for its form and which rows it shall
/// have, where there is something to choose. The exporter writes it. A part of DataTable. GUI thread.
class TableExport final
{
    Q_DECLARE_TR_FUNCTIONS(warder::TableExport)
public:
    // See DataTable.
    void setExporter(std::function<QString()> title, std::function<void(const QString &file)> exporter);
    void setScopes(std::function<QStringList()> scopes, std::function<void(const QString &file, int scope)> exporter);
    void offerJsonLines() { m_offersJsonLines = true; }

    /// Opens the dialog for `table`, of which this is a part. `name`: what the file is called, without its ending, until the person calls
    /// it otherwise.
    void ask(QWidget *table, const QString &name) const;

private:
    QStringList kindsOfFile(const QStringList &scopes) const;

    std::function<QString()> m_title;
    std::function<void(const QString &)> m_exporter;
    std::function<QStringList()> m_scopes; ///< With m_scopeExporter, which takes the exporter's place.
    std::function<void(const QString &, int)> m_scopeExporter;
    bool m_offersJsonLines = false;
};

} // namespace warder
