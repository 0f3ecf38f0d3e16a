#include "core/audit/AuditStore.h"
#include "core/federation/Providers.h"
#include "core/storage/Database.h"
#include "tests/support/Certificates.h"
#include "tests/support/WorldTest.h"

#include <QJsonDocument>
#include <QTest>

#include <functional>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

namespace {

using Spoil = std::function<void(NewProvider &)>;

NewProvider google()
{
    return {.kind = ProviderKind::Google,
            .clientId = u"123.apps.googleusercontent.com"_s,
            .secret = SecretBytes("GOCSPX-hush"_ba),
            .callbacks = {u"https://app.example/api/auth/oauth/google/callback"_s}};
}

NewProvider apple()
{
    static const QByteArray key = makeCertificate().key;
    return {.kind = ProviderKind::Apple,
            .clientId = u"com.example.app"_s,
            .secret = SecretBytes(key),
            .callbacks = {u"https://auth.example/oauth/callback/apple"_s},
            .options = {.team = u"ABCDE12345"_s, .keyId = u"12345ABCDE"_s}};
}

} // namespace

/// What admins set up.
class TestProviders : public WorldTest
{
    Q_OBJECT
private Q_SLOTS:
    void preset_fillsWhatIsNotSaid();
    void ownServer_isTrustedOnlyWhenSaid();
    void faults_areSentences_data();
    void faults_areSentences();
    void names_areTakenOnce();
    void providers_areBounded();
    void edit_changesWhatIsSaid();
    void edit_ofNothing_isNotRecorded();
    void edits_areJudged();
    void secret_isSealedForItsProvider();
    void rotation_keepsTheSecret();
    void remove_isFinal();
    void signIns_areCounted();
    void strangeNames_areNobodys();
    void changes_areRecordedWithoutSecrets();

private:
    Providers &providers() { return m_world->core->providers; }
    Result<Provider> add(const NewProvider &wanted) { return providers().add(wanted, u"test"_s, m_clock.now()); }
    Result<Provider> edit(const ProviderEdit &edit) { return providers().edit(u"google"_s, edit, u"test"_s, m_clock.now()); }
    Result<void> noteSignIn(const QString &name)
    {
        return m_world->database->write([&](Transaction &transaction) { return Providers::noteSignIn(transaction, name, m_clock.now()); });
    }
    Result<void> execute(const QString &sql, const QVariantList &values = {})
    {
        return m_world->database->write([&](DbConnection &connection) { return connection.perform(sql, values); });
    }
};

void TestProviders::preset_fillsWhatIsNotSaid()
{
    const auto added = add(google());
    QVERIFY2(added, added ? "" : qPrintable(added.error().detail));
    QCOMPARE(added->name, u"google"_s);
    QCOMPARE(added->label, u"Google"_s);
    QCOMPARE(added->issuer, u"https://accounts.google.com"_s);
    QCOMPARE(added->scopes, (QStringList {u"openid"_s, u"email"_s, u"profile"_s}));
    QVERIFY(added->trustsEmail && added->isEnabled);
    QCOMPARE(added->createdAt, m_clock.now());
    QCOMPARE(providers().find(u"google"_s).value(), std::optional(*added));
    QCOMPARE(providers().all().value(), QList {*added});
    const auto second = add(apple());
    QVERIFY2(second, second ? "" : qPrintable(second.error().detail));
    reopen();
    QCOMPARE(providers().find(u"apple"_s).value(), std::optional(*second));
    QCOMPARE(providers().all().value(), (QList {*second, *added})); // by label
}

/// Google itself is Google; whoever runs a server of their own says what its word is worth.
void TestProviders::ownServer_isTrustedOnlyWhenSaid()
{
    NewProvider gitLab = google();
    gitLab.kind = ProviderKind::GitLab;
    gitLab.name = u"public"_s;
    QVERIFY(add(gitLab)->trustsEmail);
    gitLab.name = u"own"_s;
    gitLab.issuer = u"https://git.example.com"_s;
    QVERIFY(!add(gitLab)->trustsEmail);
    gitLab.name = u"owned"_s;
    gitLab.trustsEmail = true;
    QVERIFY(add(gitLab)->trustsEmail);
    NewProvider fixed = google();
    fixed.issuer = u"https://evil.example"_s; // there is one Google
    QCOMPARE(add(fixed)->issuer, u"https://accounts.google.com"_s);
}

