#include "core/audit/AuditStore.h"
#include "core/console/SignInsToday.h"
#include "core/console/orders/Imports.h"
#include "core/console/orders/Keys.h"
#include "core/console/orders/Passkeys.h"
#include "core/credentials/PasskeyStore.h"
#include "core/storage/Database.h"
#include "tests/support/ConsoleWorld.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>

#include <memory>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// The façade on a real database: what it tells, what it does, what it refuses.
class TestLocalConsole : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_w = std::make_unique<ConsoleWorld>(); }
    void cleanup() { m_w.reset(); }

    void overview_tellsTheNumbers();
    void overview_tellsOfTheServer_whenTheDatabaseIsAway();
    void signInsToday_areOfTheRecord();
    void usersAreCounted_withoutAScan();
    void server_isStartedAndStopped();
    void users_areFound();
    void users_areCreated_data();
    void users_areCreated();
    void disabling_endsSessionsAtOnce();
    void password_isSetAndEndsSessions();
    void removing_takesEverything();
    void unknownUsers_areNotFound_data();
    void unknownUsers_areNotFound();
    void keys_rotateWithoutSigningOut_data();
    void keys_rotateWithoutSigningOut();
    void revoke_saysHowManyItConcerns_data();
    void revoke_saysHowManyItConcerns();
    void passkeyHosts_areCounted();
    void traffic_isTold();
    void settings_areTold();
    void edits_areToldAndRecorded();
    void roles_reachTheNextTokens();
    void imports_beyondFour_forgetTheOldest();
    void changes_areTold();

private:
    bool isGood(const TokenPair &pair) { return m_w->world.isGood(pair.accessToken); }
    std::unique_ptr<ConsoleWorld> m_w;
};

void TestLocalConsole::overview_tellsTheNumbers()
{
    m_w->join(u"ann@example.com"_s);
    m_w->join(u"bob@example.com"_s);
    QVERIFY(!m_w->world.login(u"ann@example.com"_s, u"wrong"_s));
    const auto told = got(m_w->console.ask(ReadOverview {}));
    QVERIFY(told);
    QCOMPARE(told->counts->liveSessions, 2);
    QCOMPARE(told->counts->users, 2);
    QCOMPARE(told->counts->signInsToday, 2);
    QCOMPARE(told->counts->failedSignInsToday, 1);
    QCOMPARE(told->limitedNow, 0);
    QCOMPARE(told->server.url, u"http://localhost:1"_s);
    QCOMPARE(told->signingKeySince, m_w->world.keys.ring()->current(KeyPurpose::Access).createdAt);
}

void TestLocalConsole::overview_tellsOfTheServer_whenTheDatabaseIsAway()
{
    const QString path = m_w->world.database->path();
    QVERIFY(QFile::rename(path, path + u".away"_s)); // before a thread of the console has opened it
    const auto told = got(m_w->console.ask(ReadOverview {}));
    QVERIFY(QFile::rename(path + u".away"_s, path));
    QVERIFY(told && !told->counts);
    QCOMPARE(told->server.url, u"http://localhost:1"_s);
    QVERIFY(got(m_w->console.ask(ReadOverview {}))->counts);
}

