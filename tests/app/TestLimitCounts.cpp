#include "app/cli/ExitCode.h"
#include "tests/app/WarderProcess.h"

#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <thread>
#include <vector>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

namespace {

constexpr int people = 4;
constexpr int turns = 30;

/// A line of the access log.
struct LoggedRequest
{
    QString route;
    int status = 0;
    QString why;
};

QList<LoggedRequest> requestsIn(const QByteArray &log)
{
    static const QRegularExpression line(
        uR"line( request id=\S+ method=\S+ route="?([^"\s]+)"? status=(\d+) us=\d+ client=\S+ why=("[^"]*"|\S+))line"_s);
    QList<LoggedRequest> requests;
    for (const auto &found : line.globalMatch(QString::fromUtf8(log)))
        requests += {.route = found.captured(1), .status = found.captured(2).toInt(), .why = found.captured(3)};
    return requests;
}

/// What /metrics says of a rule.
int countOf(const QByteArray &metrics, const QString &rule, const QString &outcome)
{
    const QRegularExpression sample(u"warder_rate_limit_decisions_total\\{rule=\"%1\",outcome=\"%2\"\\} (\\d+)\\n"_s.arg(rule, outcome));
    const auto found = sample.match(QString::fromUtf8(metrics));
    return found.hasMatch() ? found.captured(1).toInt() : -1;
}

/// Limits of which at most one may refuse a request, so that the log names each that did.
QStringList withLimits()
{
    const QStringList settings {u"log.level=info"_s,
                                u"rate_limit.enabled=true"_s,
                                u"rate_limit.login_per_address=60/10m burst 60"_s,
                                u"rate_limit.login_per_account=off"_s,
                                u"rate_limit.refresh_per_address=40/10m burst 40"_s,
                                u"rate_limit.refresh_per_session=off"_s,
                                u"rate_limit.account_per_address=25/10m burst 25"_s};
    QStringList arguments = quickSettings();
    for (const QString &setting : settings)
        arguments += {u"--set"_s, setting};
    return arguments;
}

/// What one of several clients does at once: signs in, now and then wrongly, refreshes, looks at their sessions.
void use(const ApiClient &client, const QString &email)
{
    QJsonObject pair;
    for (int turn = 0; turn < turns; ++turn) {
        const bool isWrong = turn % 3 == 2;
        const auto login = client.post("/login", {{u"email"_s, email}, {u"password"_s, isWrong ? u"a guess"_s : annsPassword}});
        if (login.status() == 200)
            pair = login.json();
        const auto renewed = client.post("/refresh", {{u"refresh_token"_s, pair["refresh_token"_L1]}});
        if (renewed.status() == 200)
            pair = renewed.json();
        client.get("/me/sessions", {bearer(pair["access_token"_L1])});
        client.get("/me", {bearer(pair["access_token"_L1])});
    }
}

} // namespace

/// The limiter's statistics against what the access log says, counted by somebody else: each request, exactly.
class TestLimitCounts : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void statistics_areTheAccessLogs();
};

void TestLimitCounts::statistics_areTheAccessLogs()
{
    const QTemporaryDir folder;
    WarderProcess server(folder.filePath(u"data"_s));
    QVERIFY2(server.start(withLimits()), server.log());
    std::vector<std::jthread> threads;
    for (int i = 0; i < people; ++i) {
        const QString email = u"user%1@example.com"_s.arg(i);
        QCOMPARE(server.client().post("/register", {{u"email"_s, email}, {u"password"_s, annsPassword}}).status(), 201);
        threads.emplace_back([client = server.client(), email] { use(client, email); });
    }
    threads.clear(); // joins
    const QByteArray metrics = server.client().get("/metrics").raw.body;
    QCOMPARE(server.stop(), Done);

    const QHash<QString, QStringList> routesOf {{u"login_per_address"_s, {u"/login"_s}},
                                                {u"refresh_per_address"_s, {u"/refresh"_s}},
                                                {u"account_per_address"_s, {u"/me/sessions"_s}},
                                                {u"register_per_address"_s, {u"/register"_s}}};
    QHash<QString, int> allowed;
    QHash<QString, int> denied;
    int all = 0;
    for (const auto &[route, status, why] : requestsIn(server.log())) {
        for (const auto &[rule, routes] : routesOf.asKeyValueRange())
            allowed[rule] += routes.contains(route) && why != rule;
        denied[why] += status == 429;
        ++all;
    }
    QCOMPARE(all, people * (1 + 4 * turns) + 1); // and /metrics
    for (const QString &rule : routesOf.keys()) {
        QCOMPARE(countOf(metrics, rule, u"allowed"_s), allowed[rule]);
        QCOMPARE(countOf(metrics, rule, u"denied"_s), denied[rule]);
    }
    QCOMPARE(countOf(metrics, u"login_backoff"_s, u"denied"_s), denied[u"login_backoff"_s]);
    QVERIFY(denied[u"login_per_address"_s] > 0 && denied[u"refresh_per_address"_s] > 0 && denied[u"account_per_address"_s] > 0);
}

QTEST_GUILESS_MAIN(TestLimitCounts)
#include "TestLimitCounts.moc"
