#include "ui/widgets/ListPageExport.h"

#include "ui/support/ListExport.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/ListPage.h"
#include "ui/widgets/PagedList.h"
#include "ui/widgets/WorkBar.h"

namespace warder {

ListPageExport::ListPageExport(PagedList &model, const DataTable &table, WorkBar &work, QObject *page)
    : QObject(page), m_model(model), m_table(table), m_work(work)
{}

QStringList ListPageExport::scopes(const Shown &shown)
{
    m_scopes = {Scope::All};
    //: What a file shall have: every row that matches the filter.
    QStringList words {shown.total ? ListPage::tr("All that match: %Ln row(s)", nullptr, int(*shown.total))
                                   : /*: The same. */ ListPage::tr("All that match")};
    if (!m_model.isWhole()) {
        m_scopes += Scope::Read;
        //: What a file shall have: the rows that were read so far.
        words += ListPage::tr("Shown: %Ln row(s)", nullptr, m_model.rowCount());
    }
    if (!shown.selected.isEmpty()) {
        m_scopes += Scope::Selected;
        //: What a file shall have: the rows that are selected.
        words += ListPage::tr("Selected: %Ln row(s)", nullptr, int(shown.selected.size()));
    }
    return words.size() == 1 ? QStringList() : words;
}

void ListPageExport::write(const QString &file, int scope, const Shown &shown)
{
    if (m_work.isBusy())
        return Q_EMIT failed(file, WorkBar::whyBusy());
    const Scope what = m_scopes.value(scope, Scope::All);
    const QList<int> rows = what == Scope::Selected ? shown.selected : m_table.shownRows();
    const qint64 all = what == Scope::All ? shown.total.value_or(0) : rows.size();
    //: While a list is being written to a file; %1 is the file.
    m_work.begin(ListPage::tr("Writing %1…").arg(file), [this] {
        delete m_export;
        m_work.end();
    });
    const ExportListener listener {.progressed = [this, all](qint64 rowsSoFar) { m_work.progress(rowsSoFar, qMax(rowsSoFar, all)); },
                                   .written =
                                       [this, file](qint64 number) {
                                           m_work.end();
                                           Q_EMIT written(number, file);
                                       },
                                   .failed =
                                       [this, file](const QString &why) {
                                           m_work.end();
                                           Q_EMIT failed(file, why);
                                       }};
    m_export = what == Scope::All ? m_model.exportTo(file, listener) : m_model.exportRows(file, rows, listener);
}

} // namespace warder