void TestLocalConsole::signInsToday_areOfTheRecord()
{
    const auto midnight = QDateTime::fromMSecsSinceEpoch(toMilliseconds(m_w->clock.now())).date().addDays(1).startOfDay();
    m_w->clock.advance(Milliseconds {midnight.toMSecsSinceEpoch() - toMilliseconds(m_w->clock.now()) - 1});
    m_w->join(u"ann@example.com"_s); // the last millisecond of a day
    QCOMPARE(got(m_w->console.ask(ReadOverview {}))->counts->signInsToday, 1);
    m_w->clock.advance(Milliseconds {1});
    QCOMPARE(got(m_w->console.ask(ReadOverview {}))->counts->signInsToday, 0);
    for (int minute = 0; minute < 10; ++minute) { // some are counted once, the newest anew
        QVERIFY(m_w->world.login(u"ann@example.com"_s));
        QVERIFY(!m_w->world.login(u"nobody@example.com"_s));
        QCOMPARE(got(m_w->console.ask(ReadOverview {}))->counts->signInsToday, minute + 1);
        QCOMPARE(got(m_w->console.ask(ReadOverview {}))->counts->failedSignInsToday, minute + 1);
        m_w->clock.advance(std::chrono::minutes {1});
    }
    SignInsToday afterRestart;
    QCOMPARE(afterRestart.count(m_w->world.database->reader(), m_w->clock.now())->succeeded, 10);
    m_w->clock.advance(-std::chrono::minutes {5}); // the clock is set back
    QCOMPARE(got(m_w->console.ask(ReadOverview {}))->counts->signInsToday, 10);
}

void TestLocalConsole::usersAreCounted_withoutAScan()
{
    const Id ann = m_w->join(u"ann@example.com"_s).user.id;
    m_w->join(u"bob@example.com"_s);
    QCOMPARE(got(m_w->console.ask(ReadOverview {}))->counts->users, 2);
    QCOMPARE(got(m_w->console.ask(CountUsers {})), 2);
    QCOMPARE(got(m_w->console.ask(CountUsers {.text = u"ANN"_s})), 1);
    QVERIFY(got(m_w->console.ask(RemoveUser {.user = ann})));
    QCOMPARE(got(m_w->console.ask(ReadOverview {}))->counts->users, 1);
    QCOMPARE(got(m_w->console.ask(CountUsers {.text = u"ann"_s})), 0);
    QVERIFY(!got(m_w->console.ask(
        CreateUser {.user = {.email = u"bob@example.com"_s, .name = {}, .password = password, .roles = {}, .passwordHash = {}}})));
    QCOMPARE(got(m_w->console.ask(ReadOverview {}))->counts->users, 1); // what was undone was not counted
}

void TestLocalConsole::server_isStartedAndStopped()
{
    QCOMPARE(got(m_w->console.ask(StopServer {}))->state, ServerState::Stopped);
    m_w->server.problem = u"port 8000 is taken"_s;
    QCOMPARE(got(m_w->console.ask(StartServer {})).error().detail, u"port 8000 is taken"_s);
    m_w->server.problem.clear();
    QCOMPARE(got(m_w->console.ask(StartServer {}))->state, ServerState::Running);
}

void TestLocalConsole::users_areFound()
{
    const Id ann = m_w->join(u"Ann@Example.com"_s).user.id;
    QCOMPARE(got(m_w->console.ask(FindUser {.user = u" ann@example.COM"_s}))->id, ann);
    QCOMPARE(got(m_w->console.ask(FindUser {.user = ann.toString()}))->email, u"Ann@Example.com"_s);
    for (const QString &unknown : {u"bob@example.com"_s, Id::create(m_w->clock.now()).toString(), u"no address"_s, QString()})
        QCOMPARE(got(m_w->console.ask(FindUser {.user = unknown})).error().code, ErrorCode::NotFound);
}

void TestLocalConsole::users_areCreated_data()
{
    QTest::addColumn<NewUser>("user");
    QTest::addColumn<int>("code");
    const auto row = [](const char *name, const NewUser &user, ErrorCode code) { QTest::newRow(name) << user << int(code); };
    constexpr auto fine = ErrorCode(-1);
    row("as it should be",
        {.email = u"bob@example.com"_s, .name = u"Bob"_s, .password = password, .roles = {u"admin"_s}, .passwordHash = {}}, fine);
    row("with a hash from elsewhere",
        {.email = u"bob@example.com"_s,
         .name = {},
         .password = {},
         .roles = {},
         .passwordHash = u"$2b$04$abcdefghijklmnopqrstuuGcJYgSW1sDbAGLM0s8g1pcVXTY1ZwGG"_s},
        fine);
    row("a taken address", {.email = u"ANN@example.com"_s, .name = {}, .password = password, .roles = {}, .passwordHash = {}},
        ErrorCode::EmailTaken);
    row("a short password", {.email = u"bob@example.com"_s, .name = {}, .password = u"short"_s, .roles = {}, .passwordHash = {}},
        ErrorCode::InvalidInput);
    row("no address", {.email = u"bob"_s, .name = {}, .password = password, .roles = {}, .passwordHash = {}}, ErrorCode::InvalidInput);
    row("a foreign hash", {.email = u"bob@example.com"_s, .name = {}, .password = {}, .roles = {}, .passwordHash = u"$6$salt$hash"_s},
        ErrorCode::InvalidInput);
}

