#include "tests/support/LyingProvider.h"

#include "core/base/Bytes.h"
#include "core/crypto/Primitives.h"
#include "core/federation/ProviderPresets.h"
#include "core/net/gate/ServeConfig.h"
#include "tests/support/EchoServer.h"

#include <QJsonDocument>
#include <QUrl>

#include <map>

using namespace Qt::StringLiterals;

namespace warder::test {
namespace {

HttpResponse answerOf(const QByteArray &body, int status = 200, const QByteArray &type = "application/json")
{
    return {.status = status, .headers = QHttpHeaders::fromListOfPairs({{"Content-Type", type}}), .body = body};
}

HttpResponse answerOf(const QJsonObject &json, int status = 200, const QByteArray &type = "application/json")
{
    return answerOf(QJsonDocument(json).toJson(QJsonDocument::Compact), status, type);
}

QJsonObject refusalOf(const QString &error) { return {{u"error"_s, error}}; }

/// The honest members with the lies over them.
QJsonObject with(QJsonObject honest, const QJsonObject &lies)
{
    for (auto lie = lies.begin(); lie != lies.end(); ++lie) {
        if (lie.value().isNull())
            honest.remove(lie.key());
        else
            honest.insert(lie.key(), lie.value());
    }
    return honest;
}

QString valueIn(const QUrlQuery &query, const QString &name) { return query.queryItemValue(name, QUrl::FullyDecoded); }

} // namespace

LyingProvider::LyingProvider(const Clock &clock) : m_handler(clock)
{
    ListenerLimits limits;
    limits.threads = 1;
    limits.drainIdle = Milliseconds {0};
    const auto shared = std::shared_ptr<HttpHandler>(&m_handler, [](HttpHandler *) {});
    if (const auto listening = m_listener.listen(localSockets(), std::make_shared<ServeConfig>(limits, shared)); !listening)
        qFatal("the provider does not listen: %s", qPrintable(listening.error().detail));
    const std::scoped_lock lock(m_handler.mutex);
    m_handler.issuer = u"http://127.0.0.1:%1"_s.arg(m_listener.port());
}

LyingProvider::~LyingProvider()
{
    lie({});
    m_listener.stop(Seconds {5});
}

QString LyingProvider::issuer() const { return m_handler.issuer; }

NewProvider LyingProvider::client(const QString &name, ProviderKind kind) const
{
    return {.kind = kind,
            .name = name,
            .label = u"Example"_s,
            .issuer = issuer(),
            .clientId = clientId,
            .secret = secretBytes(),
            .callbacks = {callback},
            .trustsEmail = true};
}

Provider LyingProvider::provider(ProviderKind kind) const
{
    return {.name = u"example"_s,
            .kind = kind,
            .label = u"Example"_s,
            .issuer = issuer(),
            .clientId = clientId,
            .scopes = provider_presets::of(kind).scopes,
            .callbacks = {callback},
            .trustsEmail = true};
}

void LyingProvider::signInAs(const Person &person)
{
    const std::scoped_lock lock(m_handler.mutex);
    m_handler.person = person;
}

void LyingProvider::lie(const Lies &lies)
{
    std::vector<PendingAnswer> dropped; // each answers 500, once the lock is gone
    const std::scoped_lock lock(m_handler.mutex);
    m_handler.lies = lies;
    dropped.swap(m_handler.kept);
}

LyingProvider::Return LyingProvider::authorize(const QByteArray &authorizationUrl)
{
    const QUrlQuery asked(QUrl::fromEncoded(authorizationUrl));
    const QString code = QString::fromLatin1(toBase64Url(randomBytes(16)));
    const std::scoped_lock lock(m_handler.mutex);
    m_handler.grants.insert(code, {.callback = valueIn(asked, u"redirect_uri"_s),
                                   .challenge = valueIn(asked, u"code_challenge"_s),
                                   .nonce = valueIn(asked, u"nonce"_s)});
    return {.state = valueIn(asked, u"state"_s).toLatin1(), .response = {.code = code}};
}

QByteArray LyingProvider::Return::query() const
{
    QList<std::pair<QByteArray, QString>> pairs {{"state", QString::fromLatin1(state)}};
    const auto add = [&pairs](const char *name, const QString &value) {
        if (!value.isEmpty())
            pairs.emplaceBack(name, value);
    };
    add("code", response.code);
    add("iss", response.issuer.value_or(QString()));
    add("error", response.error);
    add("user", response.user);
    return formOf(pairs);
}

QByteArrayList LyingProvider::asked() const
{
    const std::scoped_lock lock(m_handler.mutex);
    return m_handler.asked;
}

QUrlQuery LyingProvider::posted() const
{
    const std::scoped_lock lock(m_handler.mutex);
    return m_handler.posted;
}

int LyingProvider::waiting() const
{
    const std::scoped_lock lock(m_handler.mutex);
    return int(m_handler.kept.size());
}

std::shared_ptr<const KeyMaterial> LyingProvider::key(SignatureAlgorithm algorithm)
{
    static std::mutex mutex;
    static std::map<SignatureAlgorithm, std::shared_ptr<const KeyMaterial>> keys;
    const std::scoped_lock lock(mutex);
    auto &made = keys[algorithm];
    if (!made)
        made = KeyMaterial::generate(algorithm).value();
    return made;
}

QString LyingProvider::kidOf(SignatureAlgorithm algorithm) { return nameOf(algorithm).first(1).toLower() + u'1'; }

QJsonObject LyingProvider::jwk(const KeyMaterial &key, const QString &kid)
{
    QJsonObject jwk = key.publicJwk().value();
    if (!kid.isEmpty())
        jwk.insert("kid"_L1, kid);
    return jwk;
}

QJsonObject LyingProvider::jwk(SignatureAlgorithm algorithm, const QString &kid) { return jwk(*key(algorithm), kid); }

QByteArray LyingProvider::signedBy(const KeyMaterial &key, const QJsonObject &header, const QJsonObject &claims)
{
    const auto encoded = [](const QJsonObject &part) { return toBase64Url(QJsonDocument(part).toJson(QJsonDocument::Compact)); };
    const QByteArray signedPart = encoded(header) + '.' + encoded(claims);
    return signedPart + '.' + toBase64Url(key.sign(signedPart));
}

QByteArray LyingProvider::signedBy(const KeyMaterial &key, const QString &kid, const QJsonObject &claims)
{
    QJsonObject header {{u"alg"_s, nameOf(key.algorithm())}};
    if (!kid.isEmpty())
        header.insert("kid"_L1, kid);
    return signedBy(key, header, claims);
}

void LyingProvider::Handler::handle(HttpRequest request, PendingAnswer pending)
{
    HttpResponse answer;
    {
        const std::scoped_lock lock(mutex);
        asked += request.path;
        if (lies.isSilent && request.path.contains("token"))
            return kept.push_back(std::move(pending));
        answer = answerTo(request);
    }
    pending.answer(std::move(answer));
}

HttpResponse LyingProvider::Handler::answerTo(const HttpRequest &request)
{
    const QByteArray &path = request.path;
    if (path.endsWith("/.well-known/openid-configuration")) // Microsoft's tenants have each their own
        return document();
    if (path == "/jwks") {
        QJsonArray honest;
        for (const SignatureAlgorithm algorithm :
             {SignatureAlgorithm::RS256, SignatureAlgorithm::ES256, SignatureAlgorithm::EdDSA, SignatureAlgorithm::PS256})
            honest += jwk(algorithm, kidOf(algorithm));
        return answerOf(QJsonObject {{u"keys"_s, lies.keys.value_or(honest)}});
    }
    if (path == "/token" || path == "/login/oauth/access_token" || path == "/api/oauth2/token")
        return tokens(request);
    return userinfo(request);
}

HttpResponse LyingProvider::Handler::document() const
{
    const QJsonObject honest {
        {u"issuer"_s, issuer},
        {u"authorization_endpoint"_s, issuer + u"/authorize"_s},
        {u"token_endpoint"_s, issuer + u"/token"_s},
        {u"userinfo_endpoint"_s, issuer + u"/userinfo"_s},
        {u"jwks_uri"_s, issuer + u"/jwks"_s},
        {u"token_endpoint_auth_methods_supported"_s, QJsonArray {lies.takesPostOnly ? u"client_secret_post"_s : u"client_secret_basic"_s}}};
    return answerOf(with(honest, lies.discovery), lies.documentStatus);
}

/// GitHub and Discord take the secret from the form.
bool LyingProvider::Handler::isClient(const HttpRequest &request, const QUrlQuery &form) const
{
    if (lies.takesPostOnly || request.path != "/token")
        return valueIn(form, u"client_id"_s) == clientId && !valueIn(form, u"client_secret"_s).isEmpty()
               && !request.headers.contains("Authorization");
    const QByteArray both = QByteArray(clientId.data()).toPercentEncoding() + ':' + QByteArray(secret).toPercentEncoding();
    const QByteArray basic = "Basic " + both.toBase64();
    return request.headers.value("Authorization") == basic && !form.hasQueryItem(u"client_secret"_s);
}

HttpResponse LyingProvider::Handler::tokens(const HttpRequest &request)
{
    posted = QUrlQuery(QString::fromLatin1(request.body));
    if (request.method != HttpMethod::Post || !isClient(request, posted))
        return answerOf(refusalOf(u"invalid_client"_s), 401);
    if (lies.tokenAnswer)
        return answerOf(*lies.tokenAnswer, lies.tokenStatus, lies.tokenType);
    const auto grant = grants.constFind(valueIn(posted, u"code"_s));
    if (grant == grants.cend())
        return answerOf(refusalOf(u"invalid_grant"_s), 400);
    const Grant given = *grant;
    grants.erase(grant);
    const QByteArray challenge = toBase64Url(sha256(valueIn(posted, u"code_verifier"_s).toLatin1()));
    const bool isIts = valueIn(posted, u"grant_type"_s) == "authorization_code"_L1 && valueIn(posted, u"redirect_uri"_s) == given.callback
                       && QString::fromLatin1(challenge) == given.challenge;
    return isIts ? tokensFor(given) : answerOf(refusalOf(u"invalid_grant"_s), 400);
}

QJsonObject LyingProvider::Handler::claimsFor(const Grant &grant) const
{
    const qint64 now = std::chrono::floor<Seconds>(clock.now()).time_since_epoch().count();
    QJsonObject claims {{u"iss"_s, issuer}, {u"sub"_s, person.subject}, {u"aud"_s, clientId},
                        {u"iat"_s, now},    {u"exp"_s, now + 300},      {u"nonce"_s, grant.nonce}};
    if (!lies.hasNoEmailInToken && !person.email.isEmpty()) {
        claims.insert("email"_L1, person.email);
        if (!person.isVerified.isUndefined())
            claims.insert("email_verified"_L1, person.isVerified);
    }
    if (!person.name.isEmpty())
        claims.insert("name"_L1, person.name);
    return with(claims, lies.claims);
}

HttpResponse LyingProvider::Handler::tokensFor(const Grant &grant) const
{
    const QJsonObject claims = claimsFor(grant);
    const SignatureAlgorithm usual = SignatureAlgorithm::RS256;
    const QByteArray idToken = lies.idToken ? lies.idToken(claims) : signedBy(*key(usual), kidOf(usual), claims);
    const QJsonObject honest {{u"access_token"_s, QString::fromLatin1(accessToken)},
                              {u"token_type"_s, u"Bearer"_s},
                              {u"id_token"_s, QString::fromLatin1(idToken)}};
    return answerOf(with(honest, lies.tokens), lies.tokenStatus, lies.tokenType);
}

HttpResponse LyingProvider::Handler::userinfo(const HttpRequest &request) const
{
    if (request.headers.value("Authorization") != QByteArray("Bearer ") + accessToken)
        return answerOf(refusalOf(u"invalid_token"_s), 401);
    if (request.path == "/userinfo")
        return answerOf(
            with({{u"sub"_s, person.subject}, {u"email"_s, person.email}, {u"email_verified"_s, person.isVerified}}, lies.userinfo));
    if (request.path == "/api/v3/user")
        return answerOf(with({{u"id"_s, person.subject.toLongLong()}, {u"login"_s, u"ann-c"_s}, {u"name"_s, person.name}}, lies.userinfo));
    if (request.path == "/api/v3/user/emails") {
        const QJsonArray addresses {QJsonObject {{u"email"_s, u"other@example.com"_s}, {u"primary"_s, false}, {u"verified"_s, true}},
                                    QJsonObject {{u"email"_s, person.email}, {u"primary"_s, true}, {u"verified"_s, person.isVerified}}};
        return answerOf(QJsonDocument(addresses).toJson(QJsonDocument::Compact));
    }
    if (request.path.startsWith("/api/users/"))
        return answerOf(with({{u"id"_s, person.subject},
                              {u"username"_s, u"ann_c"_s},
                              {u"global_name"_s, person.name},
                              {u"email"_s, person.email},
                              {u"verified"_s, person.isVerified}},
                             lies.userinfo));
    return answerOf(refusalOf(u"not_found"_s), 404);
}

} // namespace warder::test
