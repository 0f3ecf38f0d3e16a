#include "app/cli/ExitCode.h"
#include "core/base/Clock.h"
#include "core/ratelimit/LimiterMemoryStore.h"
#include "core/storage/DbConnection.h"
#include "tests/app/CommandTest.h"
#include "tests/app/WarderProcess.h"

#include <QHostAddress>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// Every command on limits, on the database alone and through the server that holds it.
class TestLimitCommands : public CommandTest
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void list_tellsTheSameInBothForms();
    void show_tellsAllOfOne();
    void add_isOfOnesOwn();
    void add_isJudged_data();
    void add_isJudged();
    void set_changesWhatIsSaid();
    void set_mustSayWhat_data();
    void set_mustSayWhat();
    void set_ofWhatASettingDecides_isRefused();
    void reset_undoesEdits();
    void remove_asksFirst();
    void try_changesNothing();
    void networks_areExemptBlockedAndForgotten();
    void networks_areJudged_data();
    void networks_areJudged();
    void nobodyHeld_isSaid();
    void windows_areBounded_data();
    void windows_areBounded();
    void unknown_isRefused_data();
    void unknown_isRefused();
    void held_unblockAndCounts_ofAServer();
    void manyHeld_areListedInPartAndUnblockedAll();
    void addedLimits_holdAtOnce();

private:
    ProgramAnswer run(const QString &line, const QByteArray &input = {}) const
    {
        return m_warder->commandHere(QStringList {u"limit"_s} + line.split(u' '), input);
    }
    QJsonObject ruleNamed(const QString &name) const { return run(u"show %1 --json"_s.arg(name)).object(); }
    /// A server with Warder's own limits, whatever else a row of this test has.
    void serve();
    /// As a former run left it: so many addresses wait at one account, by a rule of that name.
    void keepWaits(int number, const QString &rule, const QString &account) const;
};

void TestLimitCommands::init()
{
    QFETCH_GLOBAL(const bool, served);
    if (m_kept.take(m_folder, m_warder))
        return;
    m_folder = std::make_unique<QTemporaryDir>();
    m_warder = std::make_unique<WarderProcess>(m_folder->filePath(u"data"_s));
    if (served)
        serve();
    else
        QVERIFY(m_warder->makeData());
}

void TestLimitCommands::serve()
{
    if (m_warder->isRunning())
        return;
    QStringList settings = quickSettings();
    settings.replaceInStrings(u"rate_limit.enabled=false"_s, u"rate_limit.enabled=true"_s);
    QVERIFY2(m_warder->start(settings), m_warder->log());
}

void TestLimitCommands::cleanup()
{
    const bool hasChangedNothing =
        isFunction({"list_tellsTheSameInBothForms", "show_tellsAllOfOne", "add_isJudged", "set_mustSayWhat", "try_changesNothing",
                    "networks_areJudged", "nobodyHeld_isSaid", "windows_areBounded", "unknown_isRefused"});
    if (hasChangedNothing && m_kept.keep(m_folder, m_warder))
        return;
    end();
}

void TestLimitCommands::list_tellsTheSameInBothForms()
{
    const auto table = m_warder->command({u"limit"_s, u"list"_s}); // by the program itself
    QVERIFY2(table.code == Done, table.err);
    QVERIFY2(table.out.startsWith("NAME"), table.out);
    const QJsonArray rules = run(u"list --json"_s).array();
    QCOMPARE(rules.size(), 15);
    QCOMPARE(table.out.count('\n'), rules.size() + 1);
    for (const QJsonValue &rule : rules) {
        QVERIFY2(table.out.contains('\n' + rule["name"_L1].toString().toUtf8() + ' '), table.out);
        QCOMPARE(rule["own"_L1], true);
        QCOMPARE(rule["edited"_L1], false);
        QCOMPARE(rule["title"_L1], QString());
    }
    for (const char *part : {"30/1m burst 30", "4 wrong passwords, forgotten after 12h", "wrong passwords of 30 accounts in 1h",
                             "address+account", "passwords", "settings"})
        QVERIFY2(table.out.contains(part), table.out + "lacks " + part);
}

