#include "core/config/Settings.h"

#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

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
    void whatWaitsForARestart_isDescribed();
    void whatIsStoredAsItIs_waitsForNothing();
    void file_isRead();
    void file_faultsNameTheLine();
    void file_badOnes_data();
    void file_badOnes();
    void file_oddOnes_data();
    void file_oddOnes();
    void environment_isRead();
    void environment_ofPlatforms_isPassedOver_data();
    void environment_ofPlatforms_isPassedOver();
    void environment_unknown_warns_data();
    void environment_unknown_warns();
    void environment_misspelt_isRefused_data();
    void environment_misspelt_isRefused();
    void environment_empty_isNotSet_data();
    void environment_empty_isNotSet();
    void forms_ofNoValue_areRefused_data();
    void forms_ofNoValue_areRefused();
    void secrets_onTheCommandLine_areRefused();
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

    static SettingSource sourceOf(const Settings &settings, const QString &key)
    {
        const QList<SettingDescription> all = settings.describe();
        return std::ranges::find(all, key, &SettingDescription::key)->source;
    }

    QTemporaryDir m_folder;
};

static_assert(std::same_as<decltype(Settings().get<"http.listen">()), QStringList>);
static_assert(std::same_as<decltype(Settings().get<"sessions.idle_lifetime">()), Seconds>);
static_assert(std::same_as<decltype(Settings().get<"tokens.algorithm">()), QString>);

void TestSettings::defaults_areThere()
{
    const Settings settings;
    QCOMPARE(settings.get<"http.listen">(), QStringList {u"127.0.0.1:8000"_s});
    QCOMPARE(settings.get<"passwords.argon2_memory_kib">(), 19456);
    QCOMPARE(settings.get<"sessions.idle_lifetime">(), std::chrono::days {14});
    QCOMPARE(settings.get<"tokens.algorithm">(), u"ES256"_s);
    QCOMPARE(settings.get<"http.allowed_origins">(), (QStringList {u"http://localhost:3000"_s, u"http://127.0.0.1:3000"_s}));
    QCOMPARE(settings.get<"http.trusted_proxies">(), QStringList());
    QCOMPARE(settings.get<"rate_limit.login_per_address">(), (Rate {30, 1min, 30}));
    QVERIFY(settings.get<"rate_limit.enabled">());
    QCOMPARE(sourceOf(settings, u"http.listen"_s), SettingSource::Default);
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
    QCOMPARE(settings->get<"http.threads">(), highest);
    QCOMPARE(sourceOf(*settings, u"http.threads"_s), SettingSource(highest));
}

void TestSettings::withinASource_theLaterWins()
{
    const auto settings = Settings::load(readCommandLine({u"http.threads=1"_s, u"http.threads=2"_s}));
    QCOMPARE(settings->get<"http.threads">(), 2);
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
    QCOMPARE(faults[1], u"[file %1:2] tokens.leeway = \"3h\": must be a duration such as 30s, 15m, 2h or 14d, from 0s to 2m"_s.arg(file));
    QCOMPARE(faults[2], u"[environment WARDER_HTTP_THREADS] http.threads = \"many\": must be a whole number from 0 to 64"_s);
    QVERIFY(faults[3].startsWith(u"[command line --set] http.allowed_origins = \"*\": must be exact origins"_s));
    QCOMPARE(faults[4], u"[command line --set] must be key = value"_s);
}

void TestSettings::overriddenFaults_areStillFaults()
{
    QVERIFY(!Settings::load(
        {entry(SettingSource::File, u"http.threads"_s, u"x"_s), entry(SettingSource::CommandLine, u"http.threads"_s, u"1"_s)}));
}

