#include "core/audit/AuditStore.h"
#include "core/ratelimit/LimiterMemoryStore.h"
#include "core/ratelimit/Limits.h"
#include "core/ratelimit/RateRuleStore.h"
#include "tests/support/WorldTest.h"

#include <QTest>

#include <algorithm>

using namespace warder;
using namespace warder::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Rules and networks as an admin has them, and what a restart leaves of them.
class TestStoredLimits : public WorldTest
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void ownRules_areThere();
    void anEdit_holdsAtOnceAndAfterARestart();
    void anEditBack_isNone();
    void anEditWithoutAChange_isNotRecorded();
    void aReset_isAsTheSettingsSay();
    void aNewRule_holdsAtOnceAndAfterARestart();
    void aRemovedRule_isGone();
    void refusals_data();
    void refusals();
    void judged_changesNothing();
    void whatGuessesCount_staysWhatItIs_data();
    void whatGuessesCount_staysWhatItIs();
    void aSettingThatNobodyCanOverride_locks_data();
    void aSettingThatNobodyCanOverride_locks();
    void aStoredSetting_isOverridden();
    void allLimitsOff_isForAddedOnesToo();
    void noMoreRules_thanThereMayBe();
    void changes_areRecorded();
    void networks_holdAtOnceAndAfterARestart();
    void networks_ofNoSense_data();
    void networks_ofNoSense();
    void theSameNetwork_isExchanged();
    void networksThatAreOver_go();
    void waitsAndCounts_outliveARestart();
    void oldCounts_go();
    void rowsOfAnotherWarder_doNoHarm();

private:
    Limits &limits() { return m_world->core->limits; }
    RateLimiter &limiter() { return m_world->core->limiter; }
    TimePoint now() const { return m_clock.now(); }
    void reopenLimited() { reopen({.hashing = quickHashing, .rateRules = ownRules(Settings {})}); }
    void use(const SettingLayers &layers)
    {
        m_world->core->settings.replace(Settings::load(layers).value());
        limits().settingsChanged();
    }
    Result<KnownRule> edit(const QString &name, const RuleEdit &edit) { return limits().edit(name, edit, u"test"_s, now()); }
    Result<KnownRule> add(const QString &name, const RuleEdit &edit = mine()) { return limits().add(name, edit, u"test"_s, now()); }
    static RuleEdit mine() { return {.title = u"Mine"_s, .routes = QStringList {u"login"_s}, .rate = Rate {2, 3600s, 2}}; }
    RateDecision ask(const QString &address = u"203.0.113.7"_s)
    {
        const int route = limiter().routeNumber({.title = u"POST /login"_s, .group = u"login"_s});
        return limiter().check({.address = QHostAddress(address)}, route, now());
    }
    int spend(const QString &address = u"203.0.113.7"_s)
    {
        int allowed = 0;
        while (ask(address).allowed)
            ++allowed;
        return allowed;
    }
    QStringList recorded() const
    {
        QStringList types;
        const auto newest = AuditStore::newest(m_world->database->reader(), {}, {}, 100);
        for (const AuditEvent &each : *newest) {
            if (each.actor == "test"_L1)
                types.prepend(each.type);
        }
        return types;
    }
};

void TestStoredLimits::init()
{
    WorldTest::init();
    reopenLimited();
}

void TestStoredLimits::ownRules_areThere()
{
    const auto known = limits().rules();
    QCOMPARE(known.size(), ownRules(Settings {}).size());
    for (const KnownRule &each : known)
        QVERIFY2(each.isOwn && !each.isEdited && each.lockedBy.isEmpty(), qPrintable(each.rule.name));
    QCOMPARE(spend(), 30);
}

void TestStoredLimits::anEdit_holdsAtOnceAndAfterARestart()
{
    const auto edited = edit(u"login_per_address"_s, {.rate = Rate {7, 60s, 7}});
    QVERIFY(edited);
    QVERIFY(edited->isEdited);
    QCOMPARE(edited->rule.rate, (Rate {7, 60s, 7}));
    QCOMPARE(spend(), 7);
    reopenLimited();
    QCOMPARE(limits().find(u"login_per_address"_s).value(), *edited);
    QCOMPARE(spend(), 7);
}

void TestStoredLimits::anEditBack_isNone()
{
    const RateRule before = limits().find(u"login_per_address"_s)->rule;
    QVERIFY(edit(before.name, {.enabled = false}));
    const auto back = edit(before.name, {.enabled = true});
    QCOMPARE(back->rule, before);
    QVERIFY(!back->isEdited);
    QVERIFY(RateRuleStore::all(m_world->database->reader())->isEmpty()); // so that a change of the settings acts again
}