void TestLimitCommands::show_tellsAllOfOne()
{
    const auto shown = run(u"show login_backoff"_s);
    QVERIFY2(shown.code == Done, shown.err);
    for (const char *part : {"login_backoff", "longest wait", "15m", "holds back now", "It counted nobody in the last hour."})
        QVERIFY2(shown.out.contains(part), shown.out + "lacks " + part);
    const QJsonObject rule = ruleNamed(u"login_per_address"_s);
    QCOMPARE(rule["amount"_L1], 30);
    QCOMPARE(rule["period"_L1], 60);
    QCOMPARE(rule["key"_L1], u"address"_s);
    QCOMPARE(rule["action"_L1], u"deny"_s);
    QCOMPARE(rule["routes"_L1].toArray(), QJsonArray {u"login"_s});
    QCOMPARE(rule["busiest"_L1].toArray(), QJsonArray());
    QCOMPARE(rule["applies_to"_L1].toString().contains(u"POST /login"_s), m_warder->isRunning());
}

void TestLimitCommands::add_isOfOnesOwn()
{
    const auto added = run(u"add own_data --rate 5/1m --route /me/* --route /me --key session --action delay --title Mine --json"_s);
    QVERIFY2(added.code == Done, added.err);
    QCOMPARE(added["amount"_L1], 5);
    QCOMPARE(added["burst"_L1], 5);
    QCOMPARE(added["routes"_L1].toArray(), (QJsonArray {u"/me/*"_s, u"/me"_s}));
    QCOMPARE(added["key"_L1], u"session"_s);
    QCOMPARE(added["action"_L1], u"delay"_s);
    QCOMPARE(added["title"_L1], u"Mine"_s);
    QCOMPARE(added["enabled"_L1], true);
    QCOMPARE(added["own"_L1], false);
    QCOMPARE(run(u"list --json"_s).array().size(), 16);
    const auto twice = run(u"add own_data --rate 5/1m --route /me"_s);
    QCOMPARE(twice.code, Refused);
    const auto off = run(u"add later --rate 5/1m --route login --disable --json"_s);
    QCOMPARE(off["enabled"_L1], false);
    QCOMPARE(off["key"_L1], u"address"_s);
    QVERIFY2(run(u"show own_data"_s).out.contains("set by  "), run(u"show own_data"_s).out);
}

void TestLimitCommands::add_isJudged_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("says");
    const auto row = [](const QString &line, int code, const QString &says) { QTest::newRow(qPrintable(line)) << line << code << says; };
    const QString missing = u"say what it allows and for what: --rate 30/1m --route login"_s;
    row(u"add x"_s, WrongUsage, missing);
    row(u"add x --rate 5/1m"_s, WrongUsage, missing);
    row(u"add x --route login"_s, WrongUsage, missing);
    row(u"add x --rate often --route login"_s, WrongUsage, u"--rate is such as 30/1m, \"30/1m burst 10\" or off, not often"_s);
    row(u"add x --rate 5/1m --route login --key name"_s, WrongUsage,
        u"--key is address, network, account, address+account or session, not name"_s);
    row(u"add x --rate 5/1m --route login --action ignore"_s, WrongUsage, u"--action is deny, delay or alert, not ignore"_s);
    row(u"add x --rate 5/1m --route login --longest 5m"_s, WrongUsage, u"limit add has no option --longest"_s);
    row(u"add X --rate 5/1m --route login"_s, Refused, u"name: "_s);
    row(u"add x --rate 5/1m --route login@all"_s, Refused, u"routes: "_s);
}

void TestLimitCommands::add_isJudged()
{
    QFETCH(const QString, line);
    QFETCH(const QString, says);
    const auto added = run(line);
    QTEST(added.code, "code");
    QVERIFY2(added.complaint().contains(says), added.err);
    QVERIFY(added.out.isEmpty());
    QCOMPARE(run(u"list --json"_s).array().size(), 15);
}

