#include "tests/support/WorldTest.h"

#include <QTest>

#include <atomic>
#include <barrier>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

class TestAccountChanges : public WorldTest
{
    Q_OBJECT
private Q_SLOTS:
    void passwordChange_endsTheOthers();
    void disabling_endsAllAndRefuses();
    void removal_endsAll();
    void ordersByOnePassword_atOnce_areOne();
};

void TestAccountChanges::passwordChange_endsTheOthers()
{
    const auto kept = m_world->join(u"ann@example.com"_s);
    const auto other = m_world->login(u"ann@example.com"_s);
    QCOMPARE(m_world->changes.changePassword(kept->user.id, u"wrong", u"a new password", kept->session.id, m_clock.now()).error().code,
             ErrorCode::InvalidCredentials);
    QCOMPARE(m_world->changes.changePassword(kept->user.id, password, u"short", kept->session.id, m_clock.now()).error().code,
             ErrorCode::InvalidInput);
    QVERIFY(m_world->isGood(other->accessToken));
    QVERIFY(m_world->changes.changePassword(kept->user.id, password, u"a new password", kept->session.id, m_clock.now()));
    QVERIFY(m_world->isGood(kept->accessToken));
    QVERIFY(!m_world->isGood(other->accessToken));
    QVERIFY(!m_world->login(u"ann@example.com"_s));
    QVERIFY(m_world->login(u"ann@example.com"_s, u"a new password"_s));
}

void TestAccountChanges::disabling_endsAllAndRefuses()
{
    const auto pair = m_world->join(u"ann@example.com"_s);
    QVERIFY(m_world->changes.setDisabled(pair->user.id, true, u"test"_s, m_clock.now()));
    QVERIFY(!m_world->isGood(pair->accessToken));
    QVERIFY(!m_world->refresh(pair->refreshToken));
    QVERIFY(m_world->changes.setDisabled(pair->user.id, false, u"test"_s, m_clock.now()));
    QVERIFY(m_world->login(u"ann@example.com"_s));
}

void TestAccountChanges::removal_endsAll()
{
    const auto pair = m_world->join(u"ann@example.com"_s);
    QCOMPARE(m_world->changes.removeOwn(pair->user.id, u"wrong", m_clock.now()).error().code, ErrorCode::InvalidCredentials);
    QVERIFY(m_world->changes.removeOwn(pair->user.id, password, m_clock.now()));
    QVERIFY(!m_world->isGood(pair->accessToken));
    QVERIFY(!m_world->refresh(pair->refreshToken));
    QVERIFY(m_world->join(u"ann@example.com"_s));
}

/// Who proved a password that is none any more proved nothing.
void TestAccountChanges::ordersByOnePassword_atOnce_areOne()
{
    const auto pair = m_world->join(u"ann@example.com"_s);
    m_clock.advance(std::chrono::minutes {1});
    std::atomic<int> done {0};
    std::barrier together(8);
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i)
        threads.emplace_back([&, i] {
            together.arrive_and_wait();
            const Id user = pair->user.id;
            const QString next = u"a new password %1"_s.arg(i);
            done += (i == 0 ? m_world->changes.removeOwn(user, password, m_clock.now())
                            : m_world->changes.changePassword(user, password, next, pair->session.id, m_clock.now()))
                        .has_value();
        });
    threads.clear();
    QCOMPARE(done, 1);
}

QTEST_GUILESS_MAIN(TestAccountChanges)
#include "TestAccountChanges.moc"
