#include "app/StoredSettings.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;

/// What was chosen in the window holds at the next start, below what people wrote.
class TestStoredSettings : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void stored_isRead_andReplaced();
    void stored_losesToEveryOtherLayer();
    void broken_isSaidWithItsPlace();
    void unwritable_changesNothing();
    void whatCannotBeRead_isNotReplaced();
    void tooLongToBeReadAgain_isNotWritten();
    void wrong_isRefused_data();
    void wrong_isRefused();
    void whatAnotherSourceSets_isRefused();
    void notAdopted_isTakenBack();
    void notTakenBack_isSaid();
    void withoutValue_goes();
    void whatWinsAtTheNextStart_isRefused();

private:
    QString file() const { return m_folder->filePath(u"warder.stored.conf"_s); }
    void write(const QByteArray &text) const
    {
        QFile stored(file());
        QVERIFY(stored.open(QIODevice::WriteOnly) && stored.write(text) == text.size());
    }

    /// Stores one that nothing else sets.
    Result<QStringList> store(const QString &key, const std::optional<QString> &value) const
    {
        return storeSettings(m_folder->path(), Settings(), {{.key = key, .value = value}}, [] { return QStringList(); });
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestStoredSettings::stored_isRead_andReplaced()
{
    QVERIFY(readStoredSettings(m_folder->path()).isEmpty());
    QVERIFY(store(u"http.listen"_s, u"127.0.0.1:8001"_s));
    QVERIFY(store(u"log.level"_s, u"warning"_s));
    QVERIFY(store(u"http.listen"_s, u"127.0.0.1:8002,unix:/run/w.sock"_s));
    const auto settings = Settings::load(readStoredSettings(m_folder->path()));
    QVERIFY2(settings, settings ? "" : qPrintable(settings.error().detail));
    QCOMPARE(settings->get<"http.listen">(), (QStringList {u"127.0.0.1:8002"_s, u"unix:/run/w.sock"_s}));
    QCOMPARE(settings->get<"log.level">(), u"warning"_s);
    for (const auto &each : settings->describe()) {
        if (each.key == "http.listen"_L1)
            QCOMPARE(each.source, SettingSource::Stored);
    }
    QVERIFY(!(QFile::permissions(file()) & (QFile::WriteGroup | QFile::WriteOther)));
}

void TestStoredSettings::stored_losesToEveryOtherLayer()
{
    QVERIFY(store(u"http.threads"_s, u"1"_s));
    const auto threads = [this](const SettingLayers &above) {
        return Settings::load(readStoredSettings(m_folder->path()) + above)->get<"http.threads">();
    };
    QCOMPARE(threads({}), 1);
    QCOMPARE(threads({{.source = SettingSource::File, .key = u"http.threads"_s, .value = u"2"_s}}), 2);
    QCOMPARE(threads(readEnvironment({{u"WARDER_HTTP_THREADS"_s, u"3"_s}})), 3);
    QCOMPARE(threads(readCommandLine({u"http.threads=4"_s})), 4);
}

void TestStoredSettings::broken_isSaidWithItsPlace()
{
    write("http.threads = many\n");
    const auto settings = Settings::load(readStoredSettings(m_folder->path()));
    QVERIFY(!settings && settings.error().detail.contains(u"[stored %1:1]"_s.arg(file())));
    QVERIFY(store(u"http.threads"_s, u"2"_s)); // a new value mends it
    QVERIFY(Settings::load(readStoredSettings(m_folder->path())));
}

void TestStoredSettings::unwritable_changesNothing()
{
    QVERIFY(QDir().mkpath(file())); // a folder in its place
    const auto stored = store(u"http.threads"_s, u"2"_s);
    QVERIFY(!stored);
    QCOMPARE(stored.error().code, ErrorCode::StorageFailure);
    QVERIFY2(stored.error().detail.startsWith(file()), qPrintable(stored.error().detail));
}

/// What else stands there would be lost.
void TestStoredSettings::whatCannotBeRead_isNotReplaced()
{
    QVERIFY(store(u"log.level"_s, u"warning"_s));
    const auto before = QFile::permissions(file());
    QVERIFY(QFile::setPermissions(file(), before | QFile::WriteOther)); // the reader refuses it
    const auto stored = store(u"http.threads"_s, u"2"_s);
    QVERIFY(!stored);
    QCOMPARE(stored.error().code, ErrorCode::StorageFailure);
    QVERIFY2(stored.error().detail.contains(u"chmod"_s), qPrintable(stored.error().detail));
    QVERIFY(QFile::setPermissions(file(), before));
    QCOMPARE(readStoredSettings(m_folder->path()).first().value, u"warning"_s);
}

void TestStoredSettings::tooLongToBeReadAgain_isNotWritten()
{
    const QByteArray text = "log.format = " + QByteArray(longestConfigFile - 20, 'x') + '\n';
    write(text);
    const auto stored = store(u"http.threads"_s, u"2"_s);
    QVERIFY(!stored);
    QCOMPARE(stored.error().code, ErrorCode::StorageFailure);
    QFile left(file());
    QVERIFY(left.open(QIODevice::ReadOnly) && left.readAll() == text);
}

void TestStoredSettings::wrong_isRefused_data()
{
    QTest::addColumn<QList<SettingChoice>>("choices");
    QTest::addColumn<QString>("why");
    using Choices = QList<SettingChoice>;
    QTest::newRow("unknown") << Choices {{u"keys.rotation"_s, u"1d"_s}} << u"keys.rotation: no setting has this name"_s;
    QTest::newRow("not of its kind") << Choices {{u"keys.access_rotation"_s, u"often"_s}} << u"keys.access_rotation: must be a duration"_s;
    QTest::newRow("out of bounds") << Choices {{u"keys.access_rotation"_s, u"1h"_s}} << u"keys.access_rotation: must be"_s;
    QTest::newRow("two lines") << Choices {{u"metrics.token"_s, u"0123456789abcdef\nlog.level = debug"_s}}
                               << u"metrics.token: must be one line"_s;
    QTest::newRow("spaces around it") << Choices {{u"mail.from_name"_s, u" Shop"_s}} << u"mail.from_name: must be without spaces"_s;
    QTest::newRow("in quotation marks") << Choices {{u"mail.from_name"_s, u"\"Shop\""_s}} << u"mail.from_name: must be written without"_s;
    QTest::newRow("twice") << Choices {{u"log.level"_s, u"info"_s}, {u"log.level"_s, u"debug"_s}} << u"log.level stands there twice"_s;
    QTest::newRow("one right, one wrong") << Choices {{u"log.level"_s, u"info"_s}, {u"http.threads"_s, u"x"_s}}
                                          << u"http.threads: must be"_s;
}

void TestStoredSettings::wrong_isRefused()
{
    QFETCH(const QList<SettingChoice>, choices);
    QFETCH(const QString, why);
    const auto stored = storeSettings(m_folder->path(), Settings(), choices, [] { return QStringList(); });
    QVERIFY(!stored);
    QCOMPARE(stored.error().code, ErrorCode::InvalidInput);
    QVERIFY2(stored.error().detail.startsWith(why), qPrintable(stored.error().detail));
    QVERIFY(!QFile::exists(file()));
}

void TestStoredSettings::whatAnotherSourceSets_isRefused()
{
    const auto inForce = Settings::load(readCommandLine({u"log.level=debug"_s}));
    const auto stored =
        storeSettings(m_folder->path(), *inForce, {{.key = u"log.level"_s, .value = u"info"_s}}, [] { return QStringList(); });
    QCOMPARE(stored.error().code, ErrorCode::SettingFixed);
    QVERIFY(!QFile::exists(file()));
}

void TestStoredSettings::notAdopted_isTakenBack()
{
    QVERIFY(store(u"log.level"_s, u"warning"_s));
    const QList<SettingChoice> choices {{.key = u"log.level"_s, .value = u"debug"_s}, {.key = u"http.threads"_s, .value = u"2"_s}};
    const auto refusing = [] { return Result<QStringList>(refused(ErrorCode::AddressTaken)); };
    QCOMPARE(storeSettings(m_folder->path(), Settings(), choices, refusing).error().code, ErrorCode::AddressTaken);
    const auto left = readStoredSettings(m_folder->path());
    QCOMPARE(left.size(), 1);
    QCOMPARE(left.first().value, u"warning"_s);
}

void TestStoredSettings::notTakenBack_isSaid()
{
    const auto refusing = [this] {
        QFile::setPermissions(file(), QFile::permissions(file()) | QFile::WriteOther);
        return Result<QStringList>(refused(ErrorCode::CertificateInvalid, u"no certificate"_s));
    };
    const auto stored = storeSettings(m_folder->path(), Settings(), {{.key = u"http.threads"_s, .value = u"2"_s}}, refusing);
    QCOMPARE(stored.error().code, ErrorCode::CertificateInvalid);
    QVERIFY2(stored.error().detail.startsWith(u"no certificate; what was refused is still stored: "_s), qPrintable(stored.error().detail));
}

void TestStoredSettings::withoutValue_goes()
{
    QVERIFY(store(u"log.level"_s, u"warning"_s));
    QVERIFY(store(u"log.level"_s, std::nullopt));
    QVERIFY(readStoredSettings(m_folder->path()).isEmpty());
}

/// A line of warder.conf that waits for a restart would win over what is stored now.
void TestStoredSettings::whatWinsAtTheNextStart_isRefused()
{
    const auto read = Settings::load({{.source = SettingSource::File,
                                       .sourceName = u"/etc/warder/warder.conf:4"_s,
                                       .key = u"sessions.idle_lifetime"_s,
                                       .value = u"7d"_s}});
    const Settings inForce = Settings().reloaded(*read).first;
    const auto stored =
        storeSettings(m_folder->path(), inForce, {{.key = u"sessions.idle_lifetime"_s, .value = u"1d"_s}}, [] { return QStringList(); });
    QCOMPARE(stored.error().code, ErrorCode::SettingFixed);
    QVERIFY2(stored.error().detail.contains(u"warder.conf:4"_s), qPrintable(stored.error().detail));
}

QTEST_GUILESS_MAIN(TestStoredSettings)
#include "TestStoredSettings.moc"