void TestLimitCommands::set_changesWhatIsSaid()
{
    const auto set = run(u"set login_per_address --rate 7/2m --json"_s);
    QVERIFY2(set.code == Done, set.err);
    QCOMPARE(set["amount"_L1], 7);
    QCOMPARE(set["period"_L1], 120);
    QCOMPARE(set["burst"_L1], 7);
    QCOMPARE(set["edited"_L1], true);
    QCOMPARE(run(u"set login_per_address --disable --json"_s)["enabled"_L1], false);
    QCOMPARE(run(u"set login_per_address --enable --json"_s)["enabled"_L1], true);
    const auto off = run(u"set login_per_address --rate off --json"_s);
    QCOMPARE(off["amount"_L1], 0);
    QCOMPARE(off["period"_L1], 120); // is there again with the next amount
    QVERIFY(run(u"show login_per_address"_s).out.contains("off"));
    const auto longest = run(u"set login_backoff --longest 5m --rate 3/6h --json"_s);
    QVERIFY2(longest.code == Done, longest.err);
    QCOMPARE(longest["longest"_L1], 300);
    QCOMPARE(longest["amount"_L1], 3);
    serve(); // it is on disk
    QCOMPARE(ruleNamed(u"login_backoff"_s)["longest"_L1], 300);
}

void TestLimitCommands::set_mustSayWhat_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("says");
    const auto row = [](const QString &line, int code, const QString &says) { QTest::newRow(qPrintable(line)) << line << code << says; };
    row(u"set login_per_address"_s, WrongUsage, u"say what to change: --rate, --route, "_s);
    row(u"set login_per_address --enable --disable"_s, WrongUsage, u"either --enable or --disable"_s);
    row(u"set login_backoff --longest soon"_s, WrongUsage, u"--longest is a duration, such as 15m or 7d, not soon"_s);
    row(u"set login_backoff --longest 0s"_s, WrongUsage, u"--longest is a duration, such as 15m or 7d, not 0s"_s);
    row(u"set login_backoff --longest 3d"_s, Refused, u"longest: "_s);
    row(u"set login_backoff --route login"_s, Refused, u"routes: "_s);
}

void TestLimitCommands::set_mustSayWhat()
{
    QFETCH(const QString, line);
    QFETCH(const QString, says);
    const auto set = run(line);
    QTEST(set.code, "code");
    QVERIFY2(set.complaint().contains(says), set.err);
}

/// A stored edit would have no effect: whoever wrote the setting is to change it there.
void TestLimitCommands::set_ofWhatASettingDecides_isRefused()
{
    QVERIFY(m_warder->configure("rate_limit.login_per_address = 9/1m\n"));
    if (m_warder->isRunning())
        QCOMPARE(m_warder->stop(), Done);
    QFETCH_GLOBAL(const bool, served);
    if (served)
        serve();
    const QJsonObject rule = ruleNamed(u"login_per_address"_s);
    QCOMPARE(rule["amount"_L1], 9);
    const QString place = rule["locked_by"_L1].toString();
    QVERIFY2(place.contains(u"warder.conf"_s), qPrintable(place));
    QVERIFY(run(u"show login_per_address"_s).out.contains(place.toUtf8()));
    const auto set = run(u"set login_per_address --rate 7/1m"_s);
    QCOMPARE(set.code, Refused);
    QCOMPARE(ruleNamed(u"login_per_address"_s)["amount"_L1], 9);
}

void TestLimitCommands::reset_undoesEdits()
{
    QCOMPARE(run(u"set login_per_address --rate 7/2m --disable"_s).code, Done);
    const auto reset = run(u"reset login_per_address --json"_s);
    QVERIFY2(reset.code == Done, reset.err);
    QCOMPARE(reset["amount"_L1], 30);
    QCOMPARE(reset["enabled"_L1], true);
    QCOMPARE(reset["edited"_L1], false);
    QCOMPARE(run(u"add mine --rate 5/1m --route login"_s).code, Done);
    const auto own = run(u"reset mine"_s);
    QCOMPARE(own.code, Refused);
    QCOMPARE(own.complaint(), u"warderd: mine is none of Warder's own: `warderd limit remove mine` forgets it"_s);
}

void TestLimitCommands::remove_asksFirst()
{
    QCOMPARE(run(u"add mine --rate 5/1m --route login"_s).code, Done);
    const auto asked = run(u"remove mine"_s, "n\n");
    QCOMPARE(asked.code, Refused);
    QVERIFY2(asked.err.contains("Remove the limit mine?"), asked.err);
    const auto removed = run(u"remove mine --yes"_s);
    QCOMPARE(removed.code, Done);
    QCOMPARE(removed.out, "mine is removed.\n"_ba);
    QCOMPARE(run(u"list --json"_s).array().size(), 15);
    const auto own = run(u"remove login_backoff --yes"_s);
    QCOMPARE(own.code, Refused);
    QVERIFY2(own.complaint().contains(u"`warderd limit set login_backoff --disable` turns it off"_s), own.err);
}