void TestLocalConsole::users_areCreated()
{
    QFETCH(NewUser, user);
    QFETCH(int, code);
    m_w->join(u"ann@example.com"_s);
    const auto made = got(m_w->console.ask(CreateUser {.user = user}));
    QCOMPARE(made ? -1 : int(made.error().code), code);
    const auto found = got(m_w->console.ask(FindUser {.user = u"bob@example.com"_s}));
    QCOMPARE(found.has_value(), made.has_value());
    if (made)
        QCOMPARE(*found, *made);
    QCOMPARE(m_w->world.accounts.count(), made ? 2 : 1);
}

void TestLocalConsole::disabling_endsSessionsAtOnce()
{
    const TokenPair ann = m_w->join(u"ann@example.com"_s);
    QVERIFY(isGood(ann));
    QVERIFY(got(m_w->console.ask(SetUserDisabled {.user = ann.user.id, .disabled = true}))->disabled);
    QVERIFY(!isGood(ann));
    QCOMPARE(m_w->world.login(u"ann@example.com"_s).error().code, ErrorCode::AccountDisabled);
    QVERIFY(!got(m_w->console.ask(SetUserDisabled {.user = ann.user.id, .disabled = false}))->disabled);
    QVERIFY(m_w->world.login(u"ann@example.com"_s));
    QVERIFY(!isGood(ann));
}

void TestLocalConsole::password_isSetAndEndsSessions()
{
    const TokenPair ann = m_w->join(u"ann@example.com"_s);
    QCOMPARE(got(m_w->console.ask(SetUserPassword {.user = ann.user.id, .password = u"short"_s})).error().code, ErrorCode::InvalidInput);
    QVERIFY(isGood(ann));
    QVERIFY(got(m_w->console.ask(SetUserPassword {.user = ann.user.id, .password = u"another long sentence"_s})));
    QVERIFY(!isGood(ann));
    QVERIFY(!m_w->world.login(u"ann@example.com"_s));
    QVERIFY(m_w->world.login(u"ann@example.com"_s, u"another long sentence"_s));
}

void TestLocalConsole::removing_takesEverything()
{
    const TokenPair ann = m_w->join(u"ann@example.com"_s);
    QVERIFY(got(m_w->console.ask(RemoveUser {.user = ann.user.id})));
    QVERIFY(!isGood(ann));
    QCOMPARE(got(m_w->console.ask(FindUser {.user = u"ann@example.com"_s})).error().code, ErrorCode::NotFound);
    QCOMPARE(m_w->world.accounts.count(), 0);
    QCOMPARE(got(m_w->console.ask(ReadOverview {}))->counts->liveSessions, 0);
    m_w->join(u"ann@example.com"_s);
}

void TestLocalConsole::unknownUsers_areNotFound_data()
{
    QTest::addColumn<std::function<ErrorCode(Console &, Id)>>("ask");
    const auto row = [](const char *name, const std::function<ErrorCode(Console &, Id)> &ask) { QTest::newRow(name) << ask; };
    row("disable", [](Console &console, Id id) { return got(console.ask(SetUserDisabled {.user = id, .disabled = true})).error().code; });
    row("enable", [](Console &console, Id id) { return got(console.ask(SetUserDisabled {.user = id, .disabled = false})).error().code; });
    row("password",
        [](Console &console, Id id) { return got(console.ask(SetUserPassword {.user = id, .password = password})).error().code; });
    row("remove", [](Console &console, Id id) { return got(console.ask(RemoveUser {.user = id})).error().code; });
}