void TestStoredLimits::anEditWithoutAChange_isNotRecorded()
{
    QVERIFY(edit(u"login_per_address"_s, {}));
    QVERIFY(edit(u"login_per_address"_s, {.rate = limits().find(u"login_per_address"_s)->rule.rate}));
    QVERIFY(limits().remove(u"login_per_address"_s, u"test"_s, now())); // it is as the settings say
    QCOMPARE(recorded(), QStringList());
}

void TestStoredLimits::aReset_isAsTheSettingsSay()
{
    QVERIFY(edit(u"login_backoff"_s, {.rate = Rate {9, 3600s, 9}, .longest = 60s}));
    QCOMPARE(limits().find(u"login_backoff"_s)->rule.longest, 60s);
    QVERIFY(limits().remove(u"login_backoff"_s, u"test"_s, now()));
    QCOMPARE(limits().find(u"login_backoff"_s)->rule.longest, 900s);
    QVERIFY(!limits().find(u"login_backoff"_s)->isEdited);
}

void TestStoredLimits::aNewRule_holdsAtOnceAndAfterARestart()
{
    const auto added = add(u"mine"_s);
    QVERIFY(added);
    QVERIFY(!added->isOwn);
    QCOMPARE(limits().rules().constLast(), *added);
    QCOMPARE(spend(), 2);
    reopenLimited();
    QCOMPARE(limits().rules().constLast(), *added);
}

void TestStoredLimits::aRemovedRule_isGone()
{
    QVERIFY(add(u"mine"_s));
    QCOMPARE(spend(), 2);
    QVERIFY(limits().remove(u"mine"_s, u"test"_s, now()));
    QVERIFY(!limits().find(u"mine"_s));
    QVERIFY(ask().allowed);
    QCOMPARE(limits().remove(u"mine"_s, u"test"_s, now()).error().code, ErrorCode::NotFound);
}

void TestStoredLimits::refusals_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("isNew");
    QTest::addColumn<RuleEdit>("edit");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QString>("member");
    using enum ErrorCode;
    QTest::newRow("a name that is taken") << u"login_per_address"_s << true << mine() << Conflict << u"name"_s;
    QTest::newRow("a name that is none") << u"Mine!"_s << true << mine() << InvalidInput << u"name"_s;
    QTest::newRow("no such rule") << u"nobody"_s << false << mine() << NotFound << QString();
    QTest::newRow("without a rate") << u"new"_s << true << RuleEdit {.routes = QStringList {u"login"_s}} << InvalidInput << u"amount"_s;
    QTest::newRow("without routes") << u"new"_s << true << RuleEdit {.rate = Rate {}} << InvalidInput << u"routes"_s;
    QTest::newRow("routes of nobody's") << u"login_per_address"_s << false << RuleEdit {.routes = QStringList {u"/nowhere"_s}}
                                        << InvalidInput << u"routes"_s;
    QTest::newRow("a burst too large") << u"login_per_address"_s << false << RuleEdit {.rate = Rate {1, 1s, 2'000'000}} << InvalidInput
                                       << u"burst"_s;
    QTest::newRow("a title of Warder's own") << u"login_per_address"_s << false << RuleEdit {.title = u"Mine"_s} << InvalidInput
                                             << u"title"_s;
}

void TestStoredLimits::refusals()
{
    QFETCH(QString, name);
    QFETCH(bool, isNew);
    QFETCH(RuleEdit, edit);
    QFETCH(QString, member);
    ask(); // so that there is a route
    const auto before = limits().rules();
    const auto done = isNew ? add(name, edit) : this->edit(name, edit);
    QVERIFY(!done);
    QTEST(done.error().code, "code");
    QCOMPARE(limits().judged(name, edit, isNew).error(), done.error());
    if (!member.isEmpty())
        QCOMPARE(done.error().faults.constFirst().location.constLast().toString(), member);
    QCOMPARE(limits().rules(), before);
    QCOMPARE(recorded(), QStringList());
}

void TestStoredLimits::judged_changesNothing()
{
    const auto rule = limits().judged(u"login_per_address"_s, {.rate = Rate {1, 60s, 1}}, false);
    QCOMPARE(rule->rate.amount, 1);
    QCOMPARE(spend(), 30);
}

