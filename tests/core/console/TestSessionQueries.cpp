#include "core/base/Id.h"
#include "core/console/SessionMatcher.h"
#include "core/console/SessionQuery.h"
#include "core/console/orders/Sessions.h"
#include "tests/support/ConsoleWorld.h"

#include <memory>
#include <optional>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// What a person types is one value, and means the same for the list, its number, the row that changes and the order; and what is told of
/// one session.
class TestSessionQueries : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_w = std::make_unique<ConsoleWorld>(); }
    void cleanup() { m_w.reset(); }

    void typed_isAFilter_data();
    void typed_isAFilter();
    void parts_areWhatNarrows_data();
    void parts_areWhatNarrows();
    void badToken_isNamed_data();
    void badToken_isNamed();
    void since_isADayOfItsZone_data();
    void since_isADayOfItsZone();
    void address_isTakenInManyForms_data();
    void address_isTakenInManyForms();
    void tokens_find_data();
    void tokens_find();
    void since_movesOn();
    void eachIsCounted_atOnce();
    void state_decidesWhatIsShown_data();
    void state_decidesWhatIsShown();
    void history_isReadForNoPage_data();
    void history_isReadForNoPage();
    void ended_areListedAlone_inPages();
    void orderOnEndedOnes_endsNobody();
    void noAddress_isRefused();
    void noTime_isRefused();
    void refreshes_areToldNewestFirst();
    void refreshes_ofNoSession_areNotFound();

private:
    TokenPair join(const QString &name, const QString &address, const QString &agent = u"curl/8"_s)
    {
        m_w->clock.advance(Milliseconds {1}); // ids order by time
        return m_w->join(name + u"@example.com"_s, {.address = QHostAddress(address), .userAgent = agent});
    }
    QStringList shownBy(const SessionFilter &filter)
    {
        QStringList names;
        const auto page = got(m_w->console.ask(ListSessions {.filter = filter, .limit = 500})).value();
        for (const SessionView &row : page.rows)
            names += row.email.section(u'@', 0, 0);
        return names;
    }
    std::unique_ptr<ConsoleWorld> m_w;
};

void TestSessionQueries::typed_isAFilter_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<SessionFilter>("filter");
    const auto row = [](const char *name, const QString &typed, const SessionFilter &filter) { QTest::newRow(name) << typed << filter; };
    row("nothing", {}, {});
    row("words, as they stand", u"edge,  windows "_s, {.text = u"edge,  windows "_s});
    row("a user", u"user:ann@example.com"_s, {.email = u"ann@example.com"_s});
    row("an address", u"address:10.0.0.1"_s, {.address = u"10.0.0.1"_s});
    row("a network", u"address:10.0.0.0/8"_s, {.address = u"10.0.0.0/8"_s});
    row("IPv6", u"address:2001:db8::9"_s, {.address = u"2001:db8::9"_s});
    row("live ones", u"state:live"_s, {.state = SessionState::Live});
    row("ended ones, in capitals", u"State:ENDED"_s, {.state = SessionState::Ended});
    row("a device of one word", u"device:Edge"_s, {.device = u"Edge"_s});
    row("a device of several", u"device:\"Edge, Windows\""_s, {.device = u"Edge, Windows"_s});
    row("marks within a device", u"device:\"the \"\"best\"\" one\""_s, {.device = u"the \"best\" one"_s});
    row("a span", u"since:2h"_s, {.since = u"2h"_s});
    row("a day", u"since:2026-10-01"_s, {.since = u"2026-10-01T00:00:00.000Z"_s});
    row("a time", u"since:2026-10-01T12:30:00+02:00"_s, {.since = u"2026-10-01T10:30:00.000Z"_s});
    row("all of it, with words between", u"firefox user:a@x.org linux  address:::1 state:live"_s,
        {.text = u"firefox linux"_s, .state = SessionState::Live, .email = u"a@x.org"_s, .address = u"::1"_s});
    row("the second of a kind is a word", u"user:a user:b"_s, {.text = u"user:b"_s, .email = u"a"_s});
    row("a token that is not typed to its end", u"address:"_s, {.text = u"address:"_s});
    row("an address that is none yet", u"address:10.0."_s, {.text = u"address:10.0."_s});
    row("a network with bits behind it", u"address:10.0.0.1/8"_s, {.text = u"address:10.0.0.1/8"_s});
    row("a state that nobody knows", u"state:dead"_s, {.text = u"state:dead"_s});
    row("a token that nobody knows", u"browser:firefox"_s, {.text = u"browser:firefox"_s});
    row("a device that is none yet", u"device:\""_s, {.text = u"device:\""_s});
    row("a span that is none yet", u"since:2"_s, {.text = u"since:2"_s});
    row("a year is no span", u"since:2026"_s, {.text = u"since:2026"_s});
    row("a span of no time", u"since:0h"_s, {.text = u"since:0h"_s});
    row("a day that there is not", u"since:2026-02-30"_s, {.text = u"since:2026-02-30"_s});
    row("an address that is a word", u"2001:db8::9"_s, {.text = u"2001:db8::9"_s});
}

