#include "app/Policies.h"

#include <QThread>
#include <QUrl>

#include <limits>

#ifdef Q_OS_UNIX
#include <sys/resource.h>
#endif

using namespace Qt::StringLiterals;

namespace warder {
namespace {

int orCores(qint64 given) { return given > 0 ? int(given) : std::max(1, QThread::idealThreadCount()); }

/// Descriptors that are no connections: three a thread that reads the database, the log, listening sockets, event loops.
constexpr int otherDescriptors = 128;

/// More connections than the system gives us descriptors for would starve the rest of the server.
int connectionsThatFit()
{
#ifdef Q_OS_UNIX
    rlimit limit {};
    if (::getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < rlim_t(std::numeric_limits<int>::max()))
        return std::max(int(limit.rlim_cur) - otherDescriptors, 16);
#endif
    return std::numeric_limits<int>::max();
}

/// Whether machines elsewhere can reach it without anything in between.
bool isOpen(const ListenPoint &point) { return !point.isUnix() && !point.place.address.isLoopback(); }

/// Whether whoever comes may say that they are a proxy.
bool holdsEverybody(const QPair<QHostAddress, int> &subnet) { return subnet.second <= 1; }

} // namespace

HashingPolicy hashingPolicyFrom(const Settings &settings)
{
    return {.algorithm = settings.get<"passwords.algorithm">() == "bcrypt"_L1 ? HashingPolicy::Algorithm::Bcrypt
                                                                              : HashingPolicy::Algorithm::Argon2id,
            .memoryKib = int(settings.get<"passwords.argon2_memory_kib">()),
            .iterations = int(settings.get<"passwords.argon2_iterations">()),
            .parallelism = int(settings.get<"passwords.argon2_parallelism">()),
            .bcryptCost = int(settings.get<"passwords.bcrypt_cost">())};
}

PasswordPolicy passwordPolicyFrom(const Settings &settings)
{
    const QString host = QUrl(settings.get<"tokens.issuer">()).host();
    return {.minLength = int(settings.get<"passwords.min_length">()),
            .minGuesses = settings.get<"passwords.min_guesses">(),
            .ownWords = QStringList {u"warder"_s, host} + host.split(u'.', Qt::SkipEmptyParts)};
}

bool registrationIsOpen(const Settings &settings) { return settings.get<"accounts.registration">() == "open"_L1; }

TokenPolicy tokenPolicyFrom(const Settings &settings)
{
    const QString issuer = settings.get<"tokens.issuer">();
    return {.issuer = issuer.isEmpty() ? ownUrl(listenConfigFrom(settings).points, settings) : issuer,
            .audience = settings.get<"tokens.audience">(),
            .accessLifetime = settings.get<"tokens.access_lifetime">(),
            .leeway = settings.get<"tokens.leeway">()};
}

SessionPolicy sessionPolicyFrom(const Settings &settings)
{
    return {.idle = settings.get<"sessions.idle_lifetime">(),
            .longest = settings.get<"sessions.absolute_lifetime">(),
            .grace = settings.get<"sessions.refresh_grace">(),
            .mostPerUser = int(settings.get<"sessions.max_per_user">())};
}

SignatureAlgorithm signatureAlgorithmFrom(const Settings &settings)
{
    return signatureAlgorithmFromName(settings.get<"tokens.algorithm">()).value_or(SignatureAlgorithm::ES256);
}

ListenerLimits listenerLimitsFrom(const Settings &settings)
{
    ListenerLimits limits;
    limits.framing.requestLine = settings.get<"http.max_request_line_bytes">();
    limits.framing.head = settings.get<"http.max_head_bytes">();
    limits.framing.fields = int(settings.get<"http.max_header_fields">());
    limits.framing.body = settings.get<"http.max_body_bytes">();
    limits.bodyBytesPerSecond = int(settings.get<"http.min_body_rate">());
    limits.handshake = settings.get<"http.handshake_timeout">();
    limits.firstByte = settings.get<"http.first_byte_timeout">();
    limits.head = settings.get<"http.head_timeout">();
    limits.body = settings.get<"http.body_timeout">();
    limits.handler = settings.get<"http.handler_timeout">();
    limits.write = settings.get<"http.write_timeout">();
    limits.idle = settings.get<"http.idle_timeout">();
    limits.threads = orCores(settings.get<"http.threads">());
    limits.connections = std::min(int(settings.get<"http.max_connections">()), connectionsThatFit());
    limits.totalUnsentBytes = settings.get<"http.max_unsent_bytes">();
    limits.requestsPerConnection = int(settings.get<"http.max_requests_per_connection">());
    limits.proxyProtocol = settings.get<"http.proxy_protocol">();
    limits.connectionsPerAddress = int(settings.get<"http.max_connections_per_address">());
    for (const QString &proxy : settings.get<"http.trusted_proxies">())
        limits.trustedProxies += QHostAddress::parseSubnet(proxy);
    return limits;
}

LaneSizes laneSizesFrom(const Settings &settings)
{
    const int hashing = orCores(settings.get<"passwords.hashing_threads">());
    // A writer's batch is as large as there are callers waiting for it: more light threads than cores pay.
    return {.lightThreads = 16, .lightQueue = 1024, .hashingThreads = hashing, .hashingQueue = size_t(hashing) * 32};
}

HttpOptions httpOptionsFrom(const Settings &settings, const TokenPolicy &tokens)
{
    return {.basePath = settings.get<"http.base_path">().toUtf8(),
            .allowedOrigins = settings.get<"http.allowed_origins">(),
            .hosts = settings.get<"http.hosts">() << QUrl(tokens.issuer).host(),
            .cookiesInsecure = settings.get<"http.cookies_insecure">(),
            .cookiePrefix = settings.get<"http.cookie_prefix">().toLatin1(),
            .deliverByCookie = settings.get<"tokens.delivery">() == "cookie"_L1,
            .metricsToken = settings.get<"metrics.token">(),
            .issuer = tokens.issuer,
            .docs = settings.get<"http.docs">(),
            .bodyLimit = settings.get<"http.max_body_bytes">(),
            .strictTransport = servesTls(settings)};
}

ListenConfig listenConfigFrom(const Settings &settings)
{
    ListenConfig listenConfig {.unixMode = settings.get<"http.unix_mode">().toInt(nullptr, 8),
                               .unixGroup = settings.get<"http.unix_group">()};
    for (const QString &point : settings.get<"http.listen">())
        listenConfig.points += parseListenPoint(point).value();
    return listenConfig;
}

QStringList startWarnings(const Settings &settings, const QList<ListenPoint> &points)
{
    QStringList warnings = settings.warnings();
    const ListenerLimits limits = listenerLimitsFrom(settings);
    if (std::ranges::any_of(points, isOpen) && !servesTls(settings) && limits.trustedProxies.isEmpty())
        warnings +=
            u"http.listen: other machines can reach the server, and neither it nor a proxy that it knows of speaks TLS: passwords cross the "
            "network in the clear. Set http.tls_certificate, or http.trusted_proxies for the proxy in front"_s;
    if (std::ranges::any_of(limits.trustedProxies, holdsEverybody))
        warnings +=
            u"http.trusted_proxies holds everybody: any client may claim any address, and no limit by address holds. Name the proxies"_s;
    if (std::ranges::all_of(points, &ListenPoint::isUnix) && settings.get<"tokens.issuer">().isEmpty())
        warnings +=
            u"tokens.issuer is not set: on Unix sockets only the server has no URL of its own for the claim iss. Set it to the one that "
            "browsers use, such as https://auth.example.com"_s;
    return warnings;
}

bool servesTls(const Settings &settings) { return !settings.get<"http.tls_certificate">().isEmpty(); }

QString urlOf(const ListenPoint &point, const Settings &settings)
{
    if (point.isUnix())
        return toText(point);
    const HostPort &place = point.place;
    const bool anywhere = place.address == QHostAddress(QHostAddress::Any) || place.address == QHostAddress(QHostAddress::AnyIPv4)
                          || place.address.isLoopback();
    const bool v6 = place.address.protocol() == QAbstractSocket::IPv6Protocol;
    const QString host = anywhere ? u"localhost"_s : v6 ? u"[%1]"_s.arg(place.address.toString()) : place.address.toString();
    return u"%1://%2:%3%4"_s.arg(servesTls(settings) ? u"https"_s : u"http"_s, host).arg(place.port).arg(settings.get<"http.base_path">());
}

QString ownUrl(const QList<ListenPoint> &points, const Settings &settings)
{
    const auto first = std::ranges::find_if_not(points, &ListenPoint::isUnix);
    return urlOf(first == points.end() ? points.first() : *first, settings);
}

} // namespace warder
