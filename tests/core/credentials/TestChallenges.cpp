#include "core/credentials/ChallengeStore.h"
#include "core/credentials/Challenges.h"
#include "core/storage/Database.h"
#include "tests/support/WorldTest.h"

#include <QTest>

#include <atomic>
#include <barrier>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;
using std::chrono::minutes;

/// What is good once and soon over.
class TestChallenges : public WorldTest
{
    Q_OBJECT
private Q_SLOTS:
    void secret_findsItsChallenge();
    void wrongSecrets_findNothing_data();
    void wrongSecrets_findNothing();
    void anotherPurpose_findsNothing();
    void time_endsIt_data();
    void time_endsIt();
    void spending_worksOnce();
    void spending_onManyThreads_hasOneWinner();
    void attempts_areFive_alsoAtOnce();
    void spending_doesNotAskHowOftenItWasTried();
    void restart_keepsCountsAndEnds();
    void data_isSealedAndBound();
    void user_hasTenOfAPurpose();
    void nobody_hasSoManyTogether();
    void removed_withItsUserAndSession();
    void answering_worksOnce_andLeavesItThere();
    void answering_onManyThreads_hasOneWinner();
    void ofNobody_findsItsUser();
    void madeBefore_countAsAnswered_beyondTheMost();
    void changes_endWhatTheyMust_data();
    void changes_endWhatTheyMust();

private:
    Challenges &challenges() { return m_world->core->challenges; }
    Result<OpenedChallenge> open(ChallengePurpose purpose = ChallengePurpose::PasskeyLogin, std::optional<Id> user = {})
    {
        return challenges().open({.purpose = purpose, .user = user, .data = {{u"x"_s, 7}}, .life = minutes {5}}, m_clock.now());
    }
    qint64 count(const QString &where = u"1"_s)
    {
        return m_world->database->reader().number(u"SELECT count(*) FROM challenges WHERE "_s + where).value();
    }
};

void TestChallenges::secret_findsItsChallenge()
{
    const User ann = m_world->add(u"ann@example.com"_s);
    const auto opened = open(ChallengePurpose::SecondFactor, ann.id).value();
    QCOMPARE(opened.secret.size(), 43);
    QCOMPARE(opened.expiresAt, m_clock.now() + minutes {5});
    QCOMPARE(Challenges::idOf(opened.secret), opened.id);
    const auto found = challenges().find(opened.id, ChallengePurpose::SecondFactor, m_clock.now()).value();
    QCOMPARE(found.user, ann.id);
    QVERIFY(!found.session);
    QCOMPARE(found.data, (QJsonObject {{u"x"_s, 7}}));
    QCOMPARE(found.attempts, 0);
    QVERIFY(open().value().secret != opened.secret);
}

