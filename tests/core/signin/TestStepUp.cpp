#include "core/audit/AuditStore.h"
#include "core/signin/StepUp.h"
#include "tests/support/AuthenticatorApp.h"
#include "tests/support/Mailbox.h"
#include "tests/support/WorldTest.h"

#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// Who is signed in proves once more who they are.
class TestStepUp : public WorldTest
{
    Q_OBJECT
private Q_SLOTS:
    void password_makesTheProofYoung();
    void wrongPassword_changesNothing();
    void endedSession_isNotProven();
    void refresh_isNoProof();
    void otherSessions_stayAsTheyWere();
    void amr_growsByWhatWasShown();
    void changeOfThePassword_isAProof();
    void passwordSetMeanwhile_provesNothing();
    void thirdWrongCode_isTold();
    void methods_areWhatTheAccountHas();
    void sessionOfAFormerMigration_countsFromWhenItWasOpened();

private:
    Result<void> confirm(const TokenPair &pair, const QString &with = password)
    {
        Principal who;
        who.userId = pair.user.id;
        who.sessionId = pair.session.id;
        return m_world->core->stepUp.confirm(who, PasswordProof {.password = with}, m_world->client, m_clock.now());
    }
    Session now(const TokenPair &pair) const { return m_world->sessions.findLive(pair.session.id, m_clock.now()).value().value(); }
    QList<AuditEvent> events(const QString &type) const
    {
        return AuditStore::newest(m_world->database->reader(), std::nullopt, type, 10).value();
    }
};

void TestStepUp::password_makesTheProofYoung()
{
    const auto pair = m_world->join(u"ann@example.com"_s);
    m_clock.advance(std::chrono::hours {1});
    QVERIFY(confirm(*pair));
    QCOMPARE(now(*pair).authenticatedAt, m_clock.now());
    QCOMPARE(now(*pair).openedAt, pair->session.openedAt);
    QCOMPARE(now(*pair).amr, QStringList {u"pwd"_s});
    QCOMPARE(m_world->listener.names().last(), u"renewed"_s);
    const auto event = events(u"reauthenticated"_s).value(0);
    QCOMPARE(event.subject.value(), pair->user.id);
    QCOMPARE(event.session.value(), pair->session.id);
    QCOMPARE(event.address, u"192.0.2.7"_s);
    QCOMPARE(event.details, (QJsonObject {{u"method"_s, u"password"_s}}));
    reopen(); // and it is on disk
    QCOMPARE(now(*pair).authenticatedAt, m_clock.now());
}

void TestStepUp::wrongPassword_changesNothing()
{
    const auto pair = m_world->join(u"ann@example.com"_s);
    m_clock.advance(std::chrono::minutes {10});
    const auto refused = confirm(*pair, u"a guess"_s);
    QCOMPARE(refused.error().code, ErrorCode::InvalidCredentials);
    QCOMPARE(now(*pair).authenticatedAt, pair->session.openedAt);
    QVERIFY(m_world->isGood(pair->accessToken)); // whoever mistyped stays signed in
    QCOMPARE(events(u"reauthentication_failed"_s).size(), 1);
    QVERIFY(events(u"reauthentication_failed"_s).first().details.isEmpty());
    QVERIFY(events(u"reauthenticated"_s).isEmpty());
}

void TestStepUp::endedSession_isNotProven()
{
    const auto pair = m_world->join(u"ann@example.com"_s);
    QVERIFY(m_world->sessions.revokeById({pair->session.id}, SessionEnd::Admin, u"test"_s, m_clock.now()));
    QCOMPARE(confirm(*pair).error().code, ErrorCode::InvalidToken);
    QVERIFY(events(u"reauthenticated"_s).isEmpty()); // undone with it
}

void TestStepUp::refresh_isNoProof()
{
    const auto pair = m_world->join(u"ann@example.com"_s);
    m_clock.advance(std::chrono::minutes {5});
    const auto renewed = m_world->refresh(pair->refreshToken);
    QCOMPARE(renewed->session.authenticatedAt, pair->session.openedAt);
    QVERIFY(confirm(*pair));
    m_clock.advance(std::chrono::minutes {5});
    QCOMPARE(m_world->refresh(renewed->refreshToken)->session.authenticatedAt, m_clock.now() - std::chrono::minutes {5});
}

void TestStepUp::otherSessions_stayAsTheyWere()
{
    const auto pair = m_world->join(u"ann@example.com"_s);
    const auto other = m_world->login(u"ann@example.com"_s);
    m_clock.advance(std::chrono::hours {1});
    QVERIFY(confirm(*pair));
    QCOMPARE(now(*other).authenticatedAt, other->session.openedAt);
}

