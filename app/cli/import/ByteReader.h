#pragma once

#include <QByteArray>
#include <QIODevice>

#include <memory>
#include <optional>

namespace warder {

/// The bytes of a file, one after the other, with a look ahead.
class ByteReader final
{
public:
    explicit ByteReader(std::unique_ptr<QIODevice> device) : m_device(std::move(device)) {}

    /// The next one; nothing at the end, and where the file cannot be read on.
    std::optional<char> peek();
    /// Past the one that peek() told.
    void skip() { ++m_at; }
    std::optional<char> get();

    /// Why it could not be read to its end; empty if it could.
    const QString &problem() const { return m_problem; }

private:
    std::unique_ptr<QIODevice> m_device;
    QByteArray m_buffer;
    qsizetype m_at = 0;
    QString m_problem;
};

} // namespace warder
