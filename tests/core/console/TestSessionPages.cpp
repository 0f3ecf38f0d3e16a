#include "tests/support/ConsoleWorld.h"

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// The list of sessions: every row once, exactly what the filter says, and "revoke all shown" hits just that.
class TestSessionPages : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_w = std::make_unique<ConsoleWorld>(); }
    void cleanup() { m_w.reset(); }

    void pages_showEachRowOnce_whileOthersSignIn();
    void limit_isBounded_data();
    void limit_isBounded();
    void spoiltCursor_startsAnew();
    void filter_finds_data();
    void filter_finds();
    void ended_areShownForADay();
    void revokeShown_endsWhatIsShown();
    void revokeShown_ofMoreThanAPage();
    void revoke_countsLiveOnes();
    void userPages_showEachRowOnce();

private:
    QStringList emailsOf(const SessionFilter &filter);
    TokenPair join(const QString &name, const QString &address = u"192.0.2.7"_s, const QString &agent = u"curl/8"_s);
    std::unique_ptr<ConsoleWorld> m_w;
};

TokenPair TestSessionPages::join(const QString &name, const QString &address, const QString &agent)
{
    m_w->clock.advance(Milliseconds {1}); // ids order by time
    return m_w->join(name + u"@example.com"_s, {.address = QHostAddress(address), .userAgent = agent});
}

QStringList TestSessionPages::emailsOf(const SessionFilter &filter)
{
    QStringList emails;
    const auto page = got(m_w->console.sessions(filter, {}, 500));
    for (const SessionView &row : page->rows)
        emails += row.email.section(u'@', 0, 0);
    return emails;
}

void TestSessionPages::pages_showEachRowOnce_whileOthersSignIn()
{
    QStringList expected;
    for (int i = 0; i < 23; ++i)
        expected.prepend(u"user%1"_s.arg(i));
    for (int i = 0; i < 23; ++i)
        join(u"user%1"_s.arg(i));
    QStringList seen;
    QString cursor;
    do {
        const auto page = got(m_w->console.sessions({}, cursor, 5));
        for (const SessionView &row : page->rows)
            seen += row.email.section(u'@', 0, 0);
        cursor = page->next;
        join(u"late%1"_s.arg(seen.size())); // newer than all that was read
    } while (!cursor.isEmpty());
    QCOMPARE(seen, expected);
}

void TestSessionPages::limit_isBounded_data()
{
    QTest::addColumn<int>("limit");
    QTest::addColumn<int>("rows");
    QTest::newRow("negative") << -5 << 1;
    QTest::newRow("none") << 0 << 1;
    QTest::newRow("one") << 1 << 1;
    QTest::newRow("exactly all") << 3 << 3;
    QTest::newRow("more than all") << 500 << 3;
    QTest::newRow("beyond the bound") << 2'000'000'000 << 3;
}

void TestSessionPages::limit_isBounded()
{
    QFETCH(int, limit);
    for (int i = 0; i < 3; ++i)
        join(u"user%1"_s.arg(i));
    QTEST(int(got(m_w->console.sessions({}, {}, limit))->rows.size()), "rows");
    QTEST(int(got(m_w->console.users({}, {}, limit))->rows.size()), "rows");
}

void TestSessionPages::spoiltCursor_startsAnew()
{
    join(u"ann"_s);
    QCOMPARE(got(m_w->console.sessions({}, u"no cursor' OR 1=1 --"_s, 5))->rows.size(), 1);
}

void TestSessionPages::filter_finds_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("emails");
    QTest::newRow("nothing asked") << QString() << QStringList {u"100%"_s, u"a_b"_s, u"axb"_s};
    QTest::newRow("part of an address") << u"AXB@"_s << QStringList {u"axb"_s};
    QTest::newRow("an underscore is one") << u"a_b"_s << QStringList {u"a_b"_s};
    QTest::newRow("a per cent sign is one") << u"100%"_s << QStringList {u"100%"_s};
    QTest::newRow("a backslash is one") << u"\\"_s << QStringList {};
    QTest::newRow("network address") << u"198.51.100."_s << QStringList {u"a_b"_s};
    QTest::newRow("user agent") << u"firefox"_s << QStringList {u"axb"_s};
    QTest::newRow("a quote") << u"' OR ''='"_s << QStringList {};
    QTest::newRow("other scripts") << u"日本"_s << QStringList {};
}

