#include "core/config/Settings.h"

#include <QTemporaryDir>
#include <QTest>

using namespace warder;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestSettings : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void defaults_areThere();
    void layers_precedeInOrder_data();
    void layers_precedeInOrder();
    void withinASource_theLaterWins();
    void allFaults_comeAtOnce();
    void overriddenFaults_areStillFaults();
    void secrets_areNeverShown();
    void describe_saysWhereFrom();
    void file_isRead();
    void file_faultsNameTheLine();
    void file_badOnes_data();
    void file_badOnes();
    void environment_isRead();
    void everyKey_hasItsOwnVariable();
    void commandLine_isRead();

private:
    QString write(const QByteArray &content)
    {
        QFile file(m_folder.filePath(u"warder.conf"_s));
        [[maybe_unused]] const bool open = file.open(QIODevice::WriteOnly);
        file.write(content);
        return file.fileName();
    }
    static LayerEntry entry(SettingSource source, const QString &key, const QString &value)
    {
        return {.source = source, .sourceName = u"here"_s, .key = key, .value = value, .problem = {}};
    }

    QTemporaryDir m_folder;
};

void TestSettings::defaults_areThere()
{
    const Settings settings;
    QCOMPARE(settings.list("http.listen"_L1), QStringList {u"127.0.0.1:8000"_s});
    QCOMPARE(settings.integer("passwords.argon2_memory_kib"_L1), 19456);
    QCOMPARE(settings.seconds("sessions.idle_lifetime"_L1), std::chrono::days {14});
    QCOMPARE(settings.text("tokens.algorithm"_L1), u"ES256"_s);
    QCOMPARE(settings.list("http.allowed_origins"_L1), (QStringList {u"http://localhost:3000"_s, u"http://127.0.0.1:3000"_s}));
    QCOMPARE(settings.list("http.trusted_proxies"_L1), QStringList());
    QCOMPARE(settings.rate("rate_limit.login_per_address"_L1), (Rate {30, 1min, 30}));
    QVERIFY(settings.boolean("rate_limit.enabled"_L1));
    QCOMPARE(settings.sourceOf("http.listen"_L1), SettingSource::Default);
}

void TestSettings::layers_precedeInOrder_data()
{
    QTest::addColumn<int>("highest");
    for (int source = 0; source <= int(SettingSource::CommandLine); ++source)
        QTest::newRow(qPrintable(nameOf(SettingSource(source)))) << source;
}

void TestSettings::layers_precedeInOrder()
{
    QFETCH(int, highest);
    SettingLayers layers;
    for (int source = highest; source > 0; --source) // handed over in the wrong order on purpose
        layers += entry(SettingSource(source), u"http.threads"_s, QString::number(source));
    const auto settings = Settings::load(layers);
    QVERIFY(settings);
    QCOMPARE(settings->integer("http.threads"_L1), highest);
    QCOMPARE(settings->sourceOf("http.threads"_L1), SettingSource(highest));
}

void TestSettings::withinASource_theLaterWins()
{
    const auto settings = Settings::load(readCommandLine({u"http.threads=1"_s, u"http.threads=2"_s}));
    QCOMPARE(settings->integer("http.threads"_L1), 2);
}

void TestSettings::allFaults_comeAtOnce()
{
    const auto file = write("http.listn = 127.0.0.1:80\ntokens.leeway = 3h\n");
    const auto settings = Settings::load(readConfigFile(file) + readEnvironment({{u"WARDER_HTTP_THREADS"_s, u"many"_s}})
                                         + readCommandLine({u"http.allowed_origins=*"_s, u"nonsense"_s}));
    QVERIFY(!settings);
    QCOMPARE(settings.error().code, ErrorCode::ConfigInvalid);
    const QStringList faults = settings.error().detail.split(u'\n');
    QCOMPARE(faults.size(), 5);
    QCOMPARE(faults[0], u"[file %1:1] http.listn: no such setting; did you mean http.listen?"_s.arg(file));
    QCOMPARE(faults[1], u"[file %1:2] tokens.leeway = 3h: must be a duration such as 30s, 15m, 2h or 14d, from 0s to 2m"_s.arg(file));
    QCOMPARE(faults[2], u"[environment WARDER_HTTP_THREADS] http.threads = many: must be a whole number from 0 to 64"_s);
    QVERIFY(faults[3].startsWith(u"[command line --set] http.allowed_origins = *: must be exact origins"_s));
    QCOMPARE(faults[4], u"[command line --set] must be key = value"_s);
}

void TestSettings::overriddenFaults_areStillFaults()
{
    QVERIFY(!Settings::load({entry(SettingSource::File, u"http.threads"_s, u"x"_s),
                             entry(SettingSource::CommandLine, u"http.threads"_s, u"1"_s)}));
}

void TestSettings::secrets_areNeverShown()
{
    const auto bad = Settings::load({entry(SettingSource::File, u"metrics.token"_s, u"hunter2"_s)});
    QVERIFY(!bad);
    QVERIFY(!bad.error().detail.contains(u"hunter2"_s));
    const auto good = Settings::load({entry(SettingSource::File, u"metrics.token"_s, u"0123456789abcdef"_s)});
    QCOMPARE(good->text("metrics.token"_L1), u"0123456789abcdef"_s);
    for (const auto &each : good->describe())
        QVERIFY(!each.value.contains(u"0123456789abcdef"_s));
}

