#pragma once

#include "app/cli/import/ByteReader.h"
#include "app/cli/import/ImportSource.h"

namespace warder {

/// Reads users from a JSON file: an array of objects, or objects one behind the other (JSON lines), of which only one is in memory at a
/// time. An object that is not strict JSON becomes a record with a problem; where the file itself cannot be followed, the last one.
class JsonUsers final : public ImportSource
{
public:
    explicit JsonUsers(std::unique_ptr<QIODevice> device) : m_bytes(std::move(device)) {}

    std::optional<ImportRecord> next() override;

private:
    std::optional<ImportRecord> end(const QString &problem);
    QString passToObject();
    std::expected<QByteArray, QString> readObject();

    ByteReader m_bytes;
    qint64 m_line = 1;
    qint64 m_count = 0;
    bool m_isArray = false;
    bool m_isOver = false;
};

} // namespace warder
