#pragma once

#include "app/cli/import/ByteReader.h"
#include "app/cli/import/ImportSource.h"

#include <QStringList>

namespace warder {

/// RFC 4180 with names in the first line, UTF-8. Stricter than spreadsheets: a quotation mark inside a bare cell, text behind a
/// closed one and a line with more or fewer cells than names are problems. Lines end with LF, CRLF or CR; empty ones are passed
/// over; the separator is the comma, semicolon or tab that comes first.
class CsvUsers final : public ImportSource
{
public:
    static Result<std::unique_ptr<ImportSource>> open(std::unique_ptr<QIODevice> device);

    std::optional<ImportRecord> next() override;

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
    bool take(Reading &reading, char c);
    void takeQuoted(Reading &reading, char c);
    bool isSeparator(char c);
    void skipLineEnd(char c);

    ByteReader m_bytes;
    qint64 m_line = 1;
    char m_separator = 0; ///< 0: not known yet.
    QStringList m_names;
    bool m_isOver = false;
};

} // namespace warder