void TestLimitCommands::try_changesNothing()
{
    const QJsonObject before = ruleNamed(u"login_per_address"_s);
    const auto found = run(u"try login_per_address --rate 1/1h --json"_s);
    QVERIFY2(found.code == Done, found.err);
    QCOMPARE(found["requests"_L1], 0);
    QCOMPARE(found["denied"_L1], 0);
    QCOMPARE(run(u"try login_per_address --rate 1/1h"_s).out, "No request that it applies to has been recorded.\n"_ba);
    QCOMPARE(ruleNamed(u"login_per_address"_s), before);
    const auto none = run(u"try mine --rate 1/1h"_s);
    QCOMPARE(none.code, WrongUsage);
    QVERIFY2(none.complaint().contains(u"no limit is named mine; of a new one say what it allows"_s), none.err);
    QCOMPARE(run(u"try mine --rate 1/1h --route login"_s).code, Done);
    QCOMPARE(run(u"list --json"_s).array().size(), 15);
    const auto passwords = run(u"try login_backoff --rate 1/1h"_s);
    QCOMPARE(passwords.code, Refused);
    QVERIFY2(passwords.complaint().contains(u"only limits of requests can be tried"_s), passwords.err);
}

void TestLimitCommands::networks_areExemptBlockedAndForgotten()
{
    QCOMPARE(run(u"networks"_s).out, "No network is exempt or blocked.\n"_ba);
    const auto blocked = run(u"block 203.0.113.0/24 --for 2h --reason Guessers --json"_s);
    QVERIFY2(blocked.code == Done, blocked.err);
    QCOMPARE(blocked["network"_L1], u"203.0.113.0/24"_s);
    QCOMPARE(blocked["standing"_L1], u"blocked"_s);
    QCOMPARE(blocked["reason"_L1], u"Guessers"_s);
    QVERIFY(!blocked["until"_L1].toString().isEmpty());
    const auto exempt = run(u"exempt 2001:db8::7 --json"_s);
    QVERIFY2(exempt.code == Done, exempt.err);
    QCOMPARE(exempt["standing"_L1], u"exempt"_s);
    QVERIFY(exempt["until"_L1].isUndefined());
    QCOMPARE(run(u"networks --json"_s).array().size(), 2);
    const auto table = run(u"networks"_s);
    QVERIFY2(table.out.startsWith("NETWORK") && table.out.contains("Guessers") && table.out.contains("exempt"), table.out);
    serve(); // they are on disk
    QCOMPARE(run(u"forget "_s + blocked["id"_L1].toString()).out, "203.0.113.0/24 is neither exempt nor blocked any more.\n"_ba);
    QCOMPARE(run(u"forget 2001:db8::7"_s).code, Done);
    QCOMPARE(run(u"networks --json"_s).array().size(), 0);
    const auto again = run(u"forget 2001:db8::7"_s);
    QCOMPARE(again.code, Refused);
    QCOMPARE(again.complaint(), u"warderd: 2001:db8::7 is neither exempt nor blocked"_s);
}

void TestLimitCommands::networks_areJudged_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<int>("code");
    const auto row = [](const QString &line, int code) { QTest::newRow(qPrintable(line)) << line << code; };
    row(u"block everybody"_s, Refused);
    row(u"block 0.0.0.0/0"_s, Refused);
    row(u"block 127.0.0.1"_s, Refused);
    row(u"exempt 203.0.113.7/24"_s, Refused);
    row(u"block 203.0.113.0/24 --for ever"_s, WrongUsage);
    row(u"block"_s, WrongUsage);
}

void TestLimitCommands::networks_areJudged()
{
    QFETCH(const QString, line);
    const auto added = run(line);
    QTEST(added.code, "code");
    QVERIFY(!added.err.isEmpty());
    QCOMPARE(run(u"networks --json"_s).array().size(), 0);
}

