#include "core/platform/Process.h"
#include "tests/support/ApiServer.h"
#include "tests/support/RawHttp.h"

#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// What /metrics says, and that it is Prometheus' text format 0.0.4 to the letter.
class TestMetrics : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void text_isPrometheusFormat();
    void reader_isStrict_data();
    void reader_isStrict();
    void event_isCounted_data();
    void event_isCounted();
    void durations_areCountedInSeconds();
    void process_isMeasured();
};

namespace {

/// Reads the format strictly; `fault` says what is wrong.
struct Metrics
{
    explicit Metrics(const QByteArray &text);

    QMap<QByteArray, double> samples;       ///< By name and labels, as they stand in the text.
    QMap<QByteArray, QByteArrayList> names; ///< Of the samples, by family, in the order of the text.
    QString fault;

private:
    void readFamily(const QStringList &lines, qsizetype &at);
    void readSample(const QString &line, const QString &family, const QString &type);
    void checkHistogram(const QByteArray &family);
};

Metrics::Metrics(const QByteArray &text)
{
    if (!text.endsWith('\n'))
        fault = u"the last line does not end"_s;
    const QStringList lines = QString::fromUtf8(text.chopped(1)).split(u'\n');
    for (qsizetype at = 0; at < lines.size() && fault.isEmpty();)
        readFamily(lines, at);
}

void Metrics::readFamily(const QStringList &lines, qsizetype &at)
{
    static const QRegularExpression help(u"^# HELP ([a-z_]+) \\S[^\\\\]*$"_s);
    static const QRegularExpression type(u"^# TYPE ([a-z_]+) (counter|gauge|histogram)$"_s);
    const auto told = help.match(lines[at]);
    const auto typed = type.match(lines.value(at + 1));
    const QString family = told.captured(1);
    if (!told.hasMatch() || typed.captured(1) != family || names.contains(family.toLatin1())) {
        fault = u"no family, or one for the second time: "_s + lines[at];
        return;
    }
    if ((typed.captured(2) == "counter"_L1) != family.endsWith("_total"_L1))
        fault = u"the name of a counter, and no other, ends with _total: "_s + family;
    names[family.toLatin1()];
    for (at += 2; at < lines.size() && !lines[at].startsWith(u'#') && fault.isEmpty(); ++at)
        readSample(lines[at], family, typed.captured(2));
    if (typed.captured(2) == "histogram"_L1)
        checkHistogram(family.toLatin1());
}

void Metrics::readSample(const QString &line, const QString &family, const QString &type)
{
    static const QRegularExpression sample(
        u"^([a-z_]+)((?:\\{[a-z_]+=\"[^\"\\\\]*\"(?:,[a-z_]+=\"[^\"\\\\]*\")*\\})?) (-?[0-9.]+(?:e[-+]?[0-9]+)?)$"_s);
    const auto found = sample.match(line);
    const QString end = found.captured(1).sliced(std::min(family.size(), found.captured(1).size()));
    const bool isKnown = type == "histogram"_L1 ? QStringList {u"_bucket"_s, u"_sum"_s, u"_count"_s}.contains(end) : end.isEmpty();
    const QByteArray name = (found.captured(1) + found.captured(2)).toLatin1();
    if (!found.hasMatch() || !found.captured(1).startsWith(family) || !isKnown || samples.contains(name))
        fault = u"no sample of %1, or one for the second time: %2"_s.arg(family, line);
    names[family.toLatin1()] += name;
    samples[name] = found.captured(3).toDouble();
    if (samples[name] < 0)
        fault = u"none of ours is negative: "_s + line;
}

void Metrics::checkHistogram(const QByteArray &family)
{
    double bound = -1;
    double before = 0;
    for (const QByteArray &name : std::as_const(names[family])) {
        if (!name.contains("_bucket{le=\""))
            continue;
        const QByteArray le = name.sliced(name.indexOf('"') + 1).chopped(2);
        const double next = le == "+Inf" ? std::numeric_limits<double>::infinity() : le.toDouble();
        if (next <= bound || samples[name] < before)
            fault = u"buckets grow: "_s + QString::fromLatin1(name);
        bound = next;
        before = samples[name];
    }
    if (!std::isinf(bound) || !samples.contains(family + "_sum") || samples.value(family + "_count", -1) != before)
        fault = u"a histogram ends with +Inf, which is its _count, and has a _sum: "_s + QString::fromLatin1(family);
}

Metrics metricsOf(const ApiServer &server) { return Metrics(server.client().get("/metrics").raw.body); }

constexpr auto histogram = "warder_http_request_duration_seconds";

} // namespace

