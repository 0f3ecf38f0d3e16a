#pragma once

#include "core/base/Clock.h"

#include <QByteArray>
#include <QHashFunctions>
#include <QString>

#include <array>
#include <optional>

namespace warder {

/// A UUIDv7 (RFC 9562 §5.7): 48 bits of milliseconds, 12 that count up within one (§6.2), then random, so that ids sort by creation; not
/// those beyond the 2,000th of one millisecond, nor of other processes in it. 16 bytes, no heap.
class Id final
{
public:
    Id() = default; ///< The null id, all zero.

    /// A new id. Any thread.
    static Id create(TimePoint now);

    /// From the 36 lower- or upper-case characters of toString(); nothing if it is not of that form.
    static std::optional<Id> fromString(QStringView text);

    /// From exactly 16 bytes, as the database holds them; nothing for any other length.
    static std::optional<Id> fromBytes(QByteArrayView bytes);

    QString toString() const;
    QByteArray toBytes() const { return {reinterpret_cast<const char *>(m_bytes.data()), qsizetype(m_bytes.size())}; }
    bool isNull() const { return *this == Id {}; }

    auto operator<=>(const Id &) const = default;
    friend size_t qHash(const Id &id, size_t seed = 0) noexcept { return qHashBits(id.m_bytes.data(), id.m_bytes.size(), seed); }

private:
    std::array<quint8, 16> m_bytes {};
};

} // namespace warder

template <>
struct std::hash<warder::Id>
{
    size_t operator()(const warder::Id &id) const noexcept { return qHash(id); }
};
