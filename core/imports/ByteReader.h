#pragma once

#include <QByteArray>
#include <QIODevice>

#include <memory>
#include <optional>

namespace warder {

/// Reads a file byte by byte, with one byte of lookahead. What it has in memory is wiped at its end: there may be passwords in it.
class ByteReader final
{
public:
    explicit ByteReader(std::unique_ptr<QIODevice> device) : m_device(std::move(device)) {}
    ~ByteReader();
    Q_DISABLE_COPY_MOVE(ByteReader)

    /// The next byte, which stays the next; nothing at the end of the file, and after an error (problem()).
    std::optional<char> peek();
    /// Consumes the byte that peek() returned.
    void skip() { ++m_at; }
    /// peek() and skip() in one.
    std::optional<char> get();

    /// How many bytes were consumed.
    qint64 position() const { return m_read - (m_buffer.size() - m_at); }

    /// Why it could not be read to its end; empty if it could.
    const QString &problem() const { return m_problem; }

private:
    std::unique_ptr<QIODevice> m_device;
    QByteArray m_buffer;
    qsizetype m_at = 0;
    qint64 m_read = 0; ///< With those in the buffer.
    QString m_problem;
};

} // namespace warder