void TestStoredLimits::whatGuessesCount_staysWhatItIs_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<RuleEdit>("edit");
    QTest::addColumn<QString>("member"); // empty: that may be
    for (const QString &name : {u"login_backoff"_s, u"login_backoff_account"_s, u"login_proof"_s, u"login_stuffing"_s, u"mfa_backoff"_s}) {
        const auto row = [&name](const QString &what) -> QTestData & { return QTest::newRow(qPrintable(name + u", "_s + what)) << name; };
        row(u"numbers"_s) << RuleEdit {.rate = Rate {3, 3600s, 3}} << QString();
        row(u"off"_s) << RuleEdit {.enabled = false} << QString();
        row(u"routes"_s) << RuleEdit {.routes = QStringList {u"login"_s}} << u"routes"_s;
        row(u"action"_s) << RuleEdit {.action = RateAction::Alert} << u"action"_s;
        row(u"key"_s) << RuleEdit {.key = RateKey::Session} << u"key"_s;
    }
}

void TestStoredLimits::whatGuessesCount_staysWhatItIs()
{
    QFETCH(QString, name);
    QFETCH(RuleEdit, edit);
    QFETCH(QString, member);
    ask();
    const auto done = this->edit(name, edit);
    QCOMPARE(done.has_value(), member.isEmpty());
    if (!done)
        QCOMPARE(done.error().faults.constFirst().location.constLast().toString(), member);
}

void TestStoredLimits::aSettingThatNobodyCanOverride_locks_data()
{
    QTest::addColumn<QString>("setting");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QStringList>("locked");
    QTest::newRow("of a rule") << u"rate_limit.login_per_address"_s << u"5/1m"_s << QStringList {u"login_per_address"_s};
    QTest::newRow("of the back-off") << u"rate_limit.login_backoff_longest"_s << u"5m"_s
                                     << QStringList {u"login_backoff"_s, u"login_backoff_account"_s, u"mfa_backoff"_s};
    QTest::newRow("of the proof") << u"rate_limit.login_proof"_s << u"50/7d"_s << QStringList {u"login_proof"_s};
}

void TestStoredLimits::aSettingThatNobodyCanOverride_locks()
{
    QFETCH(QString, setting);
    QFETCH(QString, value);
    QFETCH(QStringList, locked);
    const QString first = locked.constFirst();
    QVERIFY(edit(first, {.rate = Rate {3, 3600s, 3}}));
    use({{SettingSource::File, u"warder.conf:7"_s, setting, value, {}}});
    QStringList found;
    for (const KnownRule &each : limits().rules()) {
        if (!each.lockedBy.isEmpty())
            found += each.rule.name;
    }
    QCOMPARE(found, locked);
    QCOMPARE(limits().find(first)->lockedBy, u"warder.conf:7"_s);
    QVERIFY(!limits().find(first)->isEdited);
    QVERIFY(limits().find(first)->rule.rate != (Rate {3, 3600s, 3})); // the setting wins over what was stored
    QCOMPARE(edit(first, {.enabled = false}).error().code, ErrorCode::Conflict);
    use({});
    QCOMPARE(limits().find(first)->rule.rate, (Rate {3, 3600s, 3}));
}

void TestStoredLimits::aStoredSetting_isOverridden()
{
    QVERIFY(edit(u"login_per_address"_s, {.rate = Rate {3, 60s, 3}}));
    use({{SettingSource::Stored, u"settings.conf:1"_s, u"rate_limit.login_per_address"_s, u"5/1m"_s, {}},
         {SettingSource::Stored, u"settings.conf:2"_s, u"rate_limit.mfa_per_address"_s, u"5/1m"_s, {}}});
    QCOMPARE(spend(), 3);
    QCOMPARE(limits().find(u"mfa_per_address"_s)->rule.rate.amount, 5);
    QVERIFY(limits().remove(u"login_per_address"_s, u"test"_s, now()));
    QCOMPARE(spend(u"203.0.113.8"_s), 5);
}

void TestStoredLimits::allLimitsOff_isForAddedOnesToo()
{
    QVERIFY(add(u"mine"_s));
    use({{SettingSource::Environment, u"WARDER_RATE_LIMIT_ENABLED"_s, u"rate_limit.enabled"_s, u"false"_s, {}}});
    for (int i = 0; i < 100; ++i)
        QVERIFY(!ask().hasRule());
    for (const KnownRule &each : limits().rules()) {
        QVERIFY2(!each.rule.isOn(), qPrintable(each.rule.name));
        QCOMPARE(each.lockedBy, u"WARDER_RATE_LIMIT_ENABLED"_s);
    }
    use({});
    QVERIFY(limits().find(u"mine"_s)->rule.isOn());
}