void TestSessionQueries::typed_isAFilter()
{
    QFETCH(QString, typed);
    QFETCH(SessionFilter, filter);
    QVERIFY(session_query::filterOf(typed, false) == filter);
    QVERIFY(session_query::filterOf(session_query::textOf(filter), false) == filter);
    filter.ended = true;
    QVERIFY(session_query::filterOf(typed, true) == filter);
}

void TestSessionQueries::parts_areWhatNarrows_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QStringList>("parts");
    QTest::newRow("nothing") << u"  "_s << QStringList {};
    QTest::newRow("words") << u"firefox  linux"_s << QStringList {u"firefox linux"_s};
    QTest::newRow("tokens, as they were typed")
        << u"since:2026-10-01 fire user:ANN@x.org DEVICE:\"Edge, Windows\" fox"_s
        << QStringList {u"since:2026-10-01"_s, u"user:ANN@x.org"_s, u"DEVICE:\"Edge, Windows\""_s, u"fire fox"_s};
    QTest::newRow("what is none yet is a word") << u"state:dead user:a"_s << QStringList {u"user:a"_s, u"state:dead"_s};
    QTest::newRow("a device that is not closed goes to the end")
        << u"user:a device:\"Edge, Win"_s << QStringList {u"user:a"_s, u"device:\"Edge, Win"_s};
}

void TestSessionQueries::parts_areWhatNarrows()
{
    QFETCH(QString, typed);
    QFETCH(QStringList, parts);
    QCOMPARE(session_query::partsOf(typed), parts);
    QVERIFY(session_query::filterOf(parts.join(u' '), false) == session_query::filterOf(typed.simplified(), false));
}

void TestSessionQueries::badToken_isNamed_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("token");
    QTest::addColumn<QString>("value");
    QTest::newRow("none") << u"ann user:a state:live since:7d device:x 2001:db8::9"_s << QString() << QString();
    QTest::newRow("a second one is good") << u"user:a user:b"_s << QString() << QString();
    QTest::newRow("an unknown one is a word") << u"browser:x"_s << QString() << QString();
    QTest::newRow("a time") << u"ann Since:yesterday state:dead"_s << u"since"_s << u"yesterday"_s;
    QTest::newRow("a state") << u"state:dead"_s << u"state"_s << u"dead"_s;
    QTest::newRow("an address") << u"address:10.0."_s << u"address"_s << u"10.0."_s;
    QTest::newRow("no value") << u"device: x"_s << u"device"_s << QString();
}

void TestSessionQueries::badToken_isNamed()
{
    QFETCH(QString, typed);
    const auto bad = session_query::badTokenIn(typed);
    QTEST(bad ? nameOf(bad->token) : QString(), "token");
    QTEST(bad ? bad->value : QString(), "value");
}

