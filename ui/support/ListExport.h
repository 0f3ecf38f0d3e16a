#pragma once

#include "ui/support/Ask.h"
#include "ui/support/Csv.h"
#include "ui/support/UiTexts.h"

#include <QSaveFile>

#include <functional>

namespace warder {

/// Writes a whole list to a file, page by page as the console hands it out, whatever the window has read of it. The file appears
/// when all of it is written; cancelled or failed, there is none. Deletes itself when it is done. GUI thread.
template <typename Row>
class ListExport final : public QObject
{
public:
    struct Wires
    {
        std::function<Answer<PageOf<Row>>(const QString &cursor, int limit)> fetch;
        std::function<void(qint64 rows)> progressed;
        std::function<void(qint64 rows)> written;
        std::function<void(const QString &why)> failed;
    };

    ListExport(const QString &file, Wires wires, QObject *parent) : QObject(parent), m_file(file), m_wires(std::move(wires)) {}
    ~ListExport() override { m_asked.cancel(); }

    void start(const QStringList &titles)
    {
        if (!m_file.open(QIODevice::WriteOnly) || !put(titles))
            return fail(m_file.errorString());
        askNext({});
    }

private:
    static constexpr int pageSize = 500;

    bool put(const QStringList &cells) { return m_file.write(Csv::line(cells).toUtf8()) >= 0; }

    void fail(const QString &why)
    {
        m_wires.failed(why);
        deleteLater();
    }

    void askNext(const QString &cursor)
    {
        m_asked = m_wires.fetch(cursor, pageSize);
        ask(m_asked, this, [this](const PageOf<Row> &page) { take(page); }, [this](const Error &error) { fail(UiTexts::of(error)); });
    }

    void take(const PageOf<Row> &page)
    {
        for (const Row &row : page.rows) {
            if (!put(Csv::cells(row)))
                return fail(m_file.errorString());
        }
        m_rows += page.rows.size();
        if (!page.next.isEmpty()) {
            m_wires.progressed(m_rows);
            return askNext(page.next);
        }
        if (!m_file.commit())
            return fail(m_file.errorString());
        m_wires.written(m_rows);
        deleteLater();
    }

    QSaveFile m_file;
    Wires m_wires;
    Answer<PageOf<Row>> m_asked;
    qint64 m_rows = 0;
};

} // namespace warder