void TestStoredLimits::noMoreRules_thanThereMayBe()
{
    for (qsizetype i = limits().rules().size(); i < Limits::mostRules; ++i)
        QVERIFY(add(u"mine_%1"_s.arg(i)));
    const auto refusal = add(u"one_more"_s);
    QCOMPARE(refusal.error().code, ErrorCode::Conflict);
    QCOMPARE(refusal.error().faults.constFirst().location.constLast().toString(), u"name"_s);
    QVERIFY(limits().remove(limits().rules().constLast().rule.name, u"test"_s, now()));
    QVERIFY(add(u"one_more"_s));
}

void TestStoredLimits::changes_areRecorded()
{
    QVERIFY(add(u"mine"_s));
    m_clock.advance(1ms); // the record is in the order of time
    QVERIFY(edit(u"mine"_s, {.rate = Rate {3, 3600s, 3}, .action = RateAction::Alert}));
    m_clock.advance(1ms);
    const AuditEvent event = AuditStore::newest(m_world->database->reader(), {}, audit::limitChanged, 1)->constFirst();
    QCOMPARE(event.details, (QJsonObject {{u"limit"_s, u"mine"_s}, {u"rate"_s, u"3/1h burst 3"_s}, {u"action"_s, u"alert"_s}}));
    QVERIFY(limits().remove(u"mine"_s, u"test"_s, now()));
    m_clock.advance(1ms);
    const auto network = limits().addNetwork({.network = u"203.0.113.0/24"_s}, u"test"_s, now());
    m_clock.advance(1ms);
    QVERIFY(limits().removeNetwork(network->id, u"test"_s, now()));
    QCOMPARE(recorded(),
             (QStringList {audit::limitAdded, audit::limitChanged, audit::limitRemoved, audit::networkAdded, audit::networkRemoved}));
}

void TestStoredLimits::networks_holdAtOnceAndAfterARestart()
{
    const auto added = limits().addNetwork({.network = u"203.0.113.9"_s, .reason = u" floods "_s, .until = now() + 24h}, u"test"_s, now());
    QVERIFY(added);
    QCOMPARE(added->network, u"203.0.113.9/32"_s);
    QCOMPARE(added->reason, u"floods"_s);
    QCOMPARE(added->createdBy, u"test"_s);
    const auto office = limits().addNetwork({.network = u"198.51.100.0/24"_s, .standing = NetworkStanding::Exempt}, u"test"_s, now());
    for (int run = 0; run < 2; ++run, reopenLimited()) {
        QVERIFY(limiter().blocked(QHostAddress(u"203.0.113.9"_s), now()));
        for (int i = 0; i < 100; ++i)
            QVERIFY(ask(u"198.51.100.7"_s).allowed);
        QCOMPARE(limits().networks(now()), (QList {*office, *added})); // exempt ones first
    }
    QVERIFY(limits().removeNetwork(added->id, u"test"_s, now()));
    QVERIFY(!limiter().blocked(QHostAddress(u"203.0.113.9"_s), now()));
    QCOMPARE(limits().removeNetwork(added->id, u"test"_s, now()).error().code, ErrorCode::NotFound);
}

void TestStoredLimits::networks_ofNoSense_data()
{
    QTest::addColumn<NetworkRule>("wanted");
    QTest::addColumn<QString>("member"); // empty: that may be
    const auto row = [](const char *name, const QString &member, const NetworkRule &wanted) { QTest::newRow(name) << wanted << member; };
    using enum NetworkStanding;
    row("no network", u"network"_s, {.network = u"example.com"_s});
    row("bits behind the prefix", u"network"_s, {.network = u"203.0.113.7/24"_s});
    row("a /8", {}, {.network = u"10.0.0.0/8"_s});
    row("more than a /8", u"network"_s, {.network = u"10.0.0.0/7"_s});
    row("the whole internet", u"network"_s, {.network = u"0.0.0.0/0"_s});
    row("the whole internet, exempt", {}, {.network = u"0.0.0.0/0"_s, .standing = Exempt});
    row("a /16 of IPv6", {}, {.network = u"2a00::/16"_s});
    row("more than a /16 of IPv6", u"network"_s, {.network = u"2a00::/15"_s});
    row("this machine", u"network"_s, {.network = u"127.0.0.1"_s});
    row("this machine's network", u"network"_s, {.network = u"127.0.0.0/8"_s});
    row("this machine by IPv6", u"network"_s, {.network = u"::1"_s});
    row("what holds this machine", u"network"_s, {.network = u"::/64"_s});
    row("this machine, mapped", u"network"_s, {.network = u"::ffff:127.0.0.1"_s});
    row("this machine, exempt", {}, {.network = u"127.0.0.1"_s, .standing = Exempt});
    row("the longest reason", {}, {.network = u"203.0.113.7"_s, .reason = QString(200, u'x')});
    row("a reason too long", u"reason"_s, {.network = u"203.0.113.7"_s, .reason = QString(201, u'x')});
    row("a reason of two lines", u"reason"_s, {.network = u"203.0.113.7"_s, .reason = u"a\nb"_s});
    row("an end in the past", u"until"_s, {.network = u"203.0.113.7"_s, .until = TimePoint()});
}