void TestSettings::describe_saysWhereFrom()
{
    const auto settings = Settings::load({entry(SettingSource::Stored, u"http.threads"_s, u"3"_s),
                                          entry(SettingSource::Environment, u"tokens.leeway"_s, u"9s"_s)});
    const auto all = settings->describe();
    QCOMPARE(all.size(), settingDefinitions().size());
    const auto of = [&](const QString &key) { return *std::ranges::find(all, key, &SettingDescription::key); };
    QCOMPARE(of(u"http.threads"_s).value, u"3"_s);
    QCOMPARE(of(u"http.threads"_s).defaultValue, u"0"_s);
    QVERIFY(!of(u"http.threads"_s).fixed);
    QCOMPARE(of(u"tokens.leeway"_s).sourceName, u"here"_s);
    QVERIFY(of(u"tokens.leeway"_s).fixed);
    QVERIFY(!of(u"http.listen"_s).fixed);
}

void TestSettings::file_isRead()
{
    const auto layers = readConfigFile(write("\xef\xbb\xbf# a comment\r\n\r\n  http.threads =  2  \r\ntokens.issuer=https://a/?b=c#d\n"));
    QCOMPARE(layers.size(), 2);
    const auto settings = Settings::load(layers);
    QVERIFY(settings);
    QCOMPARE(settings->integer("http.threads"_L1), 2);
    QCOMPARE(settings->text("tokens.issuer"_L1), u"https://a/?b=c#d"_s);
}

void TestSettings::file_faultsNameTheLine()
{
    const auto layers = readConfigFile(write("# 1\nhttp.threads = 1\n[section]\nhttp.threads = 2\n"));
    QCOMPARE(layers.size(), 3);
    QVERIFY(layers[1].sourceName.endsWith(u"warder.conf:3"_s));
    QVERIFY(!layers[1].problem.isEmpty());
    QVERIFY(layers[2].problem.contains(u"a second time"_s));
}

void TestSettings::file_badOnes_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("problem");
    QTest::newRow("cut in the middle of a character") << "http.threads = 2\n# caf\xc3"_ba << u"is not UTF-8"_s;
    QTest::newRow("cut in the middle of a value") << "tokens.issuer = x\xf0\x9f\x98"_ba << u"is not UTF-8"_s;
    QTest::newRow("NUL behind a value") << "http.threads = 2\0"_ba.first(17) << u"holds a NUL byte: it is not a text"_s;
    QTest::newRow("not UTF-8") << "http.threads = \xff\n"_ba << u"is not UTF-8"_s;
    QTest::newRow("too long") << QByteArray(1024 * 1024 + 1, '#') << u"is longer than 1 MiB"_s;
}

void TestSettings::file_badOnes()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, problem);
    const auto layers = readConfigFile(write(content));
    QCOMPARE(layers.size(), 1);
    QCOMPARE(layers[0].problem, problem);
    QVERIFY(!Settings::load(layers));
    QVERIFY(readConfigFile(u"/nowhere/warder.conf"_s).constFirst().problem.startsWith(u"cannot be read"_s));
}

void TestSettings::environment_isRead()
{
    const auto layers = readEnvironment({{u"PATH"_s, u"/bin"_s}, {u"WARDER_CACHE"_s, u"/c"_s}, {u"WARDER_USERLAND"_s, u"1"_s},
                                         {u"WARDER_URL"_s, u"http://localhost:8000"_s}, {u"WARDER_COOKIES_INSECURE"_s, u"true"_s},
                                         {u"WARDER_MASTER_KEY_FILE"_s, u"/k"_s},
                                         {u"WARDER_RATE_LIMIT_LOGIN_PER_ADDRESS"_s, u"1/1m"_s}});
    QCOMPARE(layers.size(), 1);
    QCOMPARE(layers[0].key, u"rate_limit.login_per_address"_s);
    const auto unknown = Settings::load(readEnvironment({{u"WARDER_HTTP_LISTN"_s, u"x"_s}}));
    QCOMPARE(unknown.error().detail, u"[environment WARDER_HTTP_LISTN] http.listn: no such setting; did you mean http.listen?"_s);
}

void TestSettings::everyKey_hasItsOwnVariable()
{
    for (const SettingDefinition &each : settingDefinitions())
        QCOMPARE(readEnvironment({{variableOf(each.key), {}}}).constFirst().key, each.key);
}

void TestSettings::commandLine_isRead()
{
    const auto layers = readCommandLine({u"http.listen = [::1]:1"_s, u"=x"_s});
    QCOMPARE(layers[0].key, u"http.listen"_s);
    QCOMPARE(layers[0].value, u"[::1]:1"_s);
    QVERIFY(!layers[1].problem.isEmpty());
}

QTEST_GUILESS_MAIN(TestSettings)
#include "TestSettings.moc"
