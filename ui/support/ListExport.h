#pragma once

#include "core/console/Console.h"
#include "ui/support/Ask.h"
#include "ui/support/RowFile.h"
#include "ui/support/UiTexts.h"

#include <functional>

namespace warder {

/// Callbacks of an export: its progress, then one of the other two.
struct ExportListener
{
    std::function<void(qint64 rows)> progressed;
    std::function<void(qint64 rows)> written;
    std::function<void(const QString &why)> failed; ///< `why`: a sentence.
};

/// Writes a whole list (`List`: the order that asks for it, without a cursor) to a file (RowFile), page by page as the console hands it
/// out, whatever the window has read of it. Deleted before its end it leaves none. Deletes itself when it is done. GUI thread.
template <typename List>
class ListExport final : public QObject
{
public:
    ListExport(Console &console, const List &list, const QString &file, ExportListener listener, QObject *parent)
        : QObject(parent), m_console(console), m_list(list), m_file(file), m_listener(std::move(listener))
    {
        m_list.limit = 500;
        if (m_file.open())
            readNext({});
        else
            fail(m_file.problem());
    }
    ~ListExport() override { m_asked.cancel(); }

private:
    using Page = typename List::Answer;
    using Row = typename decltype(Page::rows)::value_type;

    void fail(const QString &why)
    {
        m_listener.failed(why);
        deleteLater();
    }

    void readNext(const QString &cursor)
    {
        m_list.cursor = cursor;
        m_asked = m_console.ask(m_list);
        ask(m_asked, this, [this](const Page &page) { writePage(page); }, [this](const Error &error) { fail(UiTexts::of(error)); });
    }

    void writePage(const Page &page)
    {
        for (const Row &row : page.rows) {
            if (!m_file.write(row))
                return fail(m_file.problem());
        }
        m_rows += page.rows.size();
        if (!page.next.isEmpty()) {
            m_listener.progressed(m_rows);
            return readNext(page.next);
        }
        if (!m_file.commit())
            return fail(m_file.problem());
        m_listener.written(m_rows);
        deleteLater();
    }

    Console &m_console;
    List m_list;
    RowFile<Row> m_file;
    ExportListener m_listener;
    Answer<Page> m_asked;
    qint64 m_rows = 0;
};

} // namespace warder