void TestMetrics::text_isPrometheusFormat()
{
    const ApiServer server(ApiOptions {.rateLimits = true});
    server.join(u"ann@example.com"_s);
    const auto answer = server.client().get("/metrics");
    QCOMPARE(answer.header("content-type"), "text/plain; version=0.0.4; charset=utf-8");
    const Metrics metrics(answer.raw.body);
    QCOMPARE(metrics.fault, QString());
    QVERIFY(metrics.names[histogram].size() > 10);
    for (const QByteArray &family : metrics.names.keys())
        QVERIFY2(family.startsWith("warder_") || family.startsWith("process_"), family);
}

/// A reader that takes anything would prove nothing.
void TestMetrics::reader_isStrict_data()
{
    QTest::addColumn<QByteArray>("text");
    const QByteArray counter = "# HELP a_total A.\n# TYPE a_total counter\n";
    const QByteArray buckets = "# HELP h H.\n# TYPE h histogram\nh_bucket{le=\"1\"} 2\nh_bucket{le=\"+Inf\"} ";
    QTest::newRow("no type") << "# HELP a_total A.\na_total 1\n"_ba;
    QTest::newRow("no help") << "# TYPE a_total counter\na_total 1\n"_ba;
    QTest::newRow("a sample of another family") << counter + "b_total 1\n";
    QTest::newRow("a sample twice") << counter + "a_total 1\na_total 1\n";
    QTest::newRow("a family twice") << counter + counter;
    QTest::newRow("no number") << counter + "a_total one\n";
    QTest::newRow("an open label") << counter + "a_total{x=\"1} 1\n";
    QTest::newRow("an end that is missing") << counter + "a_total 1";
    QTest::newRow("a counter's name") << "# HELP a A.\n# TYPE a counter\na 1\n"_ba;
    QTest::newRow("buckets that fall") << buckets + "1\nh_sum 1\nh_count 1\n";
    QTest::newRow("another count") << buckets + "3\nh_sum 1\nh_count 4\n";
    QTest::newRow("no sum") << buckets + "3\nh_count 3\n";
    QTest::newRow("no last bucket") << "# HELP h H.\n# TYPE h histogram\nh_bucket{le=\"1\"} 2\nh_sum 1\nh_count 2\n"_ba;
}

void TestMetrics::reader_isStrict()
{
    QFETCH(QByteArray, text);
    QVERIFY(!Metrics(text).fault.isEmpty());
}

using Event = std::function<void(ApiServer &)>;