void TestSessionPages::filter_finds()
{
    QFETCH(QString, text);
    join(u"axb"_s, u"192.0.2.7"_s, u"Mozilla/5.0 Firefox/144.0"_s);
    join(u"a_b"_s, u"198.51.100.9"_s);
    join(u"100%"_s);
    QTEST(emailsOf({.text = text, .user = {}, .ended = false}), "emails");
}

void TestSessionPages::ended_areShownForADay()
{
    const TokenPair ann = join(u"ann"_s);
    join(u"bob"_s);
    QCOMPARE(got(m_w->console.revokeSessions({ann.session.id})).value_or(-1), 1);
    const SessionFilter all {.text = {}, .user = {}, .ended = true};
    QCOMPARE(emailsOf({}), QStringList {u"bob"_s});
    QCOMPARE(emailsOf(all), (QStringList {u"bob"_s, u"ann"_s}));
    QCOMPARE(emailsOf({.text = {}, .user = ann.user.id, .ended = true}), QStringList {u"ann"_s});
    m_w->clock.advance(std::chrono::days {1});
    QCOMPARE(emailsOf(all), QStringList {u"bob"_s});
    m_w->clock.advance(std::chrono::days {13}); // bob's has ended by time
    QVERIFY(emailsOf({}).isEmpty());
    QCOMPARE(emailsOf(all), QStringList {u"bob"_s});
}

void TestSessionPages::revokeShown_endsWhatIsShown()
{
    const TokenPair ann = join(u"ann"_s);
    const TokenPair again = m_w->sessions.login({.email = u"ann@example.com"_s, .password = password}, {.address = QHostAddress(u"192.0.2.8"_s), .userAgent = u"x"_s}, m_w->clock.now()).value();
    const TokenPair bob = join(u"bob"_s);
    QCOMPARE(got(m_w->console.revokeShown({.text = u"nobody"_s, .user = {}, .ended = false})).value_or(-1), 0);
    QCOMPARE(got(m_w->console.revokeShown({.text = u"ann@"_s, .user = {}, .ended = true})).value_or(-1), 2);
    QVERIFY(!m_w->world.isGood(ann.accessToken));
    QVERIFY(!m_w->world.isGood(again.accessToken));
    QVERIFY(m_w->world.isGood(bob.accessToken));
    QCOMPARE(got(m_w->console.revokeShown({.text = u"ann@"_s, .user = {}, .ended = true})).value_or(-1), 0);
}

void TestSessionPages::revokeShown_ofMoreThanAPage()
{
    const Id user = join(u"ann"_s).user.id;
    for (int i = 0; i < 700; ++i)
        QVERIFY(m_w->sessions.login({.email = u"ann@example.com"_s, .password = password}, m_w->world.client, m_w->clock.now()));
    const TokenPair bob = join(u"bob"_s);
    QCOMPARE(got(m_w->console.revokeShown({.text = {}, .user = user, .ended = false})).value_or(-1), 701);
    QVERIFY(m_w->world.isGood(bob.accessToken));
}

void TestSessionPages::revoke_countsLiveOnes()
{
    const TokenPair ann = join(u"ann"_s);
    const TokenPair bob = join(u"bob"_s);
    const Id unknown = Id::create(m_w->clock.now());
    QCOMPARE(got(m_w->console.revokeSessions({ann.session.id, unknown, ann.session.id})).value_or(-1), 1);
    QCOMPARE(got(m_w->console.revokeSessions({ann.session.id})).value_or(-1), 0);
    QCOMPARE(got(m_w->console.revokeSessions({})).value_or(-1), 0);
    QVERIFY(m_w->world.isGood(bob.accessToken));
    QCOMPARE(m_w->journal.liveSessions(), 1);
}

void TestSessionPages::userPages_showEachRowOnce()
{
    QStringList expected;
    for (const char *name : {"zoe", "ann", "bob", "_x", "mia", "al%l", "eve"})
        expected += join(QString::fromLatin1(name)).user.email;
    expected.sort();
    QStringList seen;
    QString cursor;
    do {
        const auto page = got(m_w->console.users({}, cursor, 2));
        for (const UserView &row : page->rows)
            seen += row.email;
        cursor = page->next;
    } while (!cursor.isEmpty());
    QCOMPARE(seen, expected);
    QCOMPARE(got(m_w->console.users(u"L%L"_s, {}, 10))->rows.size(), 1);
}

QTEST_GUILESS_MAIN(TestSessionPages)
#include "TestSessionPages.moc"
