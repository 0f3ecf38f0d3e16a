#include "app/cli/ExitCode.h"
#include "tests/app/WarderProcess.h"

#include <QSet>
#include <QTemporaryDir>
#include <QTest>

#include <barrier>
#include <thread>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// A stolen refresh token and its owner, from the first race to the end of the family, across kills of the server.
class TestReuseOnDisk : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void reuse_endsTheFamilyForGood();

private:
    bool serve(const QString &grace)
    {
        return m_server.start(quickSettings() + QStringList {u"--set"_s, u"sessions.refresh_grace="_s + grace});
    }
    ClientResponse refresh(const QJsonValue &token) const { return m_server.client().post("/refresh", {{u"refresh_token"_s, token}}); }
    int statusOfMe(const ClientResponse &pair) const { return m_server.client().get("/me", {bearer(pair["access_token"_L1])}).status(); }
    QList<ClientResponse> refreshTogether(const QJsonValue &token, int callers) const;
    void familyIsDead(const ClientResponse &first, const ClientResponse &second) const;

    QTemporaryDir m_folder;
    WarderProcess m_server {m_folder.filePath(u"data"_s)};
};

QList<ClientResponse> TestReuseOnDisk::refreshTogether(const QJsonValue &token, int callers) const
{
    QList<ClientResponse> answers(callers);
    std::barrier together(callers);
    std::vector<std::jthread> threads;
    for (ClientResponse &answer : answers) {
        threads.emplace_back([&answer, &together, &token, this] {
            together.arrive_and_wait();
            answer = refresh(token);
        });
    }
    threads.clear();
    return answers;
}

void TestReuseOnDisk::familyIsDead(const ClientResponse &first, const ClientResponse &second) const
{
    QCOMPARE(statusOfMe(first), 401);
    QCOMPARE(statusOfMe(second), 401);
    QCOMPARE(refresh(first["refresh_token"_L1]).status(), 401);
    QCOMPARE(refresh(second["refresh_token"_L1]).status(), 401);
    const QJsonArray ended = m_server.command({u"session"_s, u"list"_s, u"--ended"_s, u"--json"_s}).array();
    QCOMPARE(ended.size(), 2); // newest first
    QCOMPARE(ended.last()["email"_L1], u"ann@example.com"_s);
    QCOMPARE(ended.last()["end_reason"_L1], u"reuse"_s);
    QVERIFY(ended.last()["ended_at"_L1].isString());
    QVERIFY(ended.first()["end_reason"_L1].toString().isEmpty()); // the other device stays signed in
}

void TestReuseOnDisk::reuse_endsTheFamilyForGood()
{
    QVERIFY2(serve(u"30s"_s), m_server.log());
    const QJsonObject ann {{u"email"_s, u"ann@example.com"_s}, {u"password"_s, u"correct horse battery"_s}};
    const auto first = m_server.client().post("/register", ann);
    const auto otherDevice = m_server.client().post("/login", ann);
    QCOMPARE(otherDevice.status(), 200);

    const QList<ClientResponse> answers = refreshTogether(first["refresh_token"_L1], 32);
    QSet<QString> successors;
    for (const ClientResponse &answer : answers) {
        QCOMPARE(answer.status(), 200);
        successors += answer["refresh_token"_L1].toString();
    }
    QCOMPARE(successors.size(), 1);
    const ClientResponse second = answers.first();
    QCOMPARE(statusOfMe(second), 200);

    m_server.kill();
    QVERIFY2(serve(u"0s"_s), m_server.log()); // the grace is over, without waiting for it
    QCOMPARE(statusOfMe(first), 200);
    QCOMPARE(refresh(first["refresh_token"_L1]).status(), 401); // reuse
    m_server.kill();                                            // the moment that answer is here
    for (const QString &grace : {u"0s"_s, u"300s"_s}) {         // a grace does not bring the dead back
        QVERIFY2(serve(grace), m_server.log());
        familyIsDead(first, second);
        QCOMPARE(statusOfMe(otherDevice), 200);
        m_server.kill();
    }
    QVERIFY2(serve(u"30s"_s), m_server.log());
    QCOMPARE(m_server.client().post("/login", ann).status(), 200);
    QCOMPARE(refresh(otherDevice["refresh_token"_L1]).status(), 200);
    QCOMPARE(m_server.stop(), Done);
}

QTEST_GUILESS_MAIN(TestReuseOnDisk)
#include "TestReuseOnDisk.moc"