void TestSessionQueries::since_isADayOfItsZone_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("since");
    QTest::newRow("a day") << u"since:2026-10-01"_s << u"2026-09-30T22:00:00.000Z"_s;
    QTest::newRow("a time") << u"since:2026-10-01T12:30"_s << u"2026-10-01T10:30:00.000Z"_s;
    QTest::newRow("a time that names its own") << u"since:2026-10-01T12:30:00Z"_s << u"2026-10-01T12:30:00.000Z"_s;
    QTest::newRow("a span has none") << u"since:120m"_s << u"2h"_s;
}

void TestSessionQueries::since_isADayOfItsZone()
{
    QFETCH(QString, typed);
    const auto zone = QTimeZone::fromSecondsAheadOfUtc(7200);
    QTEST(session_query::filterOf(typed, false, zone).since.value_or(QString()), "since");
}

void TestSessionQueries::address_isTakenInManyForms_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<std::optional<QString>>("address");
    QTest::newRow("in capitals and in full") << u"2001:0DB8:0:0:0:0:0:9"_s << std::optional(u"2001:db8::9"_s);
    QTest::newRow("in brackets") << u"[2001:db8::9]"_s << std::optional(u"2001:db8::9"_s);
    QTest::newRow("with a zone") << u"fe80::1%eth0"_s << std::optional(u"fe80::1"_s);
    QTest::newRow("IPv4 as IPv6") << u"::ffff:198.51.100.9"_s << std::optional(u"198.51.100.9"_s);
    QTest::newRow("a network of one") << u"10.0.0.1/32"_s << std::optional(u"10.0.0.1"_s);
    QTest::newRow("short") << u"10.1"_s << std::optional<QString>();
    QTest::newRow("octal") << u"010.0.0.1"_s << std::optional<QString>();
    QTest::newRow("none") << u"ann"_s << std::optional<QString>();
    QTest::newRow("nothing") << QString() << std::optional<QString>();
}

void TestSessionQueries::address_isTakenInManyForms()
{
    QFETCH(QString, typed);
    QTEST(session_query::addressOf(typed), "address");
}

void TestSessionQueries::tokens_find_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QStringList>("names");
    QTest::newRow("an address, and none that ends so") << u"address:10.0.0.1"_s << QStringList {u"ann"_s};
    QTest::newRow("as a word it hits both") << u"10.0.0.1"_s << QStringList {u"joann"_s, u"ann"_s};
    QTest::newRow("a network") << u"address:110.0.0.0/8"_s << QStringList {u"bob"_s, u"joann"_s};
    QTest::newRow("everywhere in IPv4") << u"address:0.0.0.0/0"_s << QStringList {u"bob"_s, u"joann"_s, u"ann"_s};
    QTest::newRow("a network of IPv6") << u"address:2001:db8::/32"_s << QStringList {u"eve"_s};
    QTest::newRow("a user, and none that ends so") << u"user:ANN@example.com"_s << QStringList {u"ann"_s};
    QTest::newRow("a part of a user") << u"user:ann"_s << QStringList {};
    QTest::newRow("a user and an address") << u"user:bob@example.com address:110.0.0.0/8"_s << QStringList {u"bob"_s};
    QTest::newRow("another one's address") << u"user:bob@example.com address:10.0.0.1"_s << QStringList {};
    QTest::newRow("with a word") << u"joann address:110.0.0.0/8"_s << QStringList {u"joann"_s};
    QTest::newRow("what is no token yet hits nobody") << u"address:"_s << QStringList {};
    QTest::newRow("a device, as the list shows it") << u"device:\"edge, WINDOWS\""_s << QStringList {u"bob"_s};
    QTest::newRow("a part of it, and no part of an e-mail address") << u"device:e"_s << QStringList {u"bob"_s};
    QTest::newRow("not what the browser calls itself") << u"device:Mozilla"_s << QStringList {};
    QTest::newRow("since a span ago") << u"since:1h"_s << QStringList {u"eve"_s, u"bob"_s};
    QTest::newRow("since a time") << u"since:"_s + toText(FakeClock().now() + std::chrono::hours {2}) << QStringList {u"eve"_s, u"bob"_s};
    QTest::newRow("since later") << u"since:"_s + toText(FakeClock().now() + std::chrono::days {1}) << QStringList {};
    QTest::newRow("a device since a span ago") << u"device:curl since:1h"_s << QStringList {u"eve"_s};
}