void TestMetrics::event_isCounted_data()
{
    QTest::addColumn<Event>("event");
    QTest::addColumn<QByteArray>("sample");
    QTest::addColumn<int>("times");
    const auto row = [](const char *name, const char *sample, int times, const Event &event) {
        QTest::newRow(name) << event << QByteArray(sample) << times;
    };
    const auto logins = [](int count, const QString &with) {
        return [=](const ApiServer &server) {
            for (int i = 0; i < count; ++i)
                server.login(u"ann@example.com"_s, with);
        };
    };
    const auto refresh = [](const ApiServer &server, const QJsonValue &token) {
        server.client().post("/refresh", {{u"refresh_token"_s, token}});
    };
    row("a sign-up signs in", R"(warder_sign_ins_total{outcome="succeeded"})", 1,
        [](const ApiServer &server) { server.join(u"bob@example.com"_s); });
    row("a sign-in", R"(warder_sign_ins_total{outcome="succeeded"})", 2, logins(2, password));
    row("a wrong password", R"(warder_sign_ins_total{outcome="refused"})", 1, logins(1, u"a wrong one"_s));
    row("guessing", R"(warder_sign_ins_total{outcome="limited"})", 1, logins(6, u"a wrong one"_s));
    row("a refresh", R"(warder_refreshes_total{outcome="succeeded"})", 1,
        [refresh](const ApiServer &server) { refresh(server, server.login(u"ann@example.com"_s)["refresh_token"_L1]); });
    row("a bad refresh token", R"(warder_refreshes_total{outcome="refused"})", 1,
        [refresh](const ApiServer &server) { refresh(server, u"x"_s); });
    row("a limit", R"(warder_rate_limit_decisions_total{rule="login_per_account",outcome="denied"})", 3, logins(13, password));
    row("what a limit lets pass", R"(warder_rate_limit_decisions_total{rule="login_per_account",outcome="allowed"})", 10,
        logins(13, password));
    row("limited requests", R"(warder_http_requests_total{outcome="limited"})", 3, logins(13, password));
    row("no such path", R"(warder_http_requests_total{outcome="refused"})", 1,
        [](const ApiServer &server) { server.client().get("/nothing"); });
    row("what the gate refuses", R"(warder_http_requests_total{outcome="refused"})", 1,
        [](const ApiServer &server) { (void)RawHttp(server.port()).ask("GET / HTTP/1.1\r\n\r\n"); });
    row("a paused server", R"(warder_http_requests_total{outcome="failed"})", 1, [](ApiServer &server) {
        server.pause(true);
        server.client().get("/me");
        server.pause(false);
    });
    row("every request takes its time", "warder_http_request_duration_seconds_count", 3, logins(2, password)); // and /metrics itself
}

void TestMetrics::event_isCounted()
{
    QFETCH(Event, event);
    QFETCH(QByteArray, sample);
    ApiServer server(ApiOptions {.rateLimits = true});
    server.join(u"ann@example.com"_s);
    const Metrics before = metricsOf(server);
    QVERIFY2(before.samples.contains(sample), sample);
    event(server);
    const Metrics after = metricsOf(server);
    QCOMPARE(after.fault, QString());
    QTEST(int(after.samples[sample] - before.samples[sample]), "times");
}

void TestMetrics::durations_areCountedInSeconds()
{
    ApiServer server;
    for (const int milliseconds : {1, 1, 40, 700, 100'000})
        server.traffic().record(Outcome::Succeeded, std::chrono::milliseconds(milliseconds), server.clock.now());
    const Metrics metrics = metricsOf(server);
    const auto upTo = [&metrics](const QByteArray &le) {
        return metrics.samples.value(QByteArray(histogram) + "_bucket{le=\"" + le + "\"}", -1);
    };
    QCOMPARE(upTo("0.001"), 2.0); // a bound belongs to its bucket
    QCOMPARE(upTo("0.032"), 2.0);
    QCOMPARE(upTo("0.064"), 3.0);
    QCOMPARE(upTo("1.024"), 4.0);
    QCOMPARE(upTo("65.536"), 4.0);
    QCOMPARE(upTo("+Inf"), 5.0);
    QCOMPARE(metrics.samples.value(QByteArray(histogram) + "_sum"), 100.742);
}

void TestMetrics::process_isMeasured()
{
    const ApiServer server;
    const Metrics metrics = metricsOf(server);
    const auto now = double(std::chrono::system_clock::to_time_t(std::chrono::system_clock::now()));
    QVERIFY(metrics.samples["process_cpu_seconds_total"] > 0);
    QVERIFY(metrics.samples["process_resident_memory_bytes"] > 1'000'000);
    QVERIFY(metrics.samples["process_open_fds"] > 3);
    QCOMPARE(metrics.samples["process_max_fds"], double(platform::descriptorLimit()));
    const double started = metrics.samples["process_start_time_seconds"];
    QVERIFY2(started <= now + 1 && started > now - 86'400, qPrintable(QString::number(started, 'f')));
}

QTEST_GUILESS_MAIN(TestMetrics)
#include "TestMetrics.moc"
