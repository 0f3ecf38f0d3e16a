#pragma once

#include <QByteArray>

#include <memory>

namespace warder {

/// Overwrites the bytes so that no compiler may leave it out. The array must not be shared with one still in use.
void wipe(QByteArray &bytes);
void wipe(QString &text);

/// Key bytes that are wiped when the last holder lets go. Immutable, cheap to copy, any thread.
class SecretBytes final
{
public:
    SecretBytes() = default;
    explicit SecretBytes(QByteArray bytes);

    QByteArrayView view() const { return m_bytes ? QByteArrayView(*m_bytes) : QByteArrayView(); }
    bool isEmpty() const { return view().isEmpty(); }

private:
    std::shared_ptr<const QByteArray> m_bytes;
};

} // namespace warder