void TestChallenges::wrongSecrets_findNothing_data()
{
    QTest::addColumn<QByteArray>("secret");
    QTest::newRow("empty") << ""_ba;
    QTest::newRow("short") << "AAAA"_ba;
    QTest::newRow("long") << QByteArray(100'000, 'A');
    QTest::newRow("padded") << QByteArray(43, 'A') + '=';
    QTest::newRow("of base64 and not base64url") << QByteArray(42, '+') + 'A';
    QTest::newRow("with stray bits") << QByteArray(42, 'A') + 'B';
}

void TestChallenges::wrongSecrets_findNothing()
{
    QFETCH(QByteArray, secret);
    QVERIFY(!Challenges::idOf(secret));
    const QByteArray nobodys = Challenges::idOf(QByteArray(43, 'A')).value();
    QCOMPARE(challenges().find(nobodys, ChallengePurpose::PasskeyLogin, m_clock.now()).error().code, ErrorCode::InvalidToken);
}

void TestChallenges::anotherPurpose_findsNothing()
{
    const auto opened = open().value();
    for (const auto other : {ChallengePurpose::SecondFactor, ChallengePurpose::PasskeyRegistration, ChallengePurpose::Reauthentication}) {
        QVERIFY(!challenges().find(opened.id, other, m_clock.now()));
        QVERIFY(!challenges().attempt(opened.id, other, m_clock.now()));
        QVERIFY(!challenges().take(opened.id, other, m_clock.now()));
    }
    QCOMPARE(challenges().take(opened.id, ChallengePurpose::PasskeyLogin, m_clock.now()).value().attempts, 0);
}

void TestChallenges::time_endsIt_data()
{
    QTest::addColumn<qint64>("after");
    QTest::addColumn<bool>("good");
    QTest::newRow("one ms before") << qint64(299'999) << true;
    QTest::newRow("exactly then") << qint64(300'000) << false;
}

void TestChallenges::time_endsIt()
{
    QFETCH(qint64, after);
    QFETCH(bool, good);
    const auto opened = open().value();
    m_clock.advance(Milliseconds {after});
    QCOMPARE(challenges().find(opened.id, ChallengePurpose::PasskeyLogin, m_clock.now()).has_value(), good);
    QCOMPARE(challenges().attempt(opened.id, ChallengePurpose::PasskeyLogin, m_clock.now()).has_value(), good);
    QCOMPARE(challenges().take(opened.id, ChallengePurpose::PasskeyLogin, m_clock.now()).has_value(), good);
    QCOMPARE(count(), good ? 0 : 1);
    QCOMPARE(m_world->database
                 ->write([&](DbConnection &connection) {
                     return ChallengeStore::removeExpired(connection, m_clock.now() + Milliseconds {1}, 10);
                 })
                 .value(),
             good ? 0 : 1);
}

void TestChallenges::spending_worksOnce()
{
    const auto opened = open().value();
    QCOMPARE(challenges().take(opened.id, ChallengePurpose::PasskeyLogin, m_clock.now()).value().data, (QJsonObject {{u"x"_s, 7}}));
    QCOMPARE(challenges().take(opened.id, ChallengePurpose::PasskeyLogin, m_clock.now()).error().code, ErrorCode::InvalidToken);
}

void TestChallenges::spending_onManyThreads_hasOneWinner()
{
    const auto opened = open().value();
    std::atomic<int> won {0};
    std::barrier together(16);
    std::vector<std::jthread> threads;
    for (int i = 0; i < 16; ++i)
        threads.emplace_back([&] {
            together.arrive_and_wait();
            if (challenges().take(opened.id, ChallengePurpose::PasskeyLogin, m_clock.now()))
                ++won;
        });
    threads.clear();
    QCOMPARE(won, 1);
}

void TestChallenges::attempts_areFive_alsoAtOnce()
{
    const auto opened = open().value();
    std::atomic<int> looked {0};
    std::barrier together(16);
    std::vector<std::jthread> threads;
    for (int i = 0; i < 16; ++i)
        threads.emplace_back([&] {
            together.arrive_and_wait();
            if (challenges().attempt(opened.id, ChallengePurpose::PasskeyLogin, m_clock.now()))
                ++looked;
        });
    threads.clear();
    QCOMPARE(looked, Challenges::mostAttempts);
    QVERIFY(!challenges().find(opened.id, ChallengePurpose::PasskeyLogin, m_clock.now()));
}

/// Who guessed right the fifth time spends it after the count.
void TestChallenges::spending_doesNotAskHowOftenItWasTried()
{
    const auto opened = open().value();
    for (int i = 1; i <= 5; ++i)
        QCOMPARE(challenges().attempt(opened.id, ChallengePurpose::PasskeyLogin, m_clock.now()).value().attempts, i);
    QVERIFY(!challenges().attempt(opened.id, ChallengePurpose::PasskeyLogin, m_clock.now()));
    QVERIFY(challenges().take(opened.id, ChallengePurpose::PasskeyLogin, m_clock.now()));
}

void TestChallenges::restart_keepsCountsAndEnds()
{
    const auto tried = open().value();
    const auto spent = open().value();
    QVERIFY(challenges().attempt(tried.id, ChallengePurpose::PasskeyLogin, m_clock.now()));
    QVERIFY(challenges().take(spent.id, ChallengePurpose::PasskeyLogin, m_clock.now()));
    reopen();
    QCOMPARE(challenges().find(tried.id, ChallengePurpose::PasskeyLogin, m_clock.now()).value().attempts, 1);
    QVERIFY(!challenges().find(spent.id, ChallengePurpose::PasskeyLogin, m_clock.now()));
}

void TestChallenges::data_isSealedAndBound()
{
    const auto one =
        challenges()
            .open({.purpose = ChallengePurpose::PasskeyLogin, .data = {{u"word"_s, u"zebra"_s}}, .life = minutes {5}}, m_clock.now())
            .value();
    const auto other = open().value();
    QCOMPARE(count(u"instr(data, CAST('zebra' AS BLOB)) > 0"_s), 0);
    const auto moved = m_world->database->write([&](DbConnection &connection) {
        return connection.perform(u"UPDATE challenges SET data = (SELECT data FROM challenges WHERE id = ?) WHERE id = ?"_s,
                                  {one.id, other.id});
    });
    QVERIFY(moved);
    QCOMPARE(challenges().find(other.id, ChallengePurpose::PasskeyLogin, m_clock.now()).error().code, ErrorCode::CryptoFailure);
}

void TestChallenges::user_hasTenOfAPurpose()
{
    const User ann = m_world->add(u"ann@example.com"_s);
    const User bob = m_world->add(u"bob@example.com"_s);
    QVERIFY(open(ChallengePurpose::SecondFactor, bob.id));
    QVERIFY(open(ChallengePurpose::PasskeyRegistration, ann.id));
    const auto first = open(ChallengePurpose::SecondFactor, ann.id).value();
    OpenedChallenge last;
    for (int i = 0; i < 15; ++i) {
        m_clock.advance(Milliseconds {1});
        last = open(ChallengePurpose::SecondFactor, ann.id).value();
    }
    QCOMPARE(count(u"purpose = 'mfa'"_s), 11);
    QCOMPARE(count(), 12);
    for (int i = 0; i < 15; ++i) { // also within one millisecond the newest stays
        last = open(ChallengePurpose::SecondFactor, ann.id).value();
        QVERIFY(challenges().find(last.id, ChallengePurpose::SecondFactor, m_clock.now()));
    }
    QVERIFY(!challenges().find(first.id, ChallengePurpose::SecondFactor, m_clock.now()));
    QVERIFY(challenges().find(last.id, ChallengePurpose::SecondFactor, m_clock.now()));
}

/// Strangers cannot fill the disk.
void TestChallenges::nobody_hasSoManyTogether()
{
    const User ann = m_world->add(u"ann@example.com"_s);
    const auto hers = open(ChallengePurpose::SecondFactor, ann.id).value();
    const auto first = open().value();
    m_clock.advance(Milliseconds {1});
    const auto flooded = m_world->database->write([&](DbConnection &connection) {
        return connection.perform(u"WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) "
                                  "INSERT INTO challenges (id, purpose, data, created_at, expires_at) "
                                  "SELECT randomblob(32), 'passkey_login', x'00', ?, ? FROM n"_s,
                                  {Challenges::mostOfNobody + 100, bound(m_clock.now()), bound(m_clock.now() + minutes {5})});
    });
    QVERIFY2(flooded, flooded ? "" : qPrintable(flooded.error().detail));
    m_clock.advance(Milliseconds {1});
    const auto ofProvider = open(ChallengePurpose::Provider).value(); // a flood of one purpose takes no other's first
    const auto last = open().value();
    QCOMPARE(count(u"user_id IS NULL"_s), Challenges::mostOfNobody);
    QVERIFY(challenges().find(ofProvider.id, ChallengePurpose::Provider, m_clock.now()));
    QVERIFY(!challenges().find(first.id, ChallengePurpose::PasskeyLogin, m_clock.now())); // those made first go
    QVERIFY(challenges().find(last.id, ChallengePurpose::PasskeyLogin, m_clock.now()));
    QVERIFY(challenges().find(hers.id, ChallengePurpose::SecondFactor, m_clock.now()));
    QVERIFY(challenges().take(last.id, ChallengePurpose::PasskeyLogin, m_clock.now()));
    QCOMPARE(m_world->database->reader().number(u"SELECT number FROM row_counts WHERE name = 'challenges_of_nobody'"_s).value(),
             Challenges::mostOfNobody - 1);
}

void TestChallenges::removed_withItsUserAndSession()
{
    const auto pair = m_world->join(u"ann@example.com"_s).value(); // with a link to verify the address
    QVERIFY(open(ChallengePurpose::SecondFactor, pair.user.id));
    QVERIFY(
        challenges().open({.purpose = ChallengePurpose::Reauthentication, .session = pair.session.id, .life = minutes {5}}, m_clock.now()));
    QCOMPARE(count(), 3);
    QVERIFY(m_world->database->write(
        [&](DbConnection &connection) { return connection.perform(u"DELETE FROM sessions WHERE id = ?"_s, {bound(pair.session.id)}); }));
    QCOMPARE(count(), 2);
    QVERIFY(m_world->changes.remove(pair.user.id, u"test"_s, m_clock.now()));
    QCOMPARE(count(), 0);
    QCOMPARE(m_world->database->reader().number(u"SELECT number FROM row_counts WHERE name = 'challenges_of_nobody'"_s).value(), 0);
}

void TestChallenges::answering_worksOnce_andLeavesItThere()
{
    const User ann = m_world->add(u"ann@example.com"_s);
    const auto opened = open(ChallengePurpose::SignInLink, ann.id).value();
    const auto answer = [&] {
        return m_world->database->write([&](Transaction &transaction) {
            return challenges().answer(transaction, opened.id, ChallengePurpose::SignInLink, m_clock.now());
        });
    };
    const auto isAnswered = [&] {
        return m_world->database
            ->write([&](Transaction &transaction) {
                return Challenges::hasAnswered(transaction, ann.id, ChallengePurpose::SignInLink, m_clock.now());
            })
            .value();
    };
    QVERIFY(!isAnswered());
    QCOMPARE(answer().value().data, (QJsonObject {{u"x"_s, 7}}));
    QVERIFY(isAnswered());
    QCOMPARE(answer().error().code, ErrorCode::InvalidToken);
    const auto found = challenges().find(opened.id, ChallengePurpose::SignInLink, m_clock.now()).value();
    QCOMPARE(found.answeredAt, m_clock.now());
    for (int i = 1; i <= 5; ++i) // it is counted as any other
        QCOMPARE(challenges().attempt(opened.id, ChallengePurpose::SignInLink, m_clock.now()).value().attempts, i);
    QVERIFY(!challenges().attempt(opened.id, ChallengePurpose::SignInLink, m_clock.now()));
    QVERIFY(challenges().findSpendable(opened.id, ChallengePurpose::SignInLink, m_clock.now()));
    m_clock.advance(minutes {5});
    QVERIFY(!isAnswered());
    QVERIFY(!challenges().findSpendable(opened.id, ChallengePurpose::SignInLink, m_clock.now()));
}

void TestChallenges::answering_onManyThreads_hasOneWinner()
{
    const auto opened = open(ChallengePurpose::SignInLink).value();
    std::atomic<int> won {0};
    std::barrier together(16);
    std::vector<std::jthread> threads;
    for (int i = 0; i < 16; ++i)
        threads.emplace_back([&] {
            together.arrive_and_wait();
            won += m_world->database
                       ->write([&](Transaction &transaction) {
                           return challenges().answer(transaction, opened.id, ChallengePurpose::SignInLink, m_clock.now());
                       })
                       .has_value();
        });
    threads.clear();
    QCOMPARE(won, 1);
}

void TestChallenges::ofNobody_findsItsUser()
{
    const User ann = m_world->add(u"ann@example.com"_s);
    const User bob = m_world->add(u"bob@example.com"_s);
    const auto opened = open(ChallengePurpose::SignInLink).value();
    const auto bind = [&](Id user) {
        return m_world->database
            ->write([&](Transaction &transaction) {
                return Challenges::bind(transaction, opened.id, ChallengePurpose::SignInLink, user, m_clock.now());
            })
            .value();
    };
    const auto ofNobody = [this] {
        return m_world->database->reader().number(u"SELECT number FROM row_counts WHERE name = 'challenges_of_nobody'"_s).value();
    };
    QCOMPARE(ofNobody(), 1);
    QVERIFY(bind(ann.id));
    QCOMPARE(ofNobody(), 0);
    QVERIFY(!bind(bob.id)); // it is somebody's by now
    QCOMPARE(challenges().find(opened.id, ChallengePurpose::SignInLink, m_clock.now()).value().user, ann.id);
    QVERIFY(m_world->changes.remove(ann.id, u"test"_s, m_clock.now()));
    QCOMPARE(count(), 0);
    QCOMPARE(ofNobody(), 0);
}

void TestChallenges::madeBefore_countAsAnswered_beyondTheMost()
{
    const User ann = m_world->add(u"ann@example.com"_s);
    QList<QByteArray> ids;
    for (int i = 0; i < 5; ++i) {
        m_clock.advance(Milliseconds {1});
        ids += open(ChallengePurpose::SignInLink).value().id;
        QVERIFY(m_world->database->write([&](Transaction &transaction) {
            return Challenges::bind(transaction, ids.last(), ChallengePurpose::SignInLink, ann.id, m_clock.now());
        }));
    }
    for (int i = 0; i < 5; ++i) {
        const auto found = challenges().find(ids[i], ChallengePurpose::SignInLink, m_clock.now());
        QVERIFY(found); // whoever asked for it sees no difference
        QCOMPARE(found->answeredAt.has_value(), i < 2);
    }
}

void TestChallenges::changes_endWhatTheyMust_data()
{
    QTest::addColumn<int>("purpose");
    QTest::addColumn<bool>("outlivesFactors");
    QTest::addColumn<bool>("outlivesAll");
    for (int each = 0; each < int(namesOf<ChallengePurpose>.size()); ++each) {
        const auto purpose = ChallengePurpose(each);
        QTest::newRow(qPrintable(nameOf(purpose)))
            << each << isLinkOfMail(purpose) << (purpose == ChallengePurpose::SignInReport || purpose == ChallengePurpose::EmailChangeOld);
    }
}

void TestChallenges::changes_endWhatTheyMust()
{
    QFETCH(int, purpose);
    QFETCH(bool, outlivesFactors);
    QFETCH(bool, outlivesAll);
    const auto kind = ChallengePurpose(purpose);
    const User ann = m_world->add(u"ann@example.com"_s);
    const User bob = m_world->add(u"bob@example.com"_s);
    const auto bobs = open(kind, bob.id).value();
    const auto first = open(kind, ann.id).value();
    QVERIFY(m_world->database->write([&](Transaction &transaction) { return Challenges::removeSignIns(transaction, ann.id); }));
    QCOMPARE(challenges().find(first.id, kind, m_clock.now()).has_value(), outlivesFactors);
    const auto second = open(kind, ann.id).value();
    QVERIFY(m_world->database->write([&](Transaction &transaction) { return Challenges::removeAll(transaction, ann.id); }));
    const auto found = challenges().find(second.id, kind, m_clock.now());
    QCOMPARE(found.has_value(), outlivesAll);
    if (found) // it may report, and agrees to nothing
        QCOMPARE(found->answeredAt.has_value(), kind == ChallengePurpose::EmailChangeOld);
    QVERIFY(challenges().find(bobs.id, kind, m_clock.now()));
}

QTEST_GUILESS_MAIN(TestChallenges)
#include "TestChallenges.moc"