void TestSettings::secrets_areNeverShown()
{
    const auto bad = Settings::load({entry(SettingSource::File, u"metrics.token"_s, u"hunter2"_s)});
    QVERIFY(!bad);
    QVERIFY(!bad.error().detail.contains(u"hunter2"_s));
    const auto good = Settings::load({entry(SettingSource::File, u"metrics.token"_s, u"0123456789abcdef"_s)});
    QCOMPARE(good->get<"metrics.token">(), u"0123456789abcdef"_s);
    for (const auto &each : good->describe())
        QVERIFY(!each.value.contains(u"0123456789abcdef"_s));
}

void TestSettings::describe_saysWhereFrom()
{
    const auto settings = Settings::load(
        {entry(SettingSource::Stored, u"http.threads"_s, u"3"_s), entry(SettingSource::Environment, u"tokens.leeway"_s, u"9s"_s)});
    const auto all = settings->describe();
    QCOMPARE(all.size(), qsizetype(settingTable.size()));
    const auto of = [&](const QString &key) { return *std::ranges::find(all, key, &SettingDescription::key); };
    QCOMPARE(of(u"http.threads"_s).value, u"3"_s);
    QCOMPARE(of(u"http.threads"_s).defaultValue, u"0"_s);
    QCOMPARE(of(u"tokens.leeway"_s).sourceName, u"here"_s);
}

void TestSettings::whatWaitsForARestart_isDescribed()
{
    const auto read = Settings::load(
        {entry(SettingSource::Stored, u"sessions.idle_lifetime"_s, u"7d"_s), entry(SettingSource::Stored, u"http.threads"_s, u"3"_s)});
    const auto [inForce, keys] = Settings().reloaded(*read);
    QCOMPARE(keys, QStringList {u"sessions.idle_lifetime"_s});
    QVERIFY(inForce.get<"sessions.idle_lifetime">() == std::chrono::days {14});
    const auto all = inForce.describe();
    const auto of = [&](const QString &key) { return *std::ranges::find(all, key, &SettingDescription::key); };
    const auto waits = of(u"sessions.idle_lifetime"_s);
    QCOMPARE(waits.value, u"14d"_s);
    QCOMPARE(waits.source, SettingSource::Default);
    QVERIFY(waits.waiting);
    QCOMPARE(waits.waiting->value, u"7d"_s);
    QCOMPARE(waits.waiting->source, SettingSource::Stored);
    QVERIFY(!of(u"http.threads"_s).waiting); // acts at once
    QCOMPARE(of(u"http.threads"_s).value, u"3"_s);
    const auto [again, none] = inForce.reloaded(Settings());
    QVERIFY(none.isEmpty());
    const auto described = again.describe();
    QVERIFY(!std::ranges::find(described, u"sessions.idle_lifetime"_s, &SettingDescription::key)->waiting); // taken back in time
}

void TestSettings::whatIsStoredAsItIs_waitsForNothing()
{
    const auto read = Settings::load({entry(SettingSource::Stored, u"sessions.idle_lifetime"_s, u"14d"_s)});
    const auto [inForce, keys] = Settings().reloaded(*read);
    QVERIFY(keys.isEmpty());
    QCOMPARE(sourceOf(inForce, u"sessions.idle_lifetime"_s), SettingSource::Stored);
}