void TestStoredLimits::networks_ofNoSense()
{
    QFETCH(NetworkRule, wanted);
    QFETCH(QString, member);
    const auto added = limits().addNetwork(wanted, u"test"_s, now());
    QCOMPARE(added.has_value(), member.isEmpty());
    if (added)
        return;
    QCOMPARE(added.error().code, ErrorCode::InvalidInput);
    QCOMPARE(added.error().faults.constFirst().location.constLast().toString(), member);
    QVERIFY(limits().networks(now()).isEmpty());
}

void TestStoredLimits::theSameNetwork_isExchanged()
{
    const auto blocked = limits().addNetwork({.network = u"203.0.113.0/24"_s}, u"test"_s, now());
    const auto exempt = limits().addNetwork({.network = u"203.0.113.0/24"_s, .standing = NetworkStanding::Exempt}, u"test"_s, now());
    QVERIFY(blocked && exempt);
    QCOMPARE(limits().networks(now()), QList {*exempt});
    reopenLimited();
    QCOMPARE(limits().networks(now()), QList {*exempt});
}

void TestStoredLimits::networksThatAreOver_go()
{
    const auto added = limits().addNetwork({.network = u"203.0.113.0/24"_s, .until = now() + 1h}, u"test"_s, now());
    m_clock.advance(1h);
    QVERIFY(limits().networks(now()).isEmpty());
    QVERIFY(!limiter().blocked(QHostAddress(u"203.0.113.7"_s), now()));
    QVERIFY(limits().keep(now()));
    reopenLimited();
    QVERIFY(limits().networks(now() - 1h).isEmpty()); // nor is there a row
    QVERIFY(added);
}

void TestStoredLimits::waitsAndCounts_outliveARestart()
{
    QVERIFY(add(u"mine"_s));
    QCOMPARE(spend(), 2);
    QVERIFY(limits().keep(now()));
    QVERIFY(limits().keep(now())); // which writes nothing twice
    m_clock.advance(10min);
    reopenLimited();
    const auto held = limiter().heldBack(0s, now());
    QCOMPARE(held.size(), 1);
    QCOMPARE(held[0].address, u"203.0.113.7"_s);
    QCOMPARE(held[0].rules, QStringList {u"mine"_s});
    QCOMPARE(held[0].until, now() + 20min);
    QVERIFY(!ask().allowed);
    qint64 allowed = 0;
    for (const RatePoint &each : limiter().statistics().history(u"mine"_s, 24h, now()))
        allowed += each.allowed;
    QCOMPARE(allowed, 2);
    QVERIFY(limiter().unblock(held[0].address, held[0].account, now()));
    QVERIFY(limits().keep(now()));
    reopenLimited();
    QVERIFY(limiter().heldBack(0s, now()).isEmpty());
    QVERIFY(ask().allowed);
}

void TestStoredLimits::oldCounts_go()
{
    QVERIFY(ask().allowed);
    QVERIFY(limits().keep(now()));
    const auto count = [&] { return m_world->database->reader().number(u"SELECT count(*) FROM rate_counts"_s).value(); };
    const qint64 both = count();
    QVERIFY(both > 0);
    m_clock.advance(25h);
    QVERIFY(limits().keep(now()));
    QVERIFY(count() > 0);
    QVERIFY(count() < both); // hours are kept for longer
    m_clock.advance(std::chrono::days {30});
    QVERIFY(limits().keep(now()));
    QCOMPARE(count(), 0);
}

/// A newer one may have stored what this one does not know.
void TestStoredLimits::rowsOfAnotherWarder_doNoHarm()
{
    const auto written = m_world->database->write([&](Transaction &transaction) {
        return RateRuleStore::put(transaction, {.name = u"strange"_s, .routes = {}, .rate = {1, 60s, 1}}, now()).and_then([&] {
            return RateRuleStore::put(transaction, {.name = u"login_per_address"_s, .routes = {u"login"_s}, .rate = {1, 0s, 1}}, now());
        });
    });
    QVERIFY(written);
    reopenLimited();
    QVERIFY(!limits().find(u"strange"_s));
    QVERIFY(!limits().find(u"login_per_address"_s)->isEdited);
    QCOMPARE(spend(), 30);
}

QTEST_GUILESS_MAIN(TestStoredLimits)
#include "TestStoredLimits.moc"
