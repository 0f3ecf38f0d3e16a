#pragma once

#include "core/base/Clock.h"

#include <QHash>
#include <QHostAddress>
#include <QSet>

#include <mutex>

namespace warder {

class Health;

/// Notices where the addresses of requests are not those of the people who ask, so that limits by address hold all of them back together,
/// and says so in Health: `one_address_for_all` for a proxy that nobody trusts, `proxy_hides_clients` for one that is trusted and does not
/// say for whom it asks. It looks at ten minutes at a time. Any thread; bounded.
///
/// It must not cry wolf: an office behind one public address is no proxy of ours, and a stranger may write any X-Forwarded-For. So an
/// address is suspected
/// - that forwards for `enough` different addresses, and is in a private network, or as many different people signed in from it as well;
/// - in a private network, without that field, from which nearly all sign-ins come, of many people with many kinds of browsers.
class AddressWatch final
{
public:
    static constexpr qsizetype enough = 20;         ///< Different forwarded addresses, or people…
    static constexpr qsizetype enoughBrowsers = 10; ///< …and user agents, since a test on this machine has one.
    static constexpr qint64 fewestSignIns = 200;    ///< Before nearly all means anything: 95 of a hundred.
    static constexpr qsizetype mostWatched = 256;   ///< Addresses at once; further ones are only counted.

    explicit AddressWatch(Health &health) : m_health(health) {}

    /// A request of `peer`, whom nobody believes, for `claimed`.
    void noteForwarded(const QHostAddress &peer, const QHostAddress &claimed, TimePoint now);

    /// A sign-in or refresh that succeeded. `person`: a hash of the account or session.
    void noteSignIn(const QHostAddress &client, const QString &userAgent, size_t person, TimePoint now);

    /// See HttpHandler::noteHidingProxy().
    void noteHidingProxy(const QString &proxy, const QString &how, TimePoint now);

private:
    /// What came from one address.
    struct Source
    {
        QSet<size_t> forwarded; ///< Hashes, at most as many as are enough; likewise the next two.
        QSet<size_t> people;
        QSet<size_t> browsers;
        qint64 signIns = 0;
    };

    Source *sourceOf(const QHostAddress &address, TimePoint now);
    bool isSuspect(const QHostAddress &address, const Source &source) const;
    void judge(const QHostAddress &address, const Source &source, TimePoint now);

    Health &m_health;
    std::mutex m_mutex; ///< Guards the rest.
    TimePoint m_began;
    qint64 m_signIns = 0;
    QHash<QHostAddress, Source> m_sources;
    TimePoint m_nextTold;
    TimePoint m_nextComplaint;
};

} // namespace warder
