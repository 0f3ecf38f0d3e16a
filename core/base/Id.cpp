#include "core/base/Id.h"

#include <QRandomGenerator>
#include <QUuid>
#include <QtEndian>

#include <algorithm>
#include <atomic>

namespace warder {
namespace {

constexpr quint64 mostCounted = 0xfff;

/// The place of one more id within its millisecond. The first one's is random, and leaves room for as many.
quint64 counted(quint64 milliseconds, quint32 random)
{
    static std::atomic<quint64> last {0}; // the milliseconds before the counter
    quint64 before = last.load(std::memory_order_relaxed);
    quint64 next = 0;
    do {
        const bool isSame = before >> 12 == milliseconds;
        const quint64 counter = isSame ? std::min((before & mostCounted) + 1, mostCounted) : random & (mostCounted >> 1);
        next = milliseconds << 12 | counter;
    } while (!last.compare_exchange_weak(before, next, std::memory_order_relaxed));
    return next & mostCounted;
}

} // namespace

Id Id::create(TimePoint now)
{
    Id id;
    quint32 random[3];
    QRandomGenerator::system()->fillRange(random);
    const quint64 milliseconds = quint64(toMilliseconds(now)) & 0xffff'ffff'ffff;
    qToBigEndian(milliseconds << 16 | 0x7000 | counted(milliseconds, random[2]), id.m_bytes.data()); // version 7
    memcpy(id.m_bytes.data() + 8, random, 8);
    id.m_bytes[8] = quint8(0x80 | (id.m_bytes[8] & 0x3f)); // variant 10
    return id;
}

std::optional<Id> Id::fromString(QStringView text)
{
    if (text.size() != 36)
        return std::nullopt;
    const QUuid uuid = QUuid::fromString(text);
    if (uuid.isNull())
        return std::nullopt;
    return fromBytes(uuid.toRfc4122());
}

std::optional<Id> Id::fromBytes(QByteArrayView bytes)
{
    Id id;
    if (bytes.size() != qsizetype(id.m_bytes.size()))
        return std::nullopt;
    memcpy(id.m_bytes.data(), bytes.data(), id.m_bytes.size());
    return id;
}

QString Id::toString() const { return QUuid::fromRfc4122(toBytes()).toString(QUuid::WithoutBraces); }

} // namespace warder
