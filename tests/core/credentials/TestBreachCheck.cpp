#include "core/config/Settings.h"
#include "core/credentials/BreachCheck.h"
#include "core/signin/AccountChanges.h"
#include "core/signin/Registration.h"
#include "core/telemetry/Health.h"
#include "tests/support/LogCapture.h"
#include "tests/support/RangeServer.h"
#include "tests/support/WorldTest.h"

#include <QCryptographicHash>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

namespace {

const QString known = u"four known words together"_s;
const QString whole = u"L\u00f6we, B\u00e4r und Giraffe"_s;
const QString inPieces = u"Lo\u0308we, Ba\u0308r und Giraffe"_s;

QByteArray hashOf(const QString &password)
{
    return QCryptographicHash::hash(password.toUtf8(), QCryptographicHash::Sha1).toHex().toUpper();
}

} // namespace

/// New passwords that data breaches have made known.
class TestBreachCheck : public WorldTest
{
    Q_OBJECT
private Q_SLOTS:
    void list_isRead_data();
    void list_isRead();
    void answer_decides_data();
    void answer_decides();
    void onlyFiveDigits_leaveTheMachine();
    void silence_isNotWaitedForAgain();
    void admins_areRefusedAsWell();
    void imports_areNotAsked();
    void switchedOff_nobodyIsAsked();
    void settings_sayIt();

private:
    std::optional<Fault> check(const QString &wanted) { return m_check->faultOf(u"password"_s, wanted, m_clock.now()); }
    void use(RangeServer &server, Milliseconds longest = Seconds {60})
    {
        m_check = std::make_unique<BreachCheck>(BreachPolicy {.isOn = true, .url = server.url(), .longest = longest}, m_client, m_health);
    }

    const HttpsClient m_client;
    Health m_health;
    std::unique_ptr<BreachCheck> m_check;
};

