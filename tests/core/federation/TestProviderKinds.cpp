#include "core/crypto/Jwt.h"
#include "core/federation/ProviderPresets.h"
#include "core/federation/ProviderProfile.h"
#include "tests/support/Certificates.h"
#include "tests/support/FederationWorld.h"

#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

namespace {

const QString tenant = u"72f988bf-86f1-41af-91ab-2d7cd011db47"_s;

} // namespace

/// Each kind of provider tells in its own way who somebody is.
class TestProviderKinds : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_w = std::make_unique<FederationWorld>(); }
    void cleanup() { m_w.reset(); }

    void gitHub_isItsNumberAndPrimaryAddress();
    void gitHub_addresses_data();
    void gitHub_addresses();
    void gitHub_refusesCodesWith200();
    void gitHub_namesItselfByItsPath();
    void discord_isItsNumber();
    void numbers_areExact_data();
    void numbers_areExact();
    void apple_isProvenByAKey();
    void apple_namesComeOnce();
    void names_ofApple_data();
    void names_ofApple();
    void microsoft_isATenantsOwn();
    void microsoft_tenants_data();
    void microsoft_tenants();
    void words_countByKind_data();
    void words_countByKind();
    void presets_areWhole();

private:
    std::unique_ptr<FederationWorld> m_w;
};

void TestProviderKinds::gitHub_isItsNumberAndPrimaryAddress()
{
    m_w->provider.signInAs({.subject = u"583231"_s, .name = u"Ann Ä"_s});
    const auto identity = m_w->signIn(m_w->provider.provider(ProviderKind::GitHub));
    QVERIFY2(identity, identity ? "" : qPrintable(identity.error().detail));
    QCOMPARE(*identity, (ForeignIdentity {.issuer = m_w->provider.issuer(),
                                          .subject = u"583231"_s,
                                          .email = u"ann@example.com"_s,
                                          .isEmailVerified = true,
                                          .name = u"Ann Ä"_s}));
    QCOMPARE(m_w->provider.asked(), (QByteArrayList {"/login/oauth/access_token", "/api/v3/user", "/api/v3/user/emails"}));
}

void TestProviderKinds::gitHub_addresses_data()
{
    QTest::addColumn<Person>("person");
    QTest::addColumn<QString>("email");
    QTest::addColumn<bool>("isVerified");
    QTest::newRow("verified") << Person {.subject = u"7"_s} << u"ann@example.com"_s << true;
    QTest::newRow("not verified") << Person {.subject = u"7"_s, .isVerified = false} << u"ann@example.com"_s << false;
    QTest::newRow("verified, as text, which it does not say")
        << Person {.subject = u"7"_s, .isVerified = u"true"_s} << u"ann@example.com"_s << false;
    QTest::newRow("none") << Person {.subject = u"7"_s, .email = QString()} << QString() << false;
    QTest::newRow("too long") << Person {.subject = u"7"_s, .email = QString(300, u'a')} << QString() << false;
}

void TestProviderKinds::gitHub_addresses()
{
    QFETCH(const Person, person);
    m_w->provider.signInAs(person);
    const auto identity = m_w->signIn(m_w->provider.provider(ProviderKind::GitHub));
    QVERIFY(identity);
    QTEST(identity->email, "email");
    QTEST(identity->isEmailVerified, "isVerified");
}

void TestProviderKinds::gitHub_refusesCodesWith200()
{
    m_w->provider.lie({.tokenAnswer = R"({"error":"bad_verification_code","error_description":"expired"})"});
    const auto identity = m_w->signIn(m_w->provider.provider(ProviderKind::GitHub));
    QCOMPARE(identity.error().code, ErrorCode::ProviderError);
    QVERIFY(identity.error().detail.contains("bad_verification_code"_L1));
}

void TestProviderKinds::gitHub_namesItselfByItsPath()
{
    m_w->provider.signInAs({.subject = u"7"_s});
    const Provider gitHub = m_w->provider.provider(ProviderKind::GitHub);
    const auto from = [&](const QString &issuer) {
        return m_w->signIn(gitHub, [&issuer](AuthorizationResponse &response) { response.issuer = issuer; }).has_value();
    };
    QVERIFY(from(gitHub.issuer));
    QVERIFY(from(gitHub.issuer + u"/login/oauth"_s));
    QVERIFY(!from(gitHub.issuer + u".evil.example/login/oauth"_s));
    QVERIFY(!from(u"https://discord.com"_s));
}

