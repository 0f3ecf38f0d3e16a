#include "core/console/SessionMatcher.h"

#include "core/ratelimit/NetworkRule.h"

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

bool isOneHost(const QHostAddress &address, int bits) { return bits == (address.protocol() == QHostAddress::IPv4Protocol ? 32 : 128); }

} // namespace

Result<void> SessionMatcher::check(const SessionFilter &filter)
{
    if (filter.address && !parseNetwork(*filter.address))
        return refused(ErrorCode::InvalidInput, QStringLiteral("the address is neither one nor a network"));
    if (filter.since && !Since::fromText(*filter.since, QTimeZone::UTC))
        return refused(ErrorCode::InvalidInput, QStringLiteral("the time is neither a span nor a day"));
    return TextMatcher::check(filter.text)
        .and_then([&filter] { return TextMatcher::check(filter.email.value_or(QString())); })
        .and_then([&filter] { return TextMatcher::check(filter.device.value_or(QString())); });
}

SessionMatcher::SessionMatcher(const SessionFilter &filter)
    : m_user(filter.user), m_ended(filter.ended), m_state(filter.state), m_text(filter.text), m_address(usualAddress(filter.text)),
      m_device(filter.device.value_or(QString()))
{
    if (filter.since)
        m_since = Since::fromText(*filter.since, QTimeZone::UTC).value_or(Since(TimePoint::max()));
    if (filter.email)
        m_email = searchKey(filter.email->trimmed()).toUtf8();
    if (!filter.address)
        return;
    const Network network = parseNetwork(*filter.address).value_or(Network {});
    m_network.emplace(network.address, network.bits);
    if (isOneHost(network.address, network.bits))
        m_host = network.address.toString().toUtf8();
}

bool SessionMatcher::isInTime(TimePoint openedAt, TimePoint expiresAt, std::optional<TimePoint> endedAt, TimePoint now) const
{
    if (m_since && openedAt < m_since->begin(now))
        return false;
    if (!endedAt && now < expiresAt)
        return m_state != SessionState::Ended;
    const bool showsEnded = m_state ? *m_state == SessionState::Ended : m_ended;
    return showsEnded && endedAt.value_or(expiresAt) > now - endedKept;
}

bool SessionMatcher::isFrom(QByteArrayView address) const
{
    const auto zone = address.indexOf('%'); // of an address that counts on one link only
    const QByteArrayView bare = zone < 0 ? address : address.first(zone);
    return m_host.isEmpty() ? QHostAddress(QString::fromLatin1(bare)).isInSubnet(*m_network) : bare == m_host;
}

bool SessionMatcher::isInWords(QByteArrayView email, QByteArrayView address, QByteArrayView device) const
{
    if ((m_email && email != *m_email) || (m_network && !isFrom(address)) || !m_device.isInKey(device))
        return false;
    return m_text.isEmpty() || m_text.isInKey(email) || m_text.isInKey(device) || m_text.isInKey(address) || m_address.isInKey(address);
}

bool SessionMatcher::matches(const SessionView &session, TimePoint now) const
{
    if (!isOfUser(session.userId) || !isInTime(session.openedAt, session.expiresAt, session.endedAt, now))
        return false;
    return !looksInTexts()
           || isInWords(searchKey(session.email).toUtf8(), searchKey(session.address).toUtf8(), searchKey(session.device).toUtf8());
}

} // namespace warder
