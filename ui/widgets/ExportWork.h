#pragma once

#include "ui/support/ListExport.h"
#include "ui/widgets/Notice.h"
#include "ui/widgets/WorkBar.h"

namespace warder {

/// A list being written to a file, told by a page: how far it is, and what became of it. GUI thread.
template <typename Row>
struct ExportWork
{
    std::function<Answer<PageOf<Row>>(const QString &cursor, int limit)> fetch;
    QStringList titles;
    qint64 expected = 0; ///< Rows, as the page counts them.
    std::function<QString(qint64)> inWords;

    void start(const QString &file, WorkBar &work, Notice &notice, QObject *owner) const
    {
        if (work.isBusy())
            return;
        auto *writing = new ListExport<Row>(file,
                                            {.fetch = fetch,
                                             .progressed = [&work, all = expected](qint64 rows) { work.progress(rows, qMax(rows, all)); },
                                             .written =
                                                 [&work, &notice, file, words = inWords](qint64 rows) {
                                                     work.end();
                                                     notice.sayWritten(words(rows), file);
                                                 },
                                             .failed =
                                                 [&work, &notice, file](const QString &why) {
                                                     work.end();
                                                     notice.sayNotWritten(file, why);
                                                 }},
                                            owner);
        //: While a list is being written to a file; %1 is the file.
        work.begin(UiTexts::tr("Writing %1…").arg(file), [&work, writing] {
            delete writing;
            work.end();
        });
        writing->start(titles);
    }
};

} // namespace warder