void TestSettings::file_isRead()
{
    const auto layers = readConfigFile(write("\xef\xbb\xbf# a comment\r\n\r\n  http.threads =  2  \r\ntokens.issuer=https://a/?b=c#d\n"));
    QCOMPARE(layers.size(), 2);
    const auto settings = Settings::load(layers);
    QVERIFY(settings);
    QCOMPARE(settings->get<"http.threads">(), 2);
    QCOMPARE(settings->get<"tokens.issuer">(), u"https://a/?b=c#d"_s);
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
    QTest::newRow("cut within a character") << "tokens.audience = caf\xc3"_ba << u"is not UTF-8"_s;
    QTest::newRow("UTF-16") << "\xff\xfeh\0t\0"_ba << u"is not UTF-8"_s;
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
    const auto layers = readEnvironment({{u"PATH"_s, u"/bin"_s},
                                         {u"WARDER_CACHE"_s, u"/c"_s},
                                         {u"WARDER_USERLAND"_s, u"1"_s},
                                         {u"WARDER_PACKAGE"_s, u"bundle"_s},
                                         {u"WARDER_URL"_s, u"http://localhost:8000"_s},
                                         {u"WARDER_COOKIES_INSECURE"_s, u"true"_s},
                                         {u"WARDER_SERVICE_TOKEN"_s, u"0123456789abcdef0123456789abcdef"_s},
                                         {u"WARDER_MASTER_KEY_FILE"_s, u"/k"_s},
                                         {u"WARDER_RATE_LIMIT_LOGIN_PER_ADDRESS"_s, u"1/1m"_s}});
    QCOMPARE(layers.size(), 1);
    QCOMPARE(layers[0].key, u"rate_limit.login_per_address"_s);
    const auto unknown = Settings::load(readEnvironment({{u"WARDER_HTTP_LISTN"_s, u"x"_s}}));
    QCOMPARE(unknown.error().detail, u"[environment WARDER_HTTP_LISTN] http.listn: no such setting; did you mean http.listen?"_s);
}

void TestSettings::file_oddOnes_data()
{
    using Make = std::function<void(const QByteArray &)>;
    QTest::addColumn<Make>("make");
    QTest::addColumn<QString>("problem");
    const auto text = [](const QByteArray &path, mode_t mode) {
        QFile file(QFile::decodeName(path));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(chmod(path.constData(), mode), 0);
    };
    QTest::newRow("a link to nowhere") << Make([](const QByteArray &path) { QCOMPARE(symlink("nowhere", path.constData()), 0); })
                                       << u"cannot be read: it is a symbolic link to nothing"_s;
    QTest::newRow("a link to itself") << Make([](const QByteArray &path) { QCOMPARE(symlink(path.constData(), path.constData()), 0); })
                                      << u"cannot be read: "_s;
    QTest::newRow("a folder") << Make([](const QByteArray &path) { QCOMPARE(mkdir(path.constData(), 0700), 0); })
                              << u"is not a regular file"_s;
    QTest::newRow("a FIFO") << Make([](const QByteArray &path) { QCOMPARE(mkfifo(path.constData(), 0600), 0); })
                            << u"is not a regular file"_s;
    QTest::newRow("a device") << Make([](const QByteArray &path) { QCOMPARE(symlink("/dev/zero", path.constData()), 0); })
                              << u"is not a regular file"_s;
    QTest::newRow("everybody's") << Make([text](const QByteArray &path) { text(path, 0666); })
                                 << u"may be written by everybody: chmod 600 it"_s;
    QTest::newRow("a link to a good one") << Make([text](const QByteArray &path) {
        text(path + ".real", 0644);
        QCOMPARE(symlink((path + ".real").constData(), path.constData()), 0);
    }) << QString();
}

void TestSettings::file_oddOnes()
{
    QFETCH(const std::function<void(const QByteArray &)>, make);
    QFETCH(const QString, problem);
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"warder.conf"_s);
    make(QFile::encodeName(path));
    const auto layers = readConfigFile(path);
    if (problem.isEmpty())
        QVERIFY(layers.isEmpty());
    else
        QVERIFY2(layers.size() == 1 && layers[0].problem.startsWith(problem), qPrintable(layers.isEmpty() ? u"read"_s : layers[0].problem));
}