void TestProviders::faults_areSentences_data()
{
    QTest::addColumn<Spoil>("spoil");
    QTest::addColumn<QString>("says"); // empty: it is right
    const auto row = [](const char *name, const Spoil &spoil, const QString &says = {}) { QTest::newRow(name) << spoil << says; };
    row("right", [](NewProvider &) {});
    row("a name of its own", [](NewProvider &p) { p.name = u"google-2"_s; });
    row("a name with a slash", [](NewProvider &p) { p.name = u"a/b"_s; }, u"the name is"_s);
    row("a name in capitals", [](NewProvider &p) { p.name = u"Google"_s; }, u"the name is"_s);
    row("a name that begins with a digit", [](NewProvider &p) { p.name = u"2"_s; }, u"the name is"_s);
    row("a name of 33 letters", [](NewProvider &p) { p.name = QString(33, u'a'); }, u"the name is"_s);
    row("the name of a route", [](NewProvider &p) { p.name = u"start"_s; }, u"the name start is a route's own"_s);
    row("a name with a line end", [](NewProvider &p) { p.name = u"google\n"_s; }, u"the name is"_s);
    row("a label of blanks", [](NewProvider &p) { p.label = u" \u200b"_s; }, u"the label is"_s);
    row("a label of 65 letters", [](NewProvider &p) { p.label = QString(65, u'a'); }, u"the label is"_s);
    row("a label that turns the line around", [](NewProvider &p) { p.label = u"a\u202eb"_s; }, u"the label is"_s);
    row("no client id", [](NewProvider &p) { p.clientId.clear(); }, u"the client id is"_s);
    row("a client id with a line end", [](NewProvider &p) { p.clientId = u"a\r\nb"_s; }, u"the client id is"_s);
    row("no secret", [](NewProvider &p) { p.secret = {}; }, u"the client secret is"_s);
    row("a secret with a line end", [](NewProvider &p) { p.secret = SecretBytes("a\nb"_ba); }, u"the client secret is"_s);
    row("no callback", [](NewProvider &p) { p.callbacks.clear(); }, u"1 to 16 callbacks"_s);
    row("17 callbacks", [](NewProvider &p) { p.callbacks = QStringList(17, u"https://a.example/"_s); }, u"1 to 16 callbacks"_s);
    row("a callback over http", [](NewProvider &p) { p.callbacks = {u"http://app.example/back"_s}; }, u"a callback is"_s);
    row("a callback of a developer", [](NewProvider &p) { p.callbacks = {u"http://localhost:3000/back"_s}; });
    row(
        "a callback that only looks like one's own", [](NewProvider &p) { p.callbacks = {u"http://localhost.evil.example/"_s}; },
        u"a callback is"_s);
    row("a callback with a fragment", [](NewProvider &p) { p.callbacks = {u"https://app.example/#x"_s}; }, u"a callback is"_s);
    row("a callback with a user", [](NewProvider &p) { p.callbacks = {u"https://ann@app.example/"_s}; }, u"a callback is"_s);
    row("a callback of another kind", [](NewProvider &p) { p.callbacks = {u"javascript:alert(1)"_s}; }, u"a callback is"_s);
    row("no scopes", [](NewProvider &p) { p.scopes = QStringList(); }, u"the scopes are"_s);
    row("a scope of two words", [](NewProvider &p) { p.scopes = {u"openid email"_s}; }, u"the scopes are"_s);
    row("without openid", [](NewProvider &p) { p.scopes = {u"email"_s}; }, u"openid is missing"_s);
    const auto microsoft = [](NewProvider &p) {
        p.kind = ProviderKind::Microsoft;
        p.options.tenant = u"common"_s;
    };
    row("Microsoft", microsoft);
    row("Microsoft without a tenant", [](NewProvider &p) { p.kind = ProviderKind::Microsoft; }, u"the tenant is"_s);
    row(
        "Microsoft with a path",
        [](NewProvider &p) {
            p.kind = ProviderKind::Microsoft;
            p.options.tenant = u"a/../b"_s;
        },
        u"the tenant is"_s);
    row(
        "Microsoft, whose mail shall be trusted",
        [microsoft](NewProvider &p) {
            microsoft(p);
            p.trustsEmail = true;
        },
        u"never trusted"_s);
    const auto own = [](const QString &issuer) {
        return [issuer](NewProvider &p) {
            p.kind = ProviderKind::Oidc;
            p.issuer = issuer;
        };
    };
    row("a server of one's own", own(u"https://login.example.com/realms/main"_s));
    row("no issuer", own(QString()), u"the issuer is"_s);
    row("an issuer over http", own(u"http://login.example.com"_s), u"the issuer is"_s);
    row("an issuer of this machine", own(u"http://127.0.0.1:8080"_s));
    row("an issuer with a query", own(u"https://login.example.com/?a=b"_s), u"the issuer is"_s);
    row("an issuer with a fragment", own(u"https://login.example.com/#a"_s), u"the issuer is"_s);
    row("an issuer that is none", own(u"login.example.com"_s), u"the issuer is"_s);
    row("Apple", [](NewProvider &p) { p = apple(); });
    row(
        "Apple with a text for a key",
        [](NewProvider &p) {
            p = apple();
            p.secret = SecretBytes("hush"_ba);
        },
        u"the secret of Apple is the private key"_s);
    row(
        "Apple with a key of another kind",
        [](NewProvider &p) {
            p = apple();
            p.secret = SecretBytes(makeCertificate({.key = "RSA2048"}).key);
        },
        u"the secret of Apple is the private key"_s);
    row(
        "Apple without a team",
        [](NewProvider &p) {
            p = apple();
            p.options.team.clear();
        },
        u"the team is"_s);
    row(
        "Apple without a key's id",
        [](NewProvider &p) {
            p = apple();
            p.options.keyId = u"abc"_s;
        },
        u"the key id is"_s);
}