void TestLocalConsole::unknownUsers_areNotFound()
{
    QFETCH(std::function<ErrorCode(Console &, Id)>, ask);
    QCOMPARE(ask(m_w->console, Id::create(m_w->clock.now())), ErrorCode::NotFound);
    QCOMPARE(got(m_w->console.ask(EndSessionsOf {.user = Id::create(m_w->clock.now())})).value_or(-1), 0);
}

void TestLocalConsole::keys_rotateWithoutSigningOut_data()
{
    QTest::addColumn<KeyPurpose>("purpose");
    QTest::newRow("access") << KeyPurpose::Access;
    QTest::newRow("refresh") << KeyPurpose::Refresh;
    QTest::newRow("csrf") << KeyPurpose::Csrf;
}

void TestLocalConsole::keys_rotateWithoutSigningOut()
{
    QFETCH(KeyPurpose, purpose);
    const TokenPair ann = m_w->join(u"ann@example.com"_s);
    const auto before = got(m_w->console.ask(ListKeys {}));
    QCOMPARE(before->size(), 4); // one stands by
    m_w->clock.advance(Seconds {1});
    const auto fresh = got(m_w->console.ask(RotateKey {.purpose = purpose}));
    QCOMPARE(fresh->purpose, purpose);
    QCOMPARE(fresh->state, KeyState::Current);
    QCOMPARE(fresh->rotatesAt, m_w->clock.now() + std::chrono::days {90});
    const auto after = got(m_w->console.ask(ListKeys {}));
    QCOMPARE(after->size(), 5);
    QCOMPARE(std::ranges::count(*after, KeyState::Retiring, &KeyView::state), 1);
    const auto old = std::ranges::find(*after, KeyState::Retiring, &KeyView::state);
    QCOMPARE(old->purpose, purpose);
    for (const KeyView &key : *after)
        QCOMPARE(key.rotatesAt.has_value(), key.state == KeyState::Current);
    QVERIFY(old->verifyUntil > m_w->clock.now() + std::chrono::minutes {15});
    QVERIFY(isGood(ann));
    QVERIFY(m_w->sessions.refresh(ann.refreshToken, {}, m_w->clock.now()));
}

void TestLocalConsole::revoke_saysHowManyItConcerns_data()
{
    QTest::addColumn<KeyPurpose>("purpose");
    QTest::addColumn<KeyState>("state");
    QTest::addColumn<int>("concerned"); // of five sessions: one of half an hour ago, two before the rotation, two after it
    QTest::addColumn<int>("live");      // afterwards
    QTest::newRow("access, the one that signs") << KeyPurpose::Access << KeyState::Current << 2 << 5;
    QTest::newRow("access, one that verifies") << KeyPurpose::Access << KeyState::Retiring << 2 << 5;
    QTest::newRow("access, the one that stands by") << KeyPurpose::Access << KeyState::Standby << 0 << 5;
    QTest::newRow("refresh, the one that signs") << KeyPurpose::Refresh << KeyState::Current << 2 << 3;
    QTest::newRow("refresh, one that verifies") << KeyPurpose::Refresh << KeyState::Retiring << 3 << 2;
    QTest::newRow("csrf, the one that signs") << KeyPurpose::Csrf << KeyState::Current << 5 << 5;
}