void TestSettings::environment_ofPlatforms_isPassedOver_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("value");
    const auto row = [](const QString &name, const QString &value) { QTest::newRow(qPrintable(name + u' ' + value)) << name << value; };
    for (const QString &service :
         {u"WARDER"_s, u"WARDER_HTTP"_s, u"WARDER_LOG"_s, u"WARDER_1"_s, u"WARDER_HTTP_LISTEN"_s, u"WARDER_TOKENS_ISSUER"_s}) {
        row(service + u"_PORT"_s, u"tcp://10.0.0.1:8000"_s); // Kubernetes
        row(service + u"_SERVICE_HOST"_s, u"10.0.0.1"_s);
        row(service + u"_SERVICE_PORT"_s, u"8000"_s);
        row(service + u"_SERVICE_PORT_HTTPS"_s, u"8443"_s);
        row(service + u"_SERVICE_PORT_LOG_LEVEL"_s, u"8443"_s);
        for (const QString &last : {QString(), u"_ADDR"_s, u"_PORT"_s, u"_PROTO"_s})
            row(service + u"_PORT_8000_TCP"_s + last, u"10.0.0.1"_s);
        row(service + u"_PORT_53_UDP_PORT"_s, u"53"_s);
        row(service + u"_NAME"_s, u"/app/warder"_s); // Docker
        row(service + u"_ENV_LOG_LEVEL"_s, u"loud"_s);
        row(service + u"_PORT_8000_TCP_START"_s, u"tcp://172.17.0.2:8000"_s); // a range of ports
    }
    row(u"WARDER_PORT"_s, u"udp://[fd00::1]:8000"_s);
    row(u"WARDER_NAME"_s, u"warder"_s);
    row(u"WARDER_DATA_DIR"_s, u"/data"_s);
}

void TestSettings::environment_ofPlatforms_isPassedOver()
{
    QFETCH(const QString, name);
    QFETCH(const QString, value);
    const auto settings = Settings::load(readEnvironment({{name, value}}));
    QVERIFY2(settings, settings ? "" : qPrintable(settings.error().detail));
    QCOMPARE(settings->warnings(), QStringList());
}