void TestProviderKinds::discord_isItsNumber()
{
    m_w->provider.signInAs({.subject = u"80351110224678912"_s, .isVerified = false, .name = u"Ann"_s});
    const auto identity = m_w->signIn(m_w->provider.provider(ProviderKind::Discord));
    QVERIFY2(identity, identity ? "" : qPrintable(identity.error().detail));
    QCOMPARE(*identity, (ForeignIdentity {.issuer = m_w->provider.issuer(),
                                          .subject = u"80351110224678912"_s,
                                          .email = u"ann@example.com"_s,
                                          .isEmailVerified = false,
                                          .name = u"Ann"_s}));
}

void TestProviderKinds::numbers_areExact_data()
{
    QTest::addColumn<QJsonValue>("id");
    QTest::addColumn<QString>("subject"); // empty: nobody is signed in
    QTest::newRow("a number") << QJsonValue(583231) << u"583231"_s;
    QTest::newRow("as large as they come") << QJsonValue(qint64(9'007'199'254'740'993)) << u"9007199254740993"_s;
    QTest::newRow("a text of digits") << QJsonValue(u"007"_s) << u"007"_s;
    QTest::newRow("a name") << QJsonValue(u"ann"_s) << QString();
    QTest::newRow("none") << QJsonValue(QJsonValue::Null) << QString();
    QTest::newRow("zero") << QJsonValue(0) << QString();
    QTest::newRow("negative") << QJsonValue(-1) << QString();
    QTest::newRow("half") << QJsonValue(1.5) << QString();
    QTest::newRow("beyond numbers") << QJsonValue(1e300) << QString();
    QTest::newRow("33 digits") << QJsonValue(QString(33, u'1')) << QString();
}

void TestProviderKinds::numbers_areExact()
{
    QFETCH(const QJsonValue, id);
    QFETCH(const QString, subject);
    m_w->provider.lie({.userinfo = {{u"id"_s, id}}});
    const auto identity = m_w->signIn(m_w->provider.provider(ProviderKind::GitHub));
    QCOMPARE(identity.has_value(), !subject.isEmpty());
    if (identity)
        QCOMPARE(identity->subject, subject);
}

/// In place of a secret it takes a JWT that its key signed, good for minutes.
void TestProviderKinds::apple_isProvenByAKey()
{
    const SecretBytes key(makeCertificate().key);
    Provider apple = m_w->provider.provider(ProviderKind::Apple);
    apple.options = {.team = u"TEAM123456"_s, .keyId = u"KEY1234567"_s};
    m_w->provider.lie({.takesPostOnly = true});
    const auto identity = m_w->signIn(apple, {}, key);
    QVERIFY2(identity, identity ? "" : qPrintable(identity.error().detail));
    const QString secret = m_w->provider.posted().queryItemValue(u"client_secret"_s);
    const auto jwt = parseJwt(secret.toLatin1());
    QVERIFY(jwt);
    QCOMPARE(jwt->header.value("alg"_L1), u"ES256"_s);
    QCOMPARE(jwt->header.value("kid"_L1), u"KEY1234567"_s);
    const qint64 now = std::chrono::floor<Seconds>(m_w->clock.now()).time_since_epoch().count();
    QCOMPARE(jwt->claims, (QJsonObject {{u"iss"_s, u"TEAM123456"_s},
                                        {u"sub"_s, QString(LyingProvider::clientId)},
                                        {u"aud"_s, apple.issuer},
                                        {u"iat"_s, now},
                                        {u"exp"_s, now + 300}}));
    QVERIFY(!m_w->signIn(apple, {}, SecretBytes("no key"_ba)));
    QVERIFY(!m_w->signIn(apple, {}, SecretBytes(makeCertificate({.key = "RSA2048"}).key)));
}

void TestProviderKinds::apple_namesComeOnce()
{
    Provider apple = m_w->provider.provider(ProviderKind::Apple);
    apple.options = {.team = u"TEAM123456"_s, .keyId = u"KEY1234567"_s};
    m_w->provider.lie({.takesPostOnly = true});
    const SecretBytes key(makeCertificate().key);
    const auto first = m_w->signIn(
        apple,
        [](AuthorizationResponse &response) {
            response.user = uR"({"name":{"firstName":"Ann","lastName":"Ä"},"email":"evil@example.com"})"_s;
        },
        key);
    QCOMPARE(first->name, u"Ann Ä"_s);
    QCOMPARE(first->email, u"ann@example.com"_s); // and not what the browser said
    QCOMPARE(m_w->signIn(apple, {}, key)->name, QString());
    const QByteArray url = authorizationUrl(apple, m_w->federation.metadataOf(apple, m_w->clock.now()).value(), m_w->attempt, "s");
    QVERIFY(url.contains("&response_mode=form_post"));
}

void TestProviderKinds::names_ofApple_data()
{
    QTest::addColumn<QString>("user");
    QTest::addColumn<QString>("name");
    QTest::newRow("both") << uR"({"name":{"firstName":"Ann","lastName":"Bell"}})"_s << u"Ann Bell"_s;
    QTest::newRow("one") << uR"({"name":{"lastName":"Bell"}})"_s << u"Bell"_s;
    QTest::newRow("none") << u"{}"_s << QString();
    QTest::newRow("nothing") << QString() << QString();
    QTest::newRow("no JSON") << u"Ann"_s << QString();
    QTest::newRow("of another form") << uR"({"name":"Ann"})"_s << QString();
    QTest::newRow("too deep") << uR"({"name":{"firstName":[[[["Ann"]]]]}})"_s << QString();
    QTest::newRow("too long") << u"{\"name\":{\"firstName\":\"%1\"}}"_s.arg(QString(3000, u'a')) << QString();
    QTest::newRow("long") << u"{\"name\":{\"firstName\":\"%1\"}}"_s.arg(QString(300, u'a')) << QString(200, u'a');
}

void TestProviderKinds::names_ofApple()
{
    QFETCH(const QString, user);
    QTEST(provider_profile::nameIn(user), "name");
}

/// An account of one directory is that directory's, whatever else is signed in by the same word.
void TestProviderKinds::microsoft_isATenantsOwn()
{
    Provider microsoft = m_w->provider.provider(ProviderKind::Microsoft);
    microsoft.options.tenant = u"common"_s;
    const QString base = microsoft.issuer;
    microsoft.issuer = base + u"/common/v2.0"_s;
    const QString own = base + u'/' + tenant + u"/v2.0"_s;
    m_w->provider.lie({.discovery = {{u"issuer"_s, base + u"/{tenantid}/v2.0"_s}}, .claims = {{u"iss"_s, own}}});
    const auto identity = m_w->signIn(microsoft);
    QVERIFY2(identity, identity ? "" : qPrintable(identity.error().detail));
    QCOMPARE(identity->issuer, own);
    QVERIFY(!identity->isEmailVerified); // what its admin wrote ("nOAuth")
    m_w->provider.lie({.discovery = {{u"issuer"_s, base + u"/{tenantid}/v2.0"_s}}, .claims = {{u"iss"_s, base + u"/{tenantid}/v2.0"_s}}});
    QVERIFY(!m_w->signIn(microsoft));
}

void TestProviderKinds::microsoft_tenants_data()
{
    QTest::addColumn<QString>("wanted");
    QTest::addColumn<QString>("named"); // by the document
    QTest::addColumn<bool>("isIts");
    const QString other = u"00000000-0000-0000-0000-000000000001"_s;
    QTest::newRow("by its id") << tenant << tenant << true;
    QTest::newRow("another's") << tenant << other << false;
    QTest::newRow("an id, all of them") << tenant << u"{tenantid}"_s << false;
    QTest::newRow("all of them") << u"common"_s << u"{tenantid}"_s << true;
    QTest::newRow("a domain is named by its id") << u"contoso.com"_s << tenant << true;
    QTest::newRow("a domain by itself") << u"contoso.com"_s << u"contoso.com"_s << false;
    QTest::newRow("no id") << u"contoso.com"_s << QString(tenant).replace(0, 1, u"x"_s) << false;
    QTest::newRow("more than an id") << u"contoso.com"_s << tenant + u"/x"_s << false;
}

void TestProviderKinds::microsoft_tenants()
{
    QFETCH(const QString, wanted);
    QFETCH(const QString, named);
    Provider microsoft {.kind = ProviderKind::Microsoft, .options = {.tenant = wanted}};
    const ProviderPreset &preset = provider_presets::of(ProviderKind::Microsoft);
    microsoft.issuer = provider_presets::issuerOf(preset, u"https://evil.example"_s, wanted); // which nobody may choose
    QCOMPARE(microsoft.issuer, u"https://login.microsoftonline.com/%1/v2.0"_s.arg(wanted));
    const QString place = u"https://login.microsoftonline.com/x"_s;
    const auto metadata = provider_metadata::read(microsoft, {{u"issuer"_s, u"https://login.microsoftonline.com/%1/v2.0"_s.arg(named)},
                                                              {u"authorization_endpoint"_s, place},
                                                              {u"token_endpoint"_s, place},
                                                              {u"jwks_uri"_s, place}});
    QTEST(metadata.has_value(), "isIts");
    if (!metadata)
        return;
    const auto behind = [&metadata](const QString &its) {
        return provider_metadata::issuerBehind(*metadata, u"https://login.microsoftonline.com/%1/v2.0"_s.arg(its)).has_value();
    };
    QVERIFY(behind(tenant));
    QVERIFY(!behind(u"common"_s));
    QVERIFY(!behind(u"{tenantid}"_s));
    QCOMPARE(behind(u"00000000-0000-0000-0000-000000000001"_s), named == "{tenantid}"_L1);
}

void TestProviderKinds::words_countByKind_data()
{
    using enum ProviderKind;
    QTest::addColumn<ProviderKind>("kind");
    QTest::addColumn<QJsonObject>("claims");
    QTest::addColumn<bool>("counts");
    const auto claims = [](const QString &email, const QJsonValue &isVerified, const QString &domain = {}) {
        QJsonObject all {{u"email"_s, email}, {u"email_verified"_s, isVerified}};
        if (!domain.isEmpty())
            all.insert("hd"_L1, domain);
        return all;
    };
    QTest::newRow("a server of one's own") << Oidc << claims(u"ann@example.com"_s, true) << true;
    QTest::newRow("not verified") << Oidc << claims(u"ann@example.com"_s, false) << false;
    QTest::newRow("Google, of its own mail") << Google << claims(u"ann@gmail.com"_s, true) << true;
    QTest::newRow("Google, of its own mail in capitals") << Google << claims(u"Ann@GMail.com"_s, true) << true;
    QTest::newRow("Google, of a customer") << Google << claims(u"ann@example.com"_s, true, u"example.com"_s) << true;
    QTest::newRow("Google, of anybody's mail") << Google << claims(u"ann@example.com"_s, true) << false;
    QTest::newRow("Google, of mail that ends alike") << Google << claims(u"ann@gmail.com.example"_s, true) << false;
    QTest::newRow("Google, not verified") << Google << claims(u"ann@gmail.com"_s, false) << false;
    QTest::newRow("Apple, as text") << Apple << claims(u"x@privaterelay.appleid.com"_s, u"true"_s) << true;
    QTest::newRow("Microsoft") << Microsoft << claims(u"ann@example.com"_s, true) << false;
    QTest::newRow("GitLab") << GitLab << claims(u"ann@example.com"_s, true) << true;
}

void TestProviderKinds::words_countByKind()
{
    QFETCH(const ProviderKind, kind);
    QFETCH(const QJsonObject, claims);
    QTEST(provider_profile::isEmailVerified(kind, claims), "counts");
}

void TestProviderKinds::presets_areWhole()
{
    QCOMPARE(provider_presets::all().size(), qsizetype(namesOf<ProviderKind>.size()));
    for (const QLatin1StringView name : namesOf<ProviderKind>) {
        const ProviderPreset &preset = provider_presets::of(fromName<ProviderKind>(QString(name)).value());
        QVERIFY(!preset.label.isEmpty() && !preset.scopes.isEmpty());
        QCOMPARE(preset.issuer.isEmpty(), preset.needs.contains("issuer"_L1));
        QCOMPARE(preset.hasDiscovery, preset.scopes.contains("openid"_L1));
        QVERIFY(preset.mayTrustEmail || !preset.trustsEmail);
    }
}

QTEST_GUILESS_MAIN(TestProviderKinds)
#include "TestProviderKinds.moc"