void TestProviders::faults_areSentences()
{
    QFETCH(const Spoil, spoil);
    QFETCH(const QString, says);
    NewProvider wanted = google();
    spoil(wanted);
    const auto added = add(wanted);
    QVERIFY2(added.has_value() == says.isEmpty(), added ? "it was taken" : qPrintable(added.error().detail));
    if (added)
        return;
    QCOMPARE(added.error().code, ErrorCode::InvalidInput);
    QVERIFY2(added.error().detail.contains(says), qPrintable(added.error().detail));
    QVERIFY(!added.error().detail.contains("GOCSPX"_L1));
    QVERIFY(providers().all()->isEmpty());
}

void TestProviders::names_areTakenOnce()
{
    QVERIFY(add(google()));
    QCOMPARE(add(google()).error().code, ErrorCode::Conflict);
    NewProvider second = google();
    second.name = u"google-2"_s;
    QVERIFY(add(second));
}

void TestProviders::providers_areBounded()
{
    NewProvider wanted = google();
    for (qint64 i = 0; i < Providers::most; ++i) {
        wanted.name = u"p%1"_s.arg(i);
        QVERIFY(add(wanted));
    }
    wanted.name = u"more"_s;
    QCOMPARE(add(wanted).error().code, ErrorCode::Conflict);
    QVERIFY(providers().remove(u"p0"_s, u"test"_s, {}, m_clock.now()));
    QVERIFY(add(wanted));
}

void TestProviders::edit_changesWhatIsSaid()
{
    const Provider before = add(google()).value();
    m_clock.advance(Seconds {1});
    Provider expected = before;
    expected.label = u"Sign in with Google"_s;
    expected.scopes = {u"openid"_s};
    expected.trustsEmail = false;
    expected.isEnabled = false;
    expected.updatedAt = m_clock.now();
    QCOMPARE(
        edit({.label = u" Sign in with Google "_s, .scopes = QStringList {u"openid"_s}, .trustsEmail = false, .isEnabled = false}).value(),
        expected);
    QCOMPARE(providers().find(u"google"_s).value(), std::optional(expected));
    QCOMPARE(providers().secretOf(expected)->view(), QByteArrayView("GOCSPX-hush"));
    const Provider renewed = edit({.secret = SecretBytes("GOCSPX-new"_ba)}).value();
    QCOMPARE(providers().secretOf(renewed)->view(), QByteArrayView("GOCSPX-new"));
    QCOMPARE(providers().edit(u"nobody"_s, {.isEnabled = true}, u"test"_s, m_clock.now()).error().code, ErrorCode::NotFound);
}

void TestProviders::edit_ofNothing_isNotRecorded()
{
    const Provider before = add(google()).value();
    m_clock.advance(Seconds {1});
    QCOMPARE(edit({.label = u"Google"_s, .isEnabled = true}).value(), before);
    QVERIFY(AuditStore::newest(m_world->database->reader(), std::nullopt, audit::providerChanged, 9)->isEmpty());
}