void TestStepUp::amr_growsByWhatWasShown()
{
    const auto user = m_world->add(u"ann@example.com"_s);
    Session session = m_world->sessions.prepare(user, m_world->client, {.name = u"passkey"_s, .amr = {u"pop"_s, u"user"_s}}, m_clock.now());
    QVERIFY(m_world->database->write(
        [&](Transaction &transaction) { return m_world->sessions.open(transaction, user, session, {}, m_clock.now()); }));
    TokenPair pair;
    pair.user = user;
    pair.session = session;
    QVERIFY(confirm(pair));
    QVERIFY(confirm(pair));
    QCOMPARE(now(pair).amr, (QStringList {u"pop"_s, u"user"_s, u"pwd"_s}));
    QCOMPARE(now(pair).method, u"passkey"_s);
}

void TestStepUp::changeOfThePassword_isAProof()
{
    const auto pair = m_world->join(u"ann@example.com"_s);
    m_clock.advance(std::chrono::hours {1});
    QVERIFY(m_world->changes.changePassword(pair->user.id, password, u"a new long sentence", pair->session.id, m_clock.now()));
    QCOMPARE(now(*pair).authenticatedAt, m_clock.now());
    m_clock.advance(std::chrono::hours {1});
    QVERIFY(!m_world->changes.changePassword(pair->user.id, password, u"another long sentence", pair->session.id, m_clock.now()));
    QCOMPARE(now(*pair).authenticatedAt, m_clock.now() - std::chrono::hours {1});
}

/// Who proved a password that is none any more proved nothing: of both at once either the change comes first, or it ends the session.
void TestStepUp::passwordSetMeanwhile_provesNothing()
{
    const auto pair = m_world->join(u"ann@example.com"_s);
    m_clock.advance(std::chrono::hours {1});
    std::optional<Result<void>> confirmed;
    std::optional<Result<void>> changed;
    {
        const std::jthread one([&] { confirmed = confirm(*pair); });
        const std::jthread other(
            [&] { changed = m_world->changes.setPassword(pair->user.id, u"a new long sentence", u"test"_s, m_clock.now()); });
    }
    QVERIFY(*changed);
    QVERIFY(!m_world->sessions.findLive(pair->session.id, m_clock.now()).value());
    QVERIFY(*confirmed || (*confirmed).error().code == ErrorCode::InvalidCredentials
            || (*confirmed).error().code == ErrorCode::InvalidToken);
}

void TestStepUp::thirdWrongCode_isTold()
{
    const auto pair = m_world->join(u"ann@example.com"_s);
    const SetUp phone = setUpTotp(*m_world, *pair);
    Mailbox(*m_world).takeAll();
    Principal who;
    who.userId = pair->user.id;
    who.sessionId = pair->session.id;
    for (int i = 1; i <= 4; ++i) {
        const TotpProof wrong {phone.app.wrongAt(m_clock.now())};
        QCOMPARE(m_world->core->stepUp.confirm(who, wrong, m_world->client, m_clock.now()).error().code, ErrorCode::InvalidInput);
        QCOMPARE(events(u"second_factor_guessed"_s).size(), i < 3 ? 0 : 1);
        QCOMPARE(Mailbox(*m_world).takeKinds(), i == 3 ? QStringList {u"second_factor_guessed"_s} : QStringList());
    }
}

void TestStepUp::methods_areWhatTheAccountHas()
{
    const auto user = m_world->add(u"ann@example.com"_s);
    QCOMPARE(m_world->core->stepUp.methodsOf(user.id).value(), QStringList {u"password"_s});
    QVERIFY(m_world->database->write([](DbConnection &connection) { return connection.run(u"DELETE FROM credentials"_s, {}); }));
    QCOMPARE(m_world->core->stepUp.methodsOf(user.id).value(), QStringList());
}

void TestStepUp::sessionOfAFormerMigration_countsFromWhenItWasOpened()
{
    const auto pair = m_world->join(u"ann@example.com"_s);
    QVERIFY(m_world->database->write(
        [](DbConnection &connection) { return connection.run(u"UPDATE sessions SET authenticated_at = NULL"_s, {}); }));
    m_clock.advance(std::chrono::minutes {3});
    QCOMPARE(now(*pair).authenticatedAt, pair->session.openedAt);
    QVERIFY(confirm(*pair));
    QCOMPARE(now(*pair).authenticatedAt, m_clock.now());
}

QTEST_GUILESS_MAIN(TestStepUp)
#include "TestStepUp.moc"
