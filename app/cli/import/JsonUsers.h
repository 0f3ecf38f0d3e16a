#pragma once

#include "app/cli/import/ByteReader.h"
#include "app/cli/import/ImportSource.h"

namespace warder {

/// An array of objects, or objects one behind the other (JSON lines). Each is strict JSON.
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
