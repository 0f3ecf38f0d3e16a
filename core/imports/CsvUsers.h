#pragma once

#include "core/imports/ByteReader.h"
#include "core/imports/ImportSource.h"

#include <QStringList>

namespace warder {

/// Reads users from a CSV file (RFC 4180, UTF-8) whose first line names the columns. Stricter than spreadsheets: a record has a problem
/// if an unquoted cell contains a quotation mark, if text follows a closing one, or if it has more or fewer cells than there are columns.
/// Lines end with LF, CRLF or CR; empty ones are skipped; the separator is whichever of comma, semicolon and tab comes first.
class CsvUsers final : public ImportSource
{
public:
    /// Reads the first line. InvalidInput if there is none, it cannot be read, or it has a name twice.
    static Result<std::unique_ptr<ImportSource>> open(std::unique_ptr<QIODevice> device);

    std::optional<ImportRecord> next() override;
    qint64 bytesRead() const override { return m_bytes.position(); }

private:
    explicit CsvUsers(std::unique_ptr<QIODevice> device) : m_bytes(std::move(device)) {}

    struct Cells
    {
        qint64 line = 0;
        QStringList texts;
        QString problem;
    };
    struct Reading;
    std::optional<Cells> nextCells();
    bool consume(Reading &reading, char c);
    void consumeQuoted(Reading &reading, char c);
    bool isSeparator(char c);
    void skipLineEnd(char c);

    ByteReader m_bytes;
    qint64 m_line = 1;
    char m_separator = 0; ///< 0: not known yet.
    QStringList m_names;
    bool m_isOver = false;
};

} // namespace warder