void TestSettings::environment_unknown_warns_data()
{
    QTest::addColumn<QString>("name");
    for (const auto *name : {"WARDER_VERSION", "WARDER_HOME", "WARDER_IMAGE", "WARDER_DEBUG", "WARDER_PORT", "WARDER_HTTP_PORT",
                             "WARDER_UID", "WARDER_LANG", "WARDER_CONFIG", "WARDER_SHA256", "WARDER_RELEASE_URL"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void TestSettings::environment_unknown_warns()
{
    QFETCH(const QString, name);
    const auto settings = Settings::load(readEnvironment({{name, u"8000"_s}}));
    QVERIFY2(settings, settings ? "" : qPrintable(settings.error().detail));
    QCOMPARE(settings->warnings().size(), 1);
    QVERIFY2(settings->warnings().constFirst().contains(u"[environment %1]"_s.arg(name)), qPrintable(settings->warnings().constFirst()));
    QCOMPARE(settings->reloaded(*settings).first.warnings(), settings->warnings());
}

void TestSettings::environment_misspelt_isRefused_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("meant");
    const auto row = [](const QString &name, const QString &meant) { QTest::newRow(qPrintable(name)) << name << meant; };
    row(u"WARDER_HTTP_LISTN"_s, u"http.listen"_s);
    row(u"WARDER_TOKEN_ISSUER"_s, u"tokens.issuer"_s);
    row(u"WARDER_LOGLEVEL"_s, u"log.level"_s);
    row(u"WARDER_RATELIMIT_ENABLED"_s, u"rate_limit.enabled"_s);
    row(u"WARDER_METRIC_TOKEN"_s, u"metrics.token"_s);
    row(u"WARDER_DATADIR"_s, u"WARDER_DATA_DIR"_s);
    row(u"WARDER_DATA_DIRECTORY"_s, u"WARDER_DATA_DIR"_s);
}

void TestSettings::environment_misspelt_isRefused()
{
    QFETCH(const QString, name);
    QFETCH(const QString, meant);
    const auto settings = Settings::load(readEnvironment({{name, u"x"_s}}));
    QVERIFY(!settings);
    QVERIFY2(settings.error().detail.endsWith(u"did you mean %1?"_s.arg(meant)), qPrintable(settings.error().detail));
}

void TestSettings::environment_empty_isNotSet_data()
{
    QTest::addColumn<QString>("key");
    for (const SettingDefinition &each : settingTable)
        QTest::newRow(qPrintable(each.key.toString())) << each.key.toString();
}

/// Compose files write `WARDER_X: ${X:-}`.
void TestSettings::environment_empty_isNotSet()
{
    QFETCH(const QString, key);
    for (const QString &nothing : {QString(), u" "_s, u"\r"_s}) {
        const auto settings = Settings::load(readEnvironment({{variableOf(key), nothing}}));
        QVERIFY2(settings, settings ? "" : qPrintable(settings.error().detail));
        const auto all = settings->describe();
        const auto found = *std::ranges::find(all, key, &SettingDescription::key);
        const bool mayBeEmpty = parseSetting(*findSetting(key), QString()).has_value();
        QCOMPARE(found.source, mayBeEmpty ? SettingSource::Environment : SettingSource::Default);
        QCOMPARE(found.value, mayBeEmpty ? QString() : found.defaultValue);
    }
}

void TestSettings::forms_ofNoValue_areRefused_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("told");
    const auto row = [](const char *name, const QString &key, const QString &value, const QString &told) {
        QTest::newRow(name) << key << value << told;
    };
    const QString quotes = u"must be written without the quotation marks"_s;
    row("an issuer in quotes", u"tokens.issuer"_s, u"\"https://auth.example.com\""_s, quotes);
    row("an issuer in single quotes", u"tokens.issuer"_s, u"'https://auth.example.com'"_s, quotes);
    row("a secret in quotes", u"metrics.token"_s, u"\"0123456789abcdef\""_s, quotes);
    row("a number in quotes", u"http.threads"_s, u"\"2\""_s, quotes);
    row("a boolean in quotes", u"rate_limit.enabled"_s, u"'true'"_s, quotes);
    row("a list in quotes", u"http.trusted_proxies"_s, u"\"10.0.0.1\",\"10.0.0.2\""_s, quotes);
    row("nothing in quotes", u"tokens.issuer"_s, u"\"\""_s, quotes);
    row("bytes that are no text", u"tokens.audience"_s, u"caf\ufffd"_s, u"must be UTF-8 text"_s);
    row("a NUL", u"http.threads"_s, u"2"_s + QChar::Null, u"must be UTF-8 text"_s);
    row("a blank in the value, to be seen", u"http.cookies_insecure"_s, u"true false"_s,
        u"http.cookies_insecure = \"true false\": must be true or false"_s);
}

void TestSettings::forms_ofNoValue_areRefused()
{
    QFETCH(const QString, key);
    QFETCH(const QString, value);
    QFETCH(const QString, told);
    for (const SettingSource source : {SettingSource::File, SettingSource::Environment}) {
        const auto settings = Settings::load({entry(source, key, value)});
        QVERIFY(!settings);
        QVERIFY2(settings.error().detail.contains(told), qPrintable(settings.error().detail));
        QVERIFY(!settings.error().detail.contains("0123456789abcdef"_L1));
    }
    QVERIFY(Settings::load(readEnvironment({{u"WARDER_HTTP_COOKIES_INSECURE"_s, u" true \r"_s}}))->get<"http.cookies_insecure">());
}

void TestSettings::secrets_onTheCommandLine_areRefused()
{
    for (const SettingDefinition &each : settingTable) {
        const auto settings = Settings::load(readCommandLine({each.key.toString() + u"=0123456789abcdef0123"_s}));
        const bool isRefusedAsSecret = !settings && settings.error().detail.contains("does not belong on the command line"_L1);
        QCOMPARE(isRefusedAsSecret, each.rules.secret);
        QVERIFY(!each.rules.secret
                || (settings.error().detail.contains(variableOf(each.key)) && !settings.error().detail.contains("0123456789"_L1)));
    }
}

void TestSettings::everyKey_hasItsOwnVariable()
{
    for (const SettingDefinition &each : settingTable)
        QCOMPARE(readEnvironment({{variableOf(each.key), each.defaultValue.toString() + u'x'}}).constFirst().key, each.key);
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
