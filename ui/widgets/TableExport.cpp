#include "ui/widgets/TableExport.h"

#include <QFileDialog>

#include <utility>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr QLatin1StringView jsonLines {"*.ndjson"};

} // namespace

void TableExport::setExporter(std::function<QString()> title, std::function<void(const QString &file)> exporter)
{
    m_title = std::move(title);
    m_exporter = std::move(exporter);
}

void TableExport::setScopes(std::function<QStringList()> scopes, std::function<void(const QString &file, int scope)> exporter)
{
    m_scopes = std::move(scopes);
    m_scopeExporter = std::move(exporter);
}

/// Each scope in each form; without scopes the forms, where there are several.
QStringList TableExport::kindsOfFile(const QStringList &scopes) const
{
    QStringList kinds;
    for (const QString &scope : scopes)
        kinds += u"%1 (*.csv)"_s.arg(scope);
    if (!m_offersJsonLines)
        return kinds;
    if (scopes.isEmpty())
        //: A kind of file, in a dialog that asks for one; %1 is "*.csv".
        kinds += tr("Table (%1)").arg("*.csv"_L1);
    //: A kind of file, in a dialog that asks for one: a JSON object a line; %1 is "*.ndjson".
    const QString lines = tr("JSON lines (%1)").arg(jsonLines);
    for (const QString &scope : scopes)
        //: A kind of file, in a dialog that asks for one. %1 is which rows, such as "Selected: 3 rows"; %2 is "JSON lines (*.ndjson)".
        kinds += tr("%1, %2").arg(scope, lines);
    return scopes.isEmpty() ? kinds << lines : kinds;
}

void TableExport::ask(QWidget *table, const QString &name) const
{
    auto *dialog = new QFileDialog(table, m_title(), name + u".csv"_s);
    dialog->setObjectName(u"export"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"csv"_s);
    const QStringList scopes = m_scopes ? m_scopes() : QStringList();
    const QStringList kinds = kindsOfFile(scopes);
    if (!kinds.isEmpty())
        dialog->setNameFilters(kinds);
    QObject::connect(dialog, &QFileDialog::filterSelected, dialog,
                     [dialog](const QString &chosen) { dialog->setDefaultSuffix(chosen.contains(jsonLines) ? u"ndjson"_s : u"csv"_s); });
    const auto scopeOf = [dialog, kinds, many = qMax<qsizetype>(1, scopes.size())] {
        return int(qMax<qsizetype>(0, kinds.indexOf(dialog->selectedNameFilter())) % many);
    };
    QObject::connect(dialog, &QFileDialog::fileSelected, table, [this, scopeOf](const QString &file) {
        if (m_scopeExporter)
            m_scopeExporter(file, scopeOf());
        else
            m_exporter(file);
    });
    dialog->open();
}

} // namespace warder
