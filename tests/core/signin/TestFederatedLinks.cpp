#include "tests/support/FederatedTest.h"

#include <QTest>

#include <atomic>
#include <barrier>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;
using std::chrono::minutes;

/// People who are signed in link accounts at a provider to theirs.
class TestFederatedLinks : public FederatedTest
{
    Q_OBJECT
private Q_SLOTS:
    void link_addsToTheSession();
    void link_ofAnothers_isTaken();
    void link_ofOwn_isNothingNew();
    void link_diesWithItsSession();
    void link_diesWithAChange();
    void link_ofOne_isWonByOne();
    void links_areBounded();
};

void TestFederatedLinks::link_addsToTheSession()
{
    const TokenPair pair = m_world->join(u"ann@example.com"_s).value();
    const Person elsewhere {.email = u"ann@elsewhere.example"_s, .isVerified = false};
    QCOMPARE(wordOf(finish(walkToLink(pair, elsewhere))), u"linked"_s);
    const auto held = identitiesOf(pair.user.id);
    QCOMPARE(held.size(), 1);
    QVERIFY(held.first().provider == "example"_L1 && held.first().issuer == m_provider->issuer() && held.first().subject == "u1"_L1);
    QCOMPARE(mails(), QStringList {u"identity_linked ann@example.com"_s});
    QVERIFY(m_world->isGood(pair.accessToken));
    QVERIFY(!m_world->accounts.findById(pair.user.id)->emailVerified); // another address was shown, and not proven
    QCOMPARE(tokensIn(come(elsewhere)).user.id, pair.user.id);
}

void TestFederatedLinks::link_ofAnothers_isTaken()
{
    const TokenPair ann = tokensIn(come());
    const TokenPair bob = m_world->join(u"bob@example.com"_s).value();
    QCOMPARE(wordOf(finish(walkToLink(bob))), u"identity_taken"_s);
    QVERIFY(identitiesOf(bob.user.id).isEmpty());
    QCOMPARE(identitiesOf(ann.user.id).size(), 1);
}

void TestFederatedLinks::link_ofOwn_isNothingNew()
{
    const TokenPair pair = tokensIn(come());
    m_clock.advance(minutes {1});
    QCOMPARE(wordOf(finish(walkToLink(pair))), u"linked"_s);
    QCOMPARE(identitiesOf(pair.user.id).size(), 1);
    QVERIFY(mails().isEmpty());
}

void TestFederatedLinks::link_diesWithItsSession()
{
    const TokenPair pair = m_world->join(u"ann@example.com"_s).value();
    const FederatedReturn given = walkToLink(pair);
    QCOMPARE(m_world->sessions.revokeById({pair.session.id}, SessionEnd::Logout, u"user"_s, m_clock.now()).value(), 1);
    QCOMPARE(wordOf(finish(given)), u"invalid_link"_s);
    QVERIFY(identitiesOf(pair.user.id).isEmpty());
}

/// A link that somebody began in a stolen session is over once its owner has changed the password.
void TestFederatedLinks::link_diesWithAChange()
{
    const TokenPair pair = m_world->join(u"ann@example.com"_s).value();
    const FederatedReturn given = walkToLink(pair);
    QVERIFY(m_world->changes.setPassword(pair.user.id, u"another horse battery"_s, u"test"_s, m_clock.now()));
    QCOMPARE(wordOf(finish(given)), u"invalid_link"_s);
    QVERIFY(identitiesOf(pair.user.id).isEmpty());
}

void TestFederatedLinks::link_ofOne_isWonByOne()
{
    QList<FederatedReturn> all;
    for (int i = 0; i < 6; ++i)
        all += walkToLink(m_world->join(u"user%1@example.com"_s.arg(i)).value());
    std::atomic<int> linked = 0;
    std::atomic<int> taken = 0;
    {
        std::barrier together(all.size());
        std::vector<std::jthread> threads;
        for (const FederatedReturn &given : std::as_const(all))
            threads.emplace_back([&] {
                together.arrive_and_wait();
                const QString word = wordOf(finish(given));
                linked += word == "linked"_L1;
                taken += word == "identity_taken"_L1;
            });
    }
    QCOMPARE(linked, 1);
    QCOMPARE(taken, 5);
}

void TestFederatedLinks::links_areBounded()
{
    const TokenPair pair = m_world->join(u"ann@example.com"_s).value();
    for (qint64 i = 0; i < Identities::mostOfUser; ++i)
        QCOMPARE(wordOf(finish(walkToLink(pair, {.subject = u"s%1"_s.arg(i)}))), u"linked"_s);
    QCOMPARE(wordOf(finish(walkToLink(pair, {.subject = u"more"_s}))), u"factor_limit"_s);
}

QTEST_GUILESS_MAIN(TestFederatedLinks)
#include "TestFederatedLinks.moc"
