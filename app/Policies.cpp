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
    return {.algorithm = settings.text("passwords.algorithm"_L1) == "bcrypt"_L1 ? HashingPolicy::Algorithm::Bcrypt
                                                                                : HashingPolicy::Algorithm::Argon2id,
            .memoryKib = int(settings.integer("passwords.argon2_memory_kib"_L1)),
            .iterations = int(settings.integer("passwords.argon2_iterations"_L1)),
            .parallelism = int(settings.integer("passwords.argon2_parallelism"_L1)),
            .bcryptCost = int(settings.integer("passwords.bcrypt_cost"_L1))};
}

PasswordPolicy passwordPolicyFrom(const Settings &settings)
{
    const QString host = QUrl(settings.text("tokens.issuer"_L1)).host();
    return {.minLength = int(settings.integer("passwords.min_length"_L1)),
            .minGuesses = settings.integer("passwords.min_guesses"_L1),
            .ownWords = QStringList {u"warder"_s, host} + host.split(u'.', Qt::SkipEmptyParts)};
}

bool registrationIsOpen(const Settings &settings) { return settings.text("accounts.registration"_L1) == "open"_L1; }

TokenPolicy tokenPolicyFrom(const Settings &settings)
{
    const QString issuer = settings.text("tokens.issuer"_L1);
    return {.issuer = issuer.isEmpty() ? ownUrl(listenConfigFrom(settings).points, settings) : issuer,
            .audience = settings.text("tokens.audience"_L1),
            .accessLifetime = settings.seconds("tokens.access_lifetime"_L1),
            .leeway = settings.seconds("tokens.leeway"_L1)};
}

SessionPolicy sessionPolicyFrom(const Settings &settings)
{
    return {.idle = settings.seconds("sessions.idle_lifetime"_L1),
            .longest = settings.seconds("sessions.absolute_lifetime"_L1),
            .grace = settings.seconds("sessions.refresh_grace"_L1),
            .mostPerUser = int(settings.integer("sessions.max_per_user"_L1))};
}

SignatureAlgorithm signatureAlgorithmFrom(const Settings &settings)
{
    return signatureAlgorithmFromName(settings.text("tokens.algorithm"_L1)).value_or(SignatureAlgorithm::ES256);
}

ListenerLimits listenerLimitsFrom(const Settings &settings)
{
    ListenerLimits limits;
    limits.framing.requestLine = settings.integer("http.max_request_line_bytes"_L1);
    limits.framing.head = settings.integer("http.max_head_bytes"_L1);
    limits.framing.fields = int(settings.integer("http.max_header_fields"_L1));
    limits.framing.body = settings.integer("http.max_body_bytes"_L1);
    limits.bodyBytesPerSecond = int(settings.integer("http.min_body_rate"_L1));
    limits.handshake = settings.seconds("http.handshake_timeout"_L1);
    limits.firstByte = settings.seconds("http.first_byte_timeout"_L1);
    limits.head = settings.seconds("http.head_timeout"_L1);
    limits.body = settings.seconds("http.body_timeout"_L1);
    limits.handler = settings.seconds("http.handler_timeout"_L1);
    limits.write = settings.seconds("http.write_timeout"_L1);
    limits.idle = settings.seconds("http.idle_timeout"_L1);
    limits.threads = orCores(settings.integer("http.threads"_L1));
    limits.connections = std::min(int(settings.integer("http.max_connections"_L1)), connectionsThatFit());
    limits.totalUnsentBytes = settings.integer("http.max_unsent_bytes"_L1);
    limits.requestsPerConnection = int(settings.integer("http.max_requests_per_connection"_L1));
    limits.proxyProtocol = settings.boolean("http.proxy_protocol"_L1);
    limits.connectionsPerAddress = int(settings.integer("http.max_connections_per_address"_L1));
    for (const QString &proxy : settings.list("http.trusted_proxies"_L1))
        limits.trustedProxies += QHostAddress::parseSubnet(proxy);
    return limits;
}

LaneSizes laneSizesFrom(const Settings &settings)
{
    const int hashing = orCores(settings.integer("passwords.hashing_threads"_L1));
    // A writer's batch is as large as there are callers waiting for it: more light threads than cores pay.
    return {.lightThreads = 16, .lightQueue = 1024, .hashingThreads = hashing, .hashingQueue = size_t(hashing) * 32};
}

HttpOptions httpOptionsFrom(const Settings &settings, const TokenPolicy &tokens)
{
    return {.basePath = settings.text("http.base_path"_L1).toUtf8(),
            .allowedOrigins = settings.list("http.allowed_origins"_L1),
            .hosts = settings.list("http.hosts"_L1) << QUrl(tokens.issuer).host(),
            .cookiesInsecure = settings.boolean("http.cookies_insecure"_L1),
            .cookiePrefix = settings.text("http.cookie_prefix"_L1).toLatin1(),
            .deliverByCookie = settings.text("tokens.delivery"_L1) == "cookie"_L1,
            .metricsToken = settings.text("metrics.token"_L1),
            .issuer = tokens.issuer,
            .docs = settings.boolean("http.docs"_L1),
            .bodyLimit = settings.integer("http.max_body_bytes"_L1),
            .strictTransport = servesTls(settings)};
}

ListenConfig listenConfigFrom(const Settings &settings)
{
    ListenConfig listenConfig {.unixMode = settings.text("http.unix_mode"_L1).toInt(nullptr, 8),
                               .unixGroup = settings.text("http.unix_group"_L1)};
    for (const QString &point : settings.list("http.listen"_L1))
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
    if (std::ranges::all_of(points, &ListenPoint::isUnix) && settings.text("tokens.issuer"_L1).isEmpty())
        warnings +=
            u"tokens.issuer is not set: on Unix sockets only the server has no URL of its own for the claim iss. Set it to the one that "
            "browsers use, such as https://auth.example.com"_s;
    return warnings;
}

bool servesTls(const Settings &settings) { return !settings.text("http.tls_certificate"_L1).isEmpty(); }

QString urlOf(const ListenPoint &point, const Settings &settings)
{
    if (point.isUnix())
        return toText(point);
    const HostPort &place = point.place;
    const bool anywhere = place.address == QHostAddress(QHostAddress::Any) || place.address == QHostAddress(QHostAddress::AnyIPv4)
                          || place.address.isLoopback();
    const bool v6 = place.address.protocol() == QAbstractSocket::IPv6Protocol;
    const QString host = anywhere ? u"localhost"_s : v6 ? u"[%1]"_s.arg(place.address.toString()) : place.address.toString();
    return u"%1://%2:%3%4"_s.arg(servesTls(settings) ? u"https"_s : u"http"_s, host)
        .arg(place.port)
        .arg(settings.text("http.base_path"_L1));
}

QString ownUrl(const QList<ListenPoint> &points, const Settings &settings)
{
    const auto first = std::ranges::find_if_not(points, &ListenPoint::isUnix);
    return urlOf(first == points.end() ? points.first() : *first, settings);
}

} // namespace warder
