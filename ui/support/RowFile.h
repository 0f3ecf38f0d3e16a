#pragma once

#include "core/console/Json.h"
#include "ui/support/Csv.h"
#include "ui/support/UiTexts.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>
#include <QStringList>

namespace warder {

/// A file that rows of a list are written to: as CSV, or as a JSON object a line where its name ends in `.ndjson`. It appears when commit()
/// succeeds; dropped before or failed, there is none. GUI thread.
template <typename Row>
class RowFile final
{
public:
    explicit RowFile(const QString &name) : m_file(name), m_asLines(name.endsWith(QLatin1StringView(".ndjson"))) {}

    bool open() { return m_file.open(QIODevice::WriteOnly) && (m_asLines || put({}, &Title::first)); }
    bool write(const Row &row) { return m_asLines ? putLine(row) : put(row, &Title::second); }
    bool commit() { return m_file.commit(); }
    /// After one of these has failed: a sentence.
    QString problem() const { return UiTexts::reason(m_file.errorString()); }

private:
    using Title = Csv::Fields::value_type;

    bool put(const Row &row, QString Title::*part)
    {
        QStringList cells;
        for (const auto &field : csvFields(row))
            cells += field.*part;
        return m_file.write(Csv::line(cells).toUtf8()) >= 0;
    }

    bool putLine(const Row &row) { return m_file.write(QJsonDocument(toJson(row).toObject()).toJson(QJsonDocument::Compact) + '\n') >= 0; }

    QSaveFile m_file;
    const bool m_asLines;
};

} // namespace warder
