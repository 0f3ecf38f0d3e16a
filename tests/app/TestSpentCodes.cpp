#include "app/cli/ExitCode.h"
#include "tests/app/WarderProcess.h"
#include "tests/support/AuthenticatorApp.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// What is good once stays spent when the server is killed the moment its answer is here.
class TestSpentCodes : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void spentCodes_staySpent_afterAKill();

private:
    QJsonValue ticket() const
    {
        return m_server.client().post("/login", {{u"email"_s, u"ann@example.com"_s}, {u"password"_s, password}})["mfa_token"_L1];
    }
    ClientResponse finish(const QJsonValue &ticket, const QString &field, const QString &typed) const
    {
        return m_server.client().post("/login/mfa", {{u"mfa_token"_s, ticket}, {field, typed}});
    }
    void killAndStart()
    {
        m_server.kill();
        QVERIFY2(m_server.start(), m_server.log());
    }

    QTemporaryDir m_folder;
    WarderProcess m_server {m_folder.filePath(u"data"_s)};
};

void TestSpentCodes::spentCodes_staySpent_afterAKill()
{
    QVERIFY2(m_server.start(), m_server.log());
    const auto pair = m_server.client().post("/register", {{u"email"_s, u"ann@example.com"_s}, {u"password"_s, password}});
    // The first code is that of the step before, so that now's is still to come.
    const TimePoint before = SystemClock().now() - Totp::period;
    const SetUp phone = setUpTotpOver(m_server.client(), pair["access_token"_L1], before);
    QCOMPARE(phone.recoveryCodes.size(), 10);
    const QString code = phone.app.codeAt(before + Totp::period);

    const QJsonValue used = ticket();
    QCOMPARE(finish(used, u"code"_s, code).status(), 200);
    killAndStart();
    QCOMPARE(finish(ticket(), u"code"_s, code).status(), 422);
    QCOMPARE(finish(used, u"code"_s, code).status(), 401); // the ticket, too

    const QString recovery = phone.recoveryCodes[0];
    QCOMPARE(finish(ticket(), u"recovery_code"_s, recovery).status(), 200);
    killAndStart();
    QCOMPARE(finish(ticket(), u"recovery_code"_s, recovery).status(), 422);

    const QJsonValue tried = ticket(); // tries are counted on disk
    for (int i = 0; i < 3; ++i)
        QCOMPARE(finish(tried, u"recovery_code"_s, u"22222-22222"_s).status(), 422);
    killAndStart();
    for (int i = 0; i < 2; ++i)
        QCOMPARE(finish(tried, u"recovery_code"_s, u"22222-22222"_s).status(), 422);
    QCOMPARE(finish(tried, u"recovery_code"_s, phone.recoveryCodes[1]).status(), 401);
    QCOMPARE(m_server.stop(), Done);
}

QTEST_GUILESS_MAIN(TestSpentCodes)
#include "TestSpentCodes.moc"
