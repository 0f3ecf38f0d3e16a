#pragma once

#include "core/imports/ByteReader.h"
#include "core/imports/ImportSource.h"

namespace warder {

/// Reads users from a JSON file: an array of objects, also as the member `users` of one (Firebase), or objects one behind the other (JSON
/// lines), of which only one is in memory at a time. An object that is not strict JSON becomes a record with a problem; where the file
/// itself cannot be followed, the last one.
class JsonUsers final : public ImportSource
{
public:
    explicit JsonUsers(std::unique_ptr<QIODevice> device) : m_bytes(std::move(device)) {}

    /// Whether a file that begins so has its array as a member; then skipToArray() comes before all else.
    static bool isWrapped(const QByteArray &start);
    void skipToArray();

    std::optional<ImportRecord> next() override;
    qint64 bytesRead() const override { return m_bytes.position(); }

private:
    std::optional<ImportRecord> end(const QString &problem);
    QString passToObject();
    std::expected<QByteArray, QString> readObject();

    ByteReader m_bytes;
    qint64 m_line = 1;
    qint64 m_count = 0;
    bool m_isArray = false;
    bool m_isWrapped = false; ///< And the brace behind the array is still to come.
    bool m_isOver = false;
};

} // namespace warder