void TestProviders::edits_areJudged()
{
    const Provider before = add(google()).value();
    QCOMPARE(edit({.scopes = QStringList {u"email"_s}}).error().code, ErrorCode::InvalidInput);
    QCOMPARE(edit({.callbacks = QStringList()}).error().code, ErrorCode::InvalidInput);
    QCOMPARE(edit({.secret = SecretBytes()}).error().code, ErrorCode::InvalidInput);
    QCOMPARE(providers().find(u"google"_s).value(), std::optional(before));
}

/// Whoever can write the database makes none open as another's.
void TestProviders::secret_isSealedForItsProvider()
{
    const Provider first = add(google()).value();
    QVERIFY(!first.sealedSecret.contains("hush"));
    NewProvider wanted = google();
    wanted.name = u"other"_s;
    Provider second = add(wanted).value();
    second.sealedSecret = first.sealedSecret;
    QVERIFY(!providers().secretOf(second));
    Provider renamed = first;
    renamed.kind = ProviderKind::Oidc;
    QVERIFY(!providers().secretOf(renamed));
}

void TestProviders::rotation_keepsTheSecret()
{
    const auto head = [this] { return providers().find(u"google"_s).value()->sealedSecret.first(5).toHex(); };
    QVERIFY(add(google()));
    QCOMPARE(head(), "0200000001"_ba);
    QVERIFY(m_world->core->masterKeys.rotate(u"test"_s, m_clock.now()));
    QCOMPARE(head(), "0200000002"_ba);
    reopen();
    QCOMPARE(providers().secretOf(*providers().find(u"google"_s).value())->view(), QByteArrayView("GOCSPX-hush"));
}

void TestProviders::remove_isFinal()
{
    QVERIFY(add(google()));
    QVERIFY(providers().remove(u"google"_s, u"test"_s, {}, m_clock.now()));
    QVERIFY(!providers().find(u"google"_s).value());
    QCOMPARE(providers().remove(u"google"_s, u"test"_s, {}, m_clock.now()).error().code, ErrorCode::NotFound);
}

void TestProviders::signIns_areCounted()
{
    QVERIFY(add(google()));
    m_clock.advance(Seconds {5});
    QVERIFY(noteSignIn(u"google"_s));
    QVERIFY(noteSignIn(u"google"_s));
    const auto found = providers().find(u"google"_s).value();
    QCOMPARE(found->signIns, 2);
    QCOMPARE(found->lastSignInAt, std::optional(m_clock.now()));
    QVERIFY(edit({.isEnabled = false}));
    QCOMPARE(noteSignIn(u"google"_s).error().code, ErrorCode::NotConfigured);
    QCOMPARE(noteSignIn(u"gone"_s).error().code, ErrorCode::NotConfigured);
}

void TestProviders::strangeNames_areNobodys()
{
    for (const QString &name : {QString(), u"../google"_s, QString(100'000, u'a'), u"a\0b"_s})
        QVERIFY(!providers().find(name).value());
}

void TestProviders::changes_areRecordedWithoutSecrets()
{
    QVERIFY(add(google()));
    QVERIFY(edit({.secret = SecretBytes("GOCSPX-new"_ba), .isEnabled = false}));
    QVERIFY(providers().remove(u"google"_s, u"test"_s, {{u"identities"_s, 3}}, m_clock.now()));
    QByteArray all;
    for (const QLatin1StringView type : {audit::providerAdded, audit::providerChanged, audit::providerRemoved}) {
        const auto events = AuditStore::newest(m_world->database->reader(), std::nullopt, type, 9).value();
        QCOMPARE(events.size(), 1);
        QCOMPARE(events.first().actor, u"test"_s);
        all += QJsonDocument(events.first().details).toJson(QJsonDocument::Compact);
    }
    QVERIFY2(!all.contains("GOCSPX"), all);
    QCOMPARE(all, R"({"issuer":"https://accounts.google.com","kind":"google","provider":"google","trust_email":true})"
                  R"({"enabled":false,"provider":"google","secret":true})"
                  R"({"identities":3,"provider":"google"})"_ba);
}

QTEST_GUILESS_MAIN(TestProviders)
#include "TestProviders.moc"