void TestLocalConsole::revoke_saysHowManyItConcerns()
{
    QFETCH(KeyPurpose, purpose);
    QFETCH(KeyState, state);
    QList<TokenPair> pairs {m_w->join(u"old@example.com"_s)};
    m_w->clock.advance(std::chrono::minutes {30});
    pairs += m_w->join(u"ann@example.com"_s);
    pairs += m_w->join(u"bob@example.com"_s);
    m_w->clock.advance(Seconds {1});
    QVERIFY(got(m_w->console.ask(RotateKey {.purpose = KeyPurpose::Access})));
    QVERIFY(got(m_w->console.ask(RotateKey {.purpose = KeyPurpose::Refresh})));
    m_w->clock.advance(Seconds {1});
    pairs += m_w->join(u"carl@example.com"_s);
    pairs += m_w->join(u"dora@example.com"_s);
    m_w->clock.advance(Seconds {1});
    const auto keys = got(m_w->console.ask(ListKeys {}));
    const auto key = std::ranges::find_if(*keys, [&](const KeyView &each) { return each.purpose == purpose && each.state == state; });
    QTEST(int(key->sessions), "concerned");
    const quint64 start = got(m_w->console.ask(ChangesSince {.position = 0}))->position;
    const auto revoked = got(m_w->console.ask(RevokeKey {.kid = key->kid}));
    QVERIFY(revoked);
    QCOMPARE(revoked->state, KeyState::Revoked);
    QTEST(int(revoked->sessions), "concerned");
    QVERIFY(std::holds_alternative<KeysChanged>(got(m_w->console.ask(ChangesSince {.position = start}))->changes.first()));
    QTEST(int(got(m_w->console.ask(ListSessions {.limit = 100}))->rows.size()), "live");
    int refreshed = 0;
    for (const TokenPair &pair : pairs)
        refreshed += m_w->sessions.refresh(pair.refreshToken, {}, m_w->clock.now()).has_value();
    QTEST(refreshed, "live"); // what is shown as live is; what cannot refresh is not shown
    QCOMPARE(got(m_w->console.ask(RevokeKey {.kid = u"nonsense"_s})).error().code, ErrorCode::NotFound);
    QVERIFY(got(m_w->console.ask(RevokeKey {.kid = key->kid})));
}

void TestLocalConsole::passkeyHosts_areCounted()
{
    QCOMPARE(got(m_w->console.ask(ListPasskeyHosts {})).value(), (QList<PasskeyHostView> {{.rpId = u"localhost"_s, .current = true}}));
    const Id ann = m_w->join(u"ann@example.com"_s).user.id;
    const Id bob = m_w->join(u"bob@example.com"_s).user.id;
    const auto stored = m_w->world.database->write([&](Transaction &transaction) {
        const auto add = [&](Id user, const QByteArray &credential, const QString &rpId) {
            return PasskeyStore::insert(transaction, {.id = Id::create(m_w->clock.now()),
                                                      .user = user,
                                                      .credentialId = credential,
                                                      .publicKey = "x"_ba,
                                                      .aaguid = "x"_ba,
                                                      .rpId = rpId});
        };
        return add(ann, "1", u"localhost"_s).and_then([&] { return add(ann, "2", u"localhost"_s); }).and_then([&] {
            return add(bob, "3", u"old.example"_s);
        });
    });
    QVERIFY(stored);
    QCOMPARE(got(m_w->console.ask(ListPasskeyHosts {})).value(),
             (QList<PasskeyHostView> {{.rpId = u"localhost"_s, .current = true, .passkeys = 2, .users = 1},
                                      {.rpId = u"old.example"_s, .current = false, .passkeys = 1, .users = 1}}));
}

void TestLocalConsole::traffic_isTold()
{
    m_w->traffic.record(Outcome::Succeeded, std::chrono::microseconds {1000}, m_w->clock.now());
    m_w->traffic.record(Outcome::Limited, std::chrono::microseconds {1000}, m_w->clock.now());
    const auto told = got(m_w->console.ask(ReadTraffic {.window = Seconds {60}}));
    QCOMPARE(told->last().ok, 1);
    QCOMPARE(told->last().limited, 1);
    QVERIFY(told->last().p50 > 0);
}