void TestLimitCommands::nobodyHeld_isSaid()
{
    QCOMPARE(run(u"held"_s).out, "Nobody is held back.\n"_ba);
    QCOMPARE(run(u"held --last 24h"_s).out, "Nobody was held back in that time.\n"_ba);
    QCOMPARE(run(u"held --last 24h --json"_s).out.trimmed(), "[\n]"_ba);
    const auto unblocked = run(u"unblock ann@example.com"_s);
    QCOMPARE(unblocked.code, Refused);
    QCOMPARE(unblocked.complaint(), u"warderd: ann@example.com is not held back now"_s);
    const QJsonObject stats = run(u"stats --json"_s).object();
    QCOMPARE(stats["held_back"_L1], 0);
    QCOMPARE(stats["rules"_L1].toArray().size(), 15);
    QVERIFY(run(u"stats"_s).out.endsWith("Held back now: 0\n"));
    QCOMPARE(run(u"history login_per_address"_s).out, "Nothing was counted in that time.\n"_ba);
    QCOMPARE(run(u"history login_per_address --last 1m --json"_s).array().size(), 60);
}

void TestLimitCommands::windows_areBounded_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("says");
    QTest::newRow("held, too far back") << u"held --last 2d"_s << u"--last is 24 hours at most"_s;
    QTest::newRow("history, too far back") << u"history --last 31d"_s << u"--last is 30 days at most"_s;
    QTest::newRow("held, no duration") << u"held --last week"_s << u"--last is a duration, such as 15m or 7d, not week"_s;
    QTest::newRow("history, of nothing") << u"history --last 0s"_s << u"--last is a duration, such as 15m or 7d, not 0s"_s;
}

void TestLimitCommands::windows_areBounded()
{
    QFETCH(const QString, line);
    QFETCH(const QString, says);
    const auto answer = run(line);
    QCOMPARE(answer.code, WrongUsage);
    QVERIFY2(answer.complaint().contains(says), answer.err);
}

void TestLimitCommands::unknown_isRefused_data()
{
    QTest::addColumn<QString>("line");
    for (const char *line : {"show nobody", "set nobody --disable", "reset nobody", "remove nobody --yes", "history nobody"})
        QTest::newRow(line) << QString::fromLatin1(line);
}

void TestLimitCommands::unknown_isRefused()
{
    QFETCH(const QString, line);
    const auto answer = run(line);
    QCOMPARE(answer.code, Refused);
    QVERIFY2(answer.complaint().contains(u"nobody"_s), answer.err);
}

/// The numbers of --json and of /metrics are the same, and they are those of the requests.
void TestLimitCommands::held_unblockAndCounts_ofAServer()
{
    serve();
    QCOMPARE(run(u"add slow --rate 3/1h --route login --key address+account"_s).code, Done);
    const auto guess = [this] {
        return m_warder->client().post("/login", {{u"email"_s, u"ann@example.com"_s}, {u"password"_s, u"not the password"_s}}).status();
    };
    for (int i = 0; i < 8; ++i)
        QCOMPARE(guess(), i < 3 ? 401 : 429);
    const QJsonArray held = run(u"held --json"_s).array();
    QCOMPARE(held.size(), 1);
    QCOMPARE(held.first()["address"_L1], u"127.0.0.1"_s);
    QCOMPARE(held.first()["account"_L1], u"ann@example.com"_s);
    QCOMPARE(held.first()["denials"_L1], 5);
    QVERIFY(run(u"held ann@example.com"_s).out.contains("slow"));
    QCOMPARE(run(u"held bob@example.com"_s).out, "Nobody is held back.\n"_ba);

    const QJsonObject stats = run(u"stats --json"_s).object();
    const QByteArray metrics = m_warder->client().get("/metrics").raw.body;
    QCOMPARE(stats["held_back"_L1], 1);
    QVERIFY2(metrics.contains("warder_limited_clients 1\n"), metrics);
    for (const QJsonValue &rule : stats["rules"_L1].toArray()) {
        const QByteArray name = "warder_rate_limit_decisions_total{rule=\"" + rule["name"_L1].toString().toUtf8() + "\",outcome=\"";
        const QByteArray allowed = name + "allowed\"} " + QByteArray::number(rule["allowed_total"_L1].toInteger()) + '\n';
        const QByteArray denied = name + "denied\"} " + QByteArray::number(rule["denied_total"_L1].toInteger()) + '\n';
        QVERIFY2(metrics.contains(allowed), allowed);
        QVERIFY2(metrics.contains(denied), denied);
    }
    const QJsonObject slow = ruleNamed(u"slow"_s);
    QCOMPARE(slow["allowed_total"_L1], 3);
    QCOMPARE(slow["denied_total"_L1], 5);
    QCOMPARE(slow["held_back"_L1], 1);
    QVERIFY(run(u"show slow"_s).out.contains("3 allowed, 5 denied"));

    const auto unblocked = run(u"unblock Ann@Example.com"_s);
    QVERIFY2(unblocked.code == Done, unblocked.err);
    QCOMPARE(unblocked.out, "Ann@Example.com may go on.\n"_ba);
    QCOMPARE(run(u"held"_s).out, "Nobody is held back.\n"_ba);
    QCOMPARE(guess(), 401);
}