void TestSessionQueries::tokens_find()
{
    QFETCH(QString, typed);
    QFETCH(QStringList, names);
    join(u"ann"_s, u"10.0.0.1"_s);
    join(u"joann"_s, u"110.0.0.1"_s);
    m_w->clock.advance(std::chrono::hours {2});
    join(u"bob"_s, u"110.0.0.2"_s, u"Mozilla/5.0 (Windows NT 10.0; Win64) Chrome/141 Safari/537 Edg/141"_s);
    join(u"eve"_s, u"2001:db8::9"_s);
    const SessionFilter filter = session_query::filterOf(typed, false);
    QCOMPARE(shownBy(filter), names);
    QCOMPARE(got(m_w->console.ask(CountSessions {.filter = filter})).transform(numbersOf),
             (SessionCounts {names.size(), names.size(), names.size()}));
    const SessionMatcher matcher(filter); // as the window judges a row that changes
    const auto all = got(m_w->console.ask(ListSessions {.limit = 500})).value();
    for (const SessionView &row : all.rows)
        QCOMPARE(matcher.matches(row, m_w->clock.now()), names.contains(row.email.section(u'@', 0, 0)));
    QCOMPARE(got(m_w->console.ask(RevokeShown {.filter = filter, .seen = names.size()})), int(names.size()));
    QCOMPARE(shownBy({}).size(), 4 - names.size());
}

/// A session leaves a span while it lives, for all that judge by it.
void TestSessionQueries::since_movesOn()
{
    join(u"ann"_s, u"10.0.0.1"_s);
    const SessionFilter filter = session_query::filterOf(u"since:1h"_s, false);
    QCOMPARE(shownBy(filter), QStringList {u"ann"_s});
    const SessionMatcher matcher(filter);
    const SessionView row = got(m_w->console.ask(ListSessions {.limit = 5})).value().rows.first();
    m_w->clock.advance(std::chrono::hours {1});
    QVERIFY(matcher.movesOn() && matcher.matches(row, m_w->clock.now())); // to the last millisecond
    m_w->clock.advance(Milliseconds {1});
    QVERIFY(!matcher.matches(row, m_w->clock.now()));
    QCOMPARE(shownBy(filter), QStringList());
    QCOMPARE(got(m_w->console.ask(CountSessions {.filter = filter})), SessionCounts());
    QCOMPARE(got(m_w->console.ask(RevokeShown {.filter = filter, .seen = 0})), 0);
    QCOMPARE(shownBy({}), QStringList {u"ann"_s});
}

void TestSessionQueries::eachIsCounted_atOnce()
{
    join(u"ann"_s, u"10.0.0.1"_s);
    join(u"bob"_s, u"10.0.0.2"_s);
    CountSessionsEach question;
    for (const QString &typed : {u"address:10.0.0.0/8"_s, u"bob"_s, u"nobody"_s})
        question.each += CountSessions {.filter = session_query::filterOf(typed, false)};
    QList<SessionCounts> counts = got(m_w->console.ask(question)).value();
    std::ranges::transform(counts, counts.begin(), numbersOf);
    QCOMPARE(counts, (QList<SessionCounts> {{2, 2, 2}, {1, 1, 1}, {}}));
    question.each += CountSessions {.filter = {.address = u"10.0."_s}};
    QCOMPARE(got(m_w->console.ask(question)).error().code, ErrorCode::InvalidInput);
    question.each = QList<CountSessions>(CountSessionsEach::most + 1);
    QCOMPARE(got(m_w->console.ask(question)).error().code, ErrorCode::InvalidInput);
}