void TestLocalConsole::settings_areTold()
{
    const auto told = got(m_w->console.ask(ListSettings {}));
    const auto listen = std::ranges::find(*told, u"http.listen"_s, &SettingView::key);
    QVERIFY(listen != told->end());
    QCOMPARE(listen->value, u"127.0.0.1:8000"_s);
    QCOMPARE(listen->source, SettingSource::Default);
    QVERIFY(!listen->text.isEmpty());
}

void TestLocalConsole::edits_areToldAndRecorded()
{
    const Id ann = m_w->join(u"ann@example.com"_s).user.id;
    const quint64 start = got(m_w->console.ask(ChangesSince {.position = 0}))->position;
    QVERIFY(got(m_w->console.ask(EditUser {.user = ann, .edit = {.addRoles = {u"admin"_s}}})));
    QVERIFY(!got(m_w->console.ask(EditUser {.user = ann, .edit = {.email = u"ann"_s}})));
    const auto told = got(m_w->console.ask(ChangesSince {.position = start}));
    QCOMPARE(told->changes.size(), 1);
    QCOMPARE(std::get<UserView>(told->changes.first()).roles, QStringList {u"admin"_s});
    const auto record = AuditStore::newest(m_w->world.database->reader(), ann, audit::userChanged, 10).value();
    QCOMPARE(record.size(), 1);
    QCOMPARE(record.first().actor, u"console"_s);
}

void TestLocalConsole::roles_reachTheNextTokens()
{
    const TokenPair before = m_w->join(u"ann@example.com"_s);
    QVERIFY(got(m_w->console.ask(EditUser {.user = before.user.id, .edit = {.roles = QStringList {u"admin"_s}}})));
    const auto after = m_w->sessions.refresh(before.refreshToken, m_w->world.client, m_w->clock.now());
    QVERIFY(after);
    const auto claims =
        QJsonDocument::fromJson(QByteArray::fromBase64(after->accessToken.split('.').value(1), QByteArray::Base64UrlEncoding)).object();
    QCOMPARE(claims["roles"_L1].toArray(), QJsonArray {u"admin"_s});
}

void TestLocalConsole::imports_beyondFour_forgetTheOldest()
{
    QList<Id> imports;
    for (int i = 0; i < 5; ++i) {
        imports += Id::create(m_w->clock.now());
        QVERIFY(got(m_w->console.ask(AddToImport {.import = imports.last(), .users = {}})));
    }
    QCOMPARE(got(m_w->console.ask(FinishImport {.import = imports.first()})).error().code, ErrorCode::NotFound);
    QVERIFY(got(m_w->console.ask(FinishImport {.import = imports[1]})));
    QCOMPARE(got(m_w->console.ask(AddToImport {.import = imports[1], .users = QList<ImportedUser>(501)})).error().code,
             ErrorCode::InvalidInput);
}

void TestLocalConsole::changes_areTold()
{
    const quint64 start = got(m_w->console.ask(ChangesSince {.position = 0}))->position;
    const TokenPair ann = m_w->join(u"ann@example.com"_s);
    QVERIFY(got(m_w->console.ask(RotateKey {.purpose = KeyPurpose::Access})));
    QCOMPARE(got(m_w->console.ask(EndSessionsOf {.user = ann.user.id})).value_or(-1), 1);
    const auto told = got(m_w->console.ask(ChangesSince {.position = start}));
    QVERIFY(!told->missedSome);
    QCOMPARE(told->changes.size(), 5);
    QCOMPARE(std::get<UserView>(told->changes[0]).email, u"ann@example.com"_s);
    QCOMPARE(std::get<SessionView>(told->changes[1]).id, ann.session.id);
    QCOMPARE(std::get<UserSignedIn>(told->changes[2]).id, ann.user.id);
    QVERIFY(std::holds_alternative<KeysChanged>(told->changes[3]));
    QCOMPARE(std::get<SessionGone>(told->changes[4]).reason, u"admin"_s);
    QVERIFY(got(m_w->console.ask(ChangesSince {.position = told->position}))->changes.isEmpty());
}

QTEST_GUILESS_MAIN(TestLocalConsole)
#include "TestLocalConsole.moc"
