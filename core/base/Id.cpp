#include "core/base/Id.h"

#include <QRandomGenerator>
#include <QUuid>
#include <QtEndian>

namespace warder {

Id Id::create(TimePoint now)
{
    Id id;
    quint32 random[3];
    QRandomGenerator::system()->fillRange(random);
    qToBigEndian(quint64(toMilliseconds(now)) << 16, id.m_bytes.data());
    memcpy(id.m_bytes.data() + 6, random, 10);
    id.m_bytes[6] = quint8(0x70 | (id.m_bytes[6] & 0x0f)); // version 7
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