void TestSessionQueries::state_decidesWhatIsShown_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<bool>("ended");
    QTest::addColumn<QStringList>("names");
    QTest::newRow("nothing said") << QString() << false << QStringList {u"bob"_s};
    QTest::newRow("ended too") << QString() << true << QStringList {u"bob"_s, u"ann"_s};
    QTest::newRow("live ones, though ended too") << u"state:live"_s << true << QStringList {u"bob"_s};
    QTest::newRow("ended ones alone") << u"state:ended"_s << false << QStringList {u"ann"_s};
    QTest::newRow("those of a user") << u"state:ended user:bob@example.com"_s << true << QStringList {};
}

void TestSessionQueries::state_decidesWhatIsShown()
{
    QFETCH(QString, typed);
    QFETCH(bool, ended);
    const TokenPair ann = join(u"ann"_s, u"10.0.0.1"_s);
    join(u"bob"_s, u"10.0.0.2"_s);
    QCOMPARE(got(m_w->console.ask(RevokeSessions {.sessions = {ann.session.id}})), 1);
    QTEST(shownBy(session_query::filterOf(typed, ended)), "names");
    m_w->clock.advance(std::chrono::days {1});
    QVERIFY(!shownBy(session_query::filterOf(typed, ended)).contains(u"ann"_s)); // none is shown for longer
}

void TestSessionQueries::history_isReadForNoPage_data()
{
    QTest::addColumn<SessionFilter>("filter");
    QTest::addColumn<bool>("isSelective");
    using enum SessionState;
    QTest::newRow("live ones") << SessionFilter() << false;
    QTest::newRow("live ones alone, whatever else is said") << SessionFilter {.ended = true, .state = Live} << false;
    QTest::newRow("ended ones, too") << SessionFilter {.ended = true} << true;
    QTest::newRow("ended ones alone") << SessionFilter {.state = Ended} << true;
    QTest::newRow("all of a user, who has few") << SessionFilter {.user = Id::create(fromMilliseconds(1)), .ended = true} << false;
    QTest::newRow("a text") << SessionFilter {.text = u"ann"_s} << true;
    QTest::newRow("a device") << SessionFilter {.device = u"curl"_s} << true;
    QTest::newRow("since a while") << SessionFilter {.since = u"2h"_s} << true;
}

/// The last of a million that ended within a month stands behind all of them.
void TestSessionQueries::history_isReadForNoPage()
{
    QFETCH(const SessionFilter, filter);
    QFETCH(const bool, isSelective);
    QCOMPARE(SessionMatcher(filter).isSelective(), isSelective);
}

void TestSessionQueries::ended_areListedAlone_inPages()
{
    QList<Id> ids;
    for (int i = 0; i < 6; ++i) {
        ids += join(u"ended%1"_s.arg(i), u"10.0.0.1"_s).session.id;
        join(u"live%1"_s.arg(i), u"10.0.0.1"_s);
    }
    QCOMPARE(got(m_w->console.ask(RevokeSessions {.sessions = ids})), 6);
    const SessionFilter filter {.state = SessionState::Ended};
    QStringList seen;
    QString cursor;
    do {
        const auto page = got(m_w->console.ask(ListSessions {.filter = filter, .cursor = cursor, .limit = 2}));
        for (const SessionView &row : page->rows)
            seen += row.email.section(u'@', 0, 0);
        cursor = page->next;
    } while (!cursor.isEmpty());
    QCOMPARE(seen, (QStringList {u"ended5"_s, u"ended4"_s, u"ended3"_s, u"ended2"_s, u"ended1"_s, u"ended0"_s}));
    QCOMPARE(got(m_w->console.ask(CountSessions {.filter = filter})).transform(numbersOf), (SessionCounts {6, 0, 0}));
}

void TestSessionQueries::orderOnEndedOnes_endsNobody()
{
    const TokenPair ann = join(u"ann"_s, u"10.0.0.1"_s);
    join(u"bob"_s, u"10.0.0.2"_s);
    QCOMPARE(got(m_w->console.ask(RevokeSessions {.sessions = {ann.session.id}})), 1);
    const SessionFilter filter {.ended = true, .state = SessionState::Ended};
    QCOMPARE(got(m_w->console.ask(RevokeShown {.filter = filter, .seen = 0})), 0);
    QCOMPARE(got(m_w->console.ask(RevokeShown {.filter = filter, .seen = 1})).error().code, ErrorCode::Conflict);
    QCOMPARE(shownBy({}), QStringList {u"bob"_s});
}

