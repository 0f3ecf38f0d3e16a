#include "core/audit/AuditStore.h"
#include "core/config/SettingTable.h"
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

#include <cmath>
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
    void usersAreCounted_asTheyComeAndGo();
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
    void rotation_isOfTheKeyThatWasSeen();
    void revoke_saysHowManyItConcerns_data();
    void revoke_saysHowManyItConcerns();
    void passkeyHosts_areCounted();
    void traffic_isTold();
    void traffic_isToldInSteps_data();
    void traffic_isToldInSteps();
    void trends_areOfTwoDays();
    void settings_areTold();
    void settings_areToldWithTheirRules();
    void settings_areChecked_andNotStored();
    void storedSettings_areRecorded_butNoSecret();
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
    QVERIFY(!told->p99); // no request came by HTTP
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

void TestLocalConsole::usersAreCounted_asTheyComeAndGo()
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

/// Two admins who saw the same key rotate it once.
void TestLocalConsole::rotation_isOfTheKeyThatWasSeen()
{
    const QString seen = m_w->world.keys.ring()->current(KeyPurpose::Access).kid;
    const RotateKey order {.purpose = KeyPurpose::Access, .kid = seen};
    const auto fresh = got(m_w->console.ask(order));
    QVERIFY(fresh);
    const qsizetype keys = m_w->world.keys.ring()->keys.size();
    for (const QString &kid : {seen, m_w->world.keys.ring()->current(KeyPurpose::Refresh).kid, u"nonsense"_s})
        QCOMPARE(got(m_w->console.ask(RotateKey {.purpose = KeyPurpose::Access, .kid = kid})).error().code, ErrorCode::Conflict);
    QCOMPARE(m_w->world.keys.ring()->current(KeyPurpose::Access).kid, fresh->kid);
    QCOMPARE(m_w->world.keys.ring()->keys.size(), keys);
    QVERIFY(got(m_w->console.ask(RotateKey {.purpose = KeyPurpose::Access, .kid = fresh->kid})));
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

void TestLocalConsole::traffic_isToldInSteps_data()
{
    QTest::addColumn<qint64>("window");
    QTest::addColumn<int>("steps");
    QTest::addColumn<qint64>("length");
    QTest::newRow("nothing") << qint64(0) << 1 << qint64(5);
    QTest::newRow("10 min") << qint64(600) << 120 << qint64(5);
    QTest::newRow("1 h") << qint64(3600) << 60 << qint64(60);
    QTest::newRow("24 h") << qint64(86'400) << 144 << qint64(600);
    QTest::newRow("7 d") << qint64(7 * 86'400) << 168 << qint64(3600);
    QTest::newRow("30 d") << qint64(30 * 86'400) << 180 << qint64(4 * 3600);
    QTest::newRow("a hundred years") << qint64(36'500 * qint64(86'400)) << 186 << qint64(4 * 3600);
}

void TestLocalConsole::traffic_isToldInSteps()
{
    QFETCH(qint64, window);
    QFETCH(int, steps);
    QFETCH(qint64, length);
    TrafficHistory &history = m_w->world.core->trafficHistory;
    m_w->traffic.record(Outcome::Succeeded, std::chrono::milliseconds {2}, m_w->clock.now());
    QVERIFY(history.keep({}, m_w->clock.now()));
    m_w->traffic.record(Outcome::Failed, std::chrono::milliseconds {2}, m_w->clock.now()); // one on disk, one in memory
    m_w->traffic.recordSignIn(Outcome::Refused, m_w->clock.now());
    const auto told = got(m_w->console.ask(ReadTraffic {.window = Seconds {window}}));
    QVERIFY(told);
    QCOMPARE(told->size(), steps);
    QCOMPARE(ReadTraffic::stepOf(std::min(Seconds {window}, ReadTraffic::longest)), Seconds {length});
    if (steps > 1)
        QCOMPARE(told->at(1).from, told->at(0).from + Seconds {length});
    QCOMPARE(told->last().ok, 1);
    QCOMPARE(told->last().failed, 1);
    QCOMPARE(told->last().failedSignIns, 1);
    QVERIFY(std::abs(told->last().p99 / 2 - 1) < 0.1);
}

void TestLocalConsole::trends_areOfTwoDays()
{
    TrafficHistory &history = m_w->world.core->trafficHistory;
    const auto pass = [&](std::chrono::minutes time, qint64 sessions) {
        QVERIFY(history.keep(ServerLevels {.sessions = sessions, .users = 2}, m_w->clock.now()));
        m_w->clock.advance(time);
    };
    m_w->traffic.record(Outcome::Limited, std::chrono::milliseconds {2}, m_w->clock.now());
    m_w->traffic.recordSignIn(Outcome::Succeeded, m_w->clock.now());
    pass(std::chrono::hours {24}, 40); // a day before
    m_w->traffic.record(Outcome::Succeeded, std::chrono::milliseconds {2}, m_w->clock.now());
    m_w->traffic.recordRefresh(Outcome::Succeeded, m_w->clock.now());
    pass(std::chrono::minutes {0}, 44);
    const auto told = got(m_w->console.ask(ReadTrends {}));
    QVERIFY(told);
    QCOMPARE(told->size(), 96);
    const auto halfHour = [](TimePoint from, qint64 sessions) {
        return TrendView {.from = from, .requests = 1, .tokens = 1, .sessions = sessions, .users = 2};
    };
    TrendView before = halfHour(told->at(47).from, 40);
    before.signIns = before.limited = 1;
    QVERIFY(told->at(47) == before);
    QVERIFY(told->last() == halfHour(told->last().from, 44));
    QVERIFY(told->first() == TrendView {.from = told->first().from}); // nobody was asked anything, and no server ran
    QVERIFY(told->last().from <= m_w->clock.now());
    QVERIFY(told->last().from + std::chrono::minutes {30} > m_w->clock.now());
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

/// What a page needs to offer the right editor, and to say when a change acts, is what the table says.
void TestLocalConsole::settings_areToldWithTheirRules()
{
    const auto told = got(m_w->console.ask(ListSettings {})).value();
    const auto of = [&told](const QString &key) { return *std::ranges::find(told, key, &SettingView::key); };
    QCOMPARE(told.size(), qsizetype(settingTable.size()));
    for (const SettingDefinition &each : settingTable) {
        QCOMPARE(of(each.key.toString()).type, each.type);
        QCOMPARE(of(each.key.toString()).effect, each.effect);
        QCOMPARE(of(each.key.toString()).secret, each.rules.secret);
    }
    QCOMPARE(of(u"log.level"_s).choices, (QStringList {u"debug"_s, u"info"_s, u"warning"_s, u"error"_s}));
    QVERIFY(of(u"http.threads"_s).most == 64);
    QVERIFY(of(u"keys.access_rotation"_s).least == 86'400);
    QVERIFY(of(u"keys.access_rotation"_s).mayBeNever);
    QVERIFY(!of(u"http.listen"_s).least); // how many items, not which number
}

void TestLocalConsole::settings_areChecked_andNotStored()
{
    const auto faults = got(m_w->console.ask(CheckSettings {.choices = {{.key = u"http.threads"_s, .value = u"many"_s},
                                                                        {.key = u"log.level"_s, .value = u"debug"_s},
                                                                        {.key = u"no.such"_s, .value = u"1"_s},
                                                                        {.key = u"http.listen"_s}}}))
                            .value();
    QCOMPARE(faults.size(), 2);
    QCOMPARE(faults[0].key, u"http.threads"_s);
    QCOMPARE(faults[0].message, u"must be a whole number from 0 to 64"_s);
    QCOMPARE(faults[1].key, u"no.such"_s);
}

void TestLocalConsole::storedSettings_areRecorded_butNoSecret()
{
    QVERIFY(got(m_w->console.ask(StoreSettings {.choices = {{.key = u"log.level"_s, .value = u"debug"_s},
                                                            {.key = u"metrics.token"_s, .value = u"0123456789abcdef"_s},
                                                            {.key = u"http.threads"_s}}})));
    const auto record = AuditStore::newest(m_w->world.database->reader(), {}, audit::settingsChanged, 10).value();
    QCOMPARE(record.size(), 1);
    QCOMPARE(record.first().actor, u"console"_s);
    QVERIFY(record.first().details
            == (QJsonObject {{u"log.level"_s, u"debug"_s}, {u"metrics.token"_s, u"(secret)"_s}, {u"http.threads"_s, u"(default)"_s}}));
}

void TestLocalConsole::edits_areToldAndRecorded()
{
    const Id ann = m_w->join(u"ann@example.com"_s).user.id;
    const quint64 start = got(m_w->console.ask(ChangesSince {.position = 0}))->position;
    QVERIFY(got(m_w->console.ask(EditUser {.user = ann, .edit = {.addRoles = {u"admin"_s}}})));
    QVERIFY(!got(m_w->console.ask(EditUser {.user = ann, .edit = {.email = u"ann"_s}})));
    const auto told = got(m_w->console.ask(ChangesSince {.position = start}));
    QCOMPARE(told->changes.size(), 2);
    QVERIFY(std::holds_alternative<ActivityRecorded>(told->changes.last()));
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
    QCOMPARE(got(m_w->console.ask(AddToImport {.import = imports.first(), .users = {}})).error().code, ErrorCode::NotFound); // not the rest
    QCOMPARE(got(m_w->console.ask(FinishImport {.import = imports.first()})).error().code, ErrorCode::NotFound);
    QVERIFY(got(m_w->console.ask(FinishImport {.import = imports[1]})));
    QCOMPARE(got(m_w->console.ask(AddToImport {.import = imports[1], .users = {}})).error().code, ErrorCode::NotFound);
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
    QCOMPARE(told->changes.size(), 8); // each of the three with its record
    QCOMPARE(std::get<UserView>(told->changes[0]).email, u"ann@example.com"_s);
    QCOMPARE(std::get<SessionView>(told->changes[1]).id, ann.session.id);
    QCOMPARE(std::get<UserSignedIn>(told->changes[2]).id, ann.user.id);
    QVERIFY(std::holds_alternative<KeysChanged>(told->changes[4]));
    QCOMPARE(std::get<SessionGone>(told->changes[6]).reason, u"admin"_s);
    for (const int record : {3, 5, 7})
        QVERIFY(std::holds_alternative<ActivityRecorded>(told->changes[record]));
    QVERIFY(got(m_w->console.ask(ChangesSince {.position = told->position}))->changes.isEmpty());
}

QTEST_GUILESS_MAIN(TestLocalConsole)
#include "TestLocalConsole.moc"