void TestBreachCheck::list_isRead_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<int>("found"); // -1: it is no list
    const QByteArray rest = QByteArray(34, 'A') + 'B';
    const QByteArray other(35, 'C');
    const auto row = [](const char *name, const QByteArray &answer, int found) { QTest::newRow(name) << answer << found; };
    row("among others", other + ":3\r\n" + rest + ":42\r\n" + other + ":0", 1);
    row("alone", rest + ":1", 1);
    row("in small letters", rest.toLower() + ":1\n", 1);
    row("others only", other + ":3\r\n", 0);
    row("as padding", rest + ":0\r\n", 0);
    row("as padding, and in earnest", rest + ":0\r\n" + rest + ":7\r\n", 1);
    row("often", rest + ":52256179\r\n", 1);
    row("a digit short", rest.chopped(1) + ":3\r\n" + other + ":1", 0);
    row("a digit more", rest + "0:3\r\n" + other + ":1", 0);
    row("without a number", rest + ":\r\n" + other + ":1", 0);
    row("with a negative number", rest + ":-1\r\n" + other + ":1", 0);
    row("nothing", {}, -1);
    row("a page", "<html>\n<p>Sign in to this network</p>\n</html>", -1);
    row("JSON", "{\"detail\":\"Not Found\"}", -1);
    row("no digits", QByteArray(35, 'x') + ":1", -1);
    row("lines without an end", QByteArray(100'000, '\n'), -1);
}

void TestBreachCheck::list_isRead()
{
    QFETCH(const QByteArray, answer);
    const auto found = isInRange(answer, QByteArray(34, 'A') + 'B');
    QTEST(found ? int(*found) : -1, "found");
}

void TestBreachCheck::answer_decides_data()
{
    using enum RangeServer::Answers;
    QTest::addColumn<RangeServer::Answers>("how");
    QTest::addColumn<QString>("wanted");
    QTest::addColumn<bool>("refused");
    QTest::addColumn<bool>("failed");
    QTest::newRow("known") << Rightly << known << true << false;
    QTest::newRow("not known") << Rightly << u"four others that nobody knows"_s << false << false;
    QTest::newRow("known, in small letters") << InSmallLetters << known << true << false;
    QTest::newRow("letters in pieces are whole ones") << Rightly << inPieces << true << false;
    QTest::newRow("whole letters") << Rightly << whole << true << false;
    QTest::newRow("503") << Unavailable << known << false << true;
    QTest::newRow("a page of somebody else") << Nonsense << known << false << true;
    QTest::newRow("a redirect") << ByRedirect << known << false << true;
    QTest::newRow("a huge answer") << Hugely << known << false << true;
}

void TestBreachCheck::answer_decides()
{
    QFETCH(const RangeServer::Answers, how);
    QFETCH(const QString, wanted);
    QFETCH(const bool, refused);
    QFETCH(const bool, failed);
    RangeServer server({known, whole});
    server.answer(how);
    use(server);
    const auto fault = check(wanted);
    QCOMPARE(fault.has_value(), refused);
    if (fault) {
        QCOMPARE(fault->type, u"value_error"_s);
        QCOMPARE(fault->location, (QList<QJsonValue> {u"body"_s, u"password"_s}));
        QCOMPARE(fault->message, u"Value error, this password appears in known data breaches"_s);
        QCOMPARE(fault->context, (QJsonObject {{u"code"_s, u"password_breached"_s}, {u"reason"_s, textOf(FaultReason::PasswordBreached)}}));
        QVERIFY(!fault->input);
    }
    QCOMPARE(server.asked().size(), 1); // nor did it follow anywhere
    QVERIFY(server.wantedPadding());
    QCOMPARE(m_health.has(u"breach_check_failed"), failed);
    m_health.clear(u"breach_check_failed");
}

void TestBreachCheck::onlyFiveDigits_leaveTheMachine()
{
    const LogCapture log;
    RangeServer server({known});
    use(server);
    QVERIFY(check(known));
    server.answer(RangeServer::Answers::Unavailable);
    QVERIFY(!check(known));
    const QByteArray hash = hashOf(known);
    QCOMPARE(server.asked(), (QByteArrayList {"/range/" + hash.first(5), "/range/" + hash.first(5)}));
    const QByteArray said = log.text() + m_health.problems().first().detail.toUtf8();
    QVERIFY2(!said.contains(hash.first(5)) && !said.toUpper().contains(hash.sliced(5, 8)) && !said.contains("known words"), said);
    QVERIFY(said.contains("503"));
    m_health.clear(u"breach_check_failed");
}

/// One that is slow holds few, and not for long.
void TestBreachCheck::silence_isNotWaitedForAgain()
{
    const LogCapture log;
    RangeServer server({known});
    server.answer(RangeServer::Answers::Never);
    use(server, Milliseconds {200});
    QVERIFY(!check(known));
    QVERIFY(m_health.has(u"breach_check_failed"));
    QVERIFY(!m_health.problems().first().down);
    server.answer(RangeServer::Answers::Rightly);
    m_clock.advance(BreachCheck::rest - Milliseconds {1});
    QVERIFY(!check(known));
    QCOMPARE(server.asked().size(), 1);
    m_clock.advance(Milliseconds {1});
    use(server); // it has time now
    QVERIFY(check(known));
    QCOMPARE(server.asked().size(), 2);
    QVERIFY(!m_health.has(u"breach_check_failed"));
    QCOMPARE(log.text().count("breach_check_failed"), 1);
}

void TestBreachCheck::admins_areRefusedAsWell()
{
    RangeServer server({known});
    reopen({.hashing = quickHashing, .breaches = {.isOn = true, .url = server.url(), .longest = Seconds {60}}});
    const auto refused = m_world->registration.create({.email = u"ann@example.com"_s, .password = known}, u"test"_s, m_clock.now());
    QCOMPARE(refused.error().code, ErrorCode::InvalidInput);
    QCOMPARE(refused.error().faults.first().context.value("code"_L1).toString(), u"password_breached"_s);
    QVERIFY(!m_world->accounts.findByEmail(u"ann@example.com"_s).value());
    const User ann = m_world->add(u"ann@example.com"_s);
    const auto kept = m_world->changes.setPassword(ann.id, known, u"test"_s, m_clock.now());
    QCOMPARE(kept.error().faults.first().location, (QList<QJsonValue> {u"body"_s, u"password"_s}));
    QVERIFY(m_world->login(u"ann@example.com"_s));
    const qsizetype asked = server.asked().size();
    QVERIFY(!m_world->changes.setPassword(ann.id, u"short", u"test"_s, m_clock.now()));
    QVERIFY(!m_world->registration.create({.email = u"no address"_s, .password = known}, u"test"_s, m_clock.now()));
    QCOMPARE(server.asked().size(), asked); // who is refused anyway is not asked about
}

void TestBreachCheck::imports_areNotAsked()
{
    RangeServer server({known});
    const QString hash = m_world->hasher.hash(known).value();
    reopen({.hashing = quickHashing, .breaches = {.isOn = true, .url = server.url()}});
    QVERIFY(m_world->registration.create({.email = u"ann@example.com"_s, .password = {}, .passwordHash = hash}, u"test"_s, m_clock.now()));
    QVERIFY(m_world->login(u"ann@example.com"_s, known)); // nor is anybody who signs in
    QVERIFY(server.asked().isEmpty());
}

void TestBreachCheck::switchedOff_nobodyIsAsked()
{
    RangeServer server({known});
    BreachCheck off({.url = server.url()}, m_client, m_health);
    QVERIFY(!off.isOn());
    QVERIFY(!off.faultOf(u"password"_s, known, m_clock.now()));
    QVERIFY(server.asked().isEmpty());
}

void TestBreachCheck::settings_sayIt()
{
    const BreachPolicy usual = BreachPolicy::from(Settings {});
    QVERIFY(!usual.isOn);
    QCOMPARE(usual.url, "https://api.pwnedpasswords.com"_ba);
    QCOMPARE(usual.longest, Milliseconds {1500});
    const auto chosen =
        Settings::load({{.source = SettingSource::File, .key = u"passwords.breach_check"_s, .value = u"on"_s},
                        {.source = SettingSource::File, .key = u"passwords.breach_url"_s, .value = u"https://x.example/y"_s}});
    QVERIFY(chosen);
    QVERIFY(BreachPolicy::from(*chosen).isOn);
    QCOMPARE(BreachPolicy::from(*chosen).url, "https://x.example/y"_ba);
}

QTEST_GUILESS_MAIN(TestBreachCheck)
#include "TestBreachCheck.moc"