void TestLimitCommands::keepWaits(int number, const QString &rule, const QString &account) const
{
    const TimePoint now = SystemClock().now();
    QList<KeptWait> waits;
    for (int i = 0; i < number; ++i)
        waits += {.rule = rule,
                  .address = QHostAddress(0x0a000000 + quint32(i)).toString(),
                  .account = account,
                  .since = now,
                  .until = now + std::chrono::hours {1},
                  .denials = 1};
    DbConnection connection(m_folder->filePath(u"data/warder.db"_s), DbConnection::Access::ReadWrite);
    QVERIFY(connection.execute(u"BEGIN"_s));
    QVERIFY(LimiterMemoryStore::replaceWaits(connection, waits));
    QVERIFY(connection.execute(u"COMMIT"_s));
}

void TestLimitCommands::manyHeld_areListedInPartAndUnblockedAll()
{
    QCOMPARE(run(u"add slow --rate 1/1h --route login --key address+account"_s).code, Done);
    const bool isServed = m_warder->isRunning();
    if (isServed)
        QCOMPARE(m_warder->stop(), Done);
    keepWaits(1200, u"slow"_s, u"ann@example.com"_s);
    if (isServed)
        serve();
    const QByteArray note = "Only the 1000 who wait longest are listed: name an address or an account to find others.\n";
    const auto held = run(u"held"_s);
    QVERIFY2(held.out.endsWith(note), held.out.right(500));
    QCOMPARE(run(u"held --json"_s).array().size(), 1000);
    QVERIFY(!run(u"held 10.0.0.7"_s).out.contains(note));
    const auto unblocked = run(u"unblock ann@example.com --json"_s);
    QVERIFY2(unblocked.code == Done, unblocked.err);
    QCOMPARE(unblocked["unblocked"_L1], 1200);
    QCOMPARE(run(u"held"_s).out, "Nobody is held back.\n"_ba);
}

void TestLimitCommands::addedLimits_holdAtOnce()
{
    serve();
    const auto status = [this] { return m_warder->client().get("/.well-known/jwks.json").status(); };
    QCOMPARE(status(), 200);
    QCOMPARE(run(u"add keys --rate 2/1h --route /.well-known/jwks.json"_s).code, Done);
    QCOMPARE(status(), 200);
    QCOMPARE(status(), 200);
    QCOMPARE(status(), 429);
    QCOMPARE(run(u"exempt 127.0.0.1"_s).code, Done);
    QCOMPARE(status(), 200);
    QCOMPARE(run(u"forget 127.0.0.1"_s).code, Done);
    QCOMPARE(status(), 429);
    const auto found = run(u"try keys --rate 1/1h --json"_s);
    QVERIFY2(found["requests"_L1].toInt() >= 4 && found["denied"_L1].toInt() > found["denied_now"_L1].toInt(), found.out);
    const auto denied = run(u"try keys --rate 1/1h"_s);
    QVERIFY2(denied.out.contains("would be denied "), denied.out);
    const auto told = run(u"try keys --rate 1/1h --action alert"_s);
    QVERIFY2(told.out.contains("would be told of ") && !told.out.contains("would be denied"), told.out);
    QCOMPARE(run(u"remove keys --yes"_s).code, Done);
    QCOMPARE(status(), 200);
}

QTEST_GUILESS_MAIN(TestLimitCommands)
#include "TestLimitCommands.moc"
