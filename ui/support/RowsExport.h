#pragma once

#include "ui/support/ListExport.h"
#include "ui/support/RowFile.h"

#include <QTimer>

namespace warder {

/// Writes rows that the window has read to a file (RowFile), some at a time, so that it stays quick. Deleted before its end it leaves none.
/// Deletes itself when it is done. GUI thread.
template <typename Row>
class RowsExport final : public QObject
{
public:
    RowsExport(QList<Row> rows, const QString &file, ExportListener listener, QObject *parent)
        : QObject(parent), m_rows(std::move(rows)), m_file(file), m_listener(std::move(listener))
    {
        QTimer::singleShot(0, this, [this] { begin(); });
    }

private:
    static constexpr qsizetype writtenAtOnce = 200;

    void fail()
    {
        m_listener.failed(m_file.problem());
        deleteLater();
    }

    void begin()
    {
        if (m_file.open())
            writeNext();
        else
            fail();
    }

    void writeNext()
    {
        const qsizetype until = qMin(m_written + writtenAtOnce, m_rows.size());
        for (; m_written < until; ++m_written) {
            if (!m_file.write(m_rows[m_written]))
                return fail();
        }
        if (m_written < m_rows.size()) {
            m_listener.progressed(m_written);
            return QTimer::singleShot(0, this, [this] { writeNext(); });
        }
        if (!m_file.commit())
            return fail();
        m_listener.written(m_written);
        deleteLater();
    }

    QList<Row> m_rows;
    RowFile<Row> m_file;
    ExportListener m_listener;
    qsizetype m_written = 0;
};

} // namespace warder