void TestSessionQueries::noAddress_isRefused()
{
    for (const QString &address : {u"10.0"_s, u"ann"_s, u"10.0.0.1/8"_s, QString()}) {
        const SessionFilter filter {.address = address};
        QCOMPARE(got(m_w->console.ask(ListSessions {.filter = filter, .limit = 5})).error().code, ErrorCode::InvalidInput);
        QCOMPARE(got(m_w->console.ask(CountSessions {.filter = filter})).error().code, ErrorCode::InvalidInput);
        QCOMPARE(got(m_w->console.ask(RevokeShown {.filter = filter, .seen = 0})).error().code, ErrorCode::InvalidInput);
        SessionView live;
        live.expiresAt = m_w->clock.now() + Seconds {1};
        live.address = u"10.0.0.1"_s;
        QVERIFY(!SessionMatcher(filter).matches(live, m_w->clock.now())); // nobody's
    }
}

void TestSessionQueries::noTime_isRefused()
{
    join(u"ann"_s, u"10.0.0.1"_s);
    for (const QString &since : {u"yesterday"_s, u"2026"_s, u"2026-02-30"_s, QString()}) {
        const SessionFilter filter {.since = since};
        QCOMPARE(got(m_w->console.ask(ListSessions {.filter = filter, .limit = 5})).error().code, ErrorCode::InvalidInput);
        QCOMPARE(got(m_w->console.ask(CountSessions {.filter = filter})).error().code, ErrorCode::InvalidInput);
        QCOMPARE(got(m_w->console.ask(RevokeShown {.filter = filter, .seen = 1})).error().code, ErrorCode::InvalidInput);
        SessionView live;
        live.openedAt = m_w->clock.now();
        live.expiresAt = m_w->clock.now() + Seconds {1};
        QVERIFY(!SessionMatcher(filter).matches(live, m_w->clock.now())); // nobody's
    }
}

void TestSessionQueries::refreshes_areToldNewestFirst()
{
    const TokenPair ann = join(u"ann"_s, u"192.0.2.7"_s);
    const auto uses = [&] { return got(m_w->console.ask(FindRefreshes {.session = ann.session.id})).value(); };
    QVERIFY(uses().isEmpty());
    const Client home {.address = QHostAddress(u"192.0.2.7"_s), .userAgent = u"curl/8"_s};
    const Client thief {.address = QHostAddress(u"203.0.113.66"_s), .userAgent = u"wrk"_s};
    QVERIFY(m_w->sessions.refresh(ann.refreshToken, home, m_w->clock.now()));
    QVERIFY(m_w->sessions.refresh(ann.refreshToken, home, m_w->clock.now()));
    m_w->clock.advance(Seconds {31});
    QVERIFY(!m_w->sessions.refresh(ann.refreshToken, thief, m_w->clock.now()));
    const TimePoint now = m_w->clock.now();
    const QList<RefreshView> told = uses();
    QCOMPARE(told.size(), 3);
    QVERIFY(told[0] == (RefreshView {Rotation::Reused, 0, now, u"203.0.113.66"_s, u"wrk"_s, 1}));
    QVERIFY(told[1] == (RefreshView {Rotation::Repeat, 1, now - Seconds {31}, u"192.0.2.7"_s, u"curl"_s, 1}));
    QVERIFY(told[2] == (RefreshView {Rotation::Rotate, 1, now - Seconds {31}, u"192.0.2.7"_s, u"curl"_s, 1}));
}

void TestSessionQueries::refreshes_ofNoSession_areNotFound()
{
    QCOMPARE(got(m_w->console.ask(FindRefreshes {.session = Id::create(m_w->clock.now())})).error().code, ErrorCode::NotFound);
}

QTEST_GUILESS_MAIN(TestSessionQueries)
#include "TestSessionQueries.moc"
