#include "core/console/SessionMatcher.h"

#include <QHostAddress>

namespace warder {
namespace {

/// "[2001:DB8:0::1]" is shown as "2001:db8::1", "::ffff:192.0.2.7" as "192.0.2.7".
QString usualAddress(const QString &typed)
{
    QString bare = typed.trimmed();
    if (bare.startsWith(u'[') && bare.endsWith(u']'))
        bare = bare.sliced(1).chopped(1);
    QHostAddress address;
    if (!bare.contains(u':') || !address.setAddress(bare))
        return typed;
    bool isIpv4 = false;
    const quint32 ipv4 = address.toIPv4Address(&isIpv4);
    return isIpv4 ? QHostAddress(ipv4).toString() : address.toString();
}

} // namespace

SessionMatcher::SessionMatcher(const SessionFilter &filter)
    : m_user(filter.user), m_ended(filter.ended), m_text(filter.text), m_address(usualAddress(filter.text))
{}

bool SessionMatcher::isInTime(TimePoint expiresAt, std::optional<TimePoint> endedAt, TimePoint now) const
{
    if (!endedAt && now < expiresAt)
        return true;
    return m_ended && endedAt.value_or(expiresAt) > now - endedKept;
}

bool SessionMatcher::isInWords(QByteArrayView email, QByteArrayView address, QByteArrayView device) const
{
    return m_text.isEmpty() || m_text.isInKey(email) || m_text.isInKey(device) || m_text.isInKey(address) || m_address.isInKey(address);
}

bool SessionMatcher::matches(const SessionView &session, TimePoint now) const
{
    if (!isOfUser(session.userId) || !isInTime(session.expiresAt, session.endedAt, now))
        return false;
    return m_text.isEmpty()
           || isInWords(searchKey(session.email).toUtf8(), searchKey(session.address).toUtf8(), searchKey(session.device).toUtf8());
}

} // namespace warder
