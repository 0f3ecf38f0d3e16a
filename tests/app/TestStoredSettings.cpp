#include "app/StoredSettings.h"

#include "app/CommandLine.h"

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

private:
    QString file() const { return m_folder->filePath(u"warder.stored.conf"_s); }
    void write(const QByteArray &text) const
    {
        QFile stored(file());
        QVERIFY(stored.open(QIODevice::WriteOnly) && stored.write(text) == text.size());
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestStoredSettings::stored_isRead_andReplaced()
{
    QVERIFY(readStoredSettings(m_folder->path()).isEmpty());
    QVERIFY(storeSetting(m_folder->path(), u"http.listen"_s, u"127.0.0.1:8001"_s));
    QVERIFY(storeSetting(m_folder->path(), u"log.level"_s, u"warning"_s));
    QVERIFY(storeSetting(m_folder->path(), u"http.listen"_s, u"127.0.0.1:8002,unix:/run/w.sock"_s));
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
    QVERIFY(storeSetting(m_folder->path(), u"http.threads"_s, u"1"_s));
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
    QVERIFY(storeSetting(m_folder->path(), u"http.threads"_s, u"2"_s)); // a new value mends it
    QVERIFY(Settings::load(readStoredSettings(m_folder->path())));
}

void TestStoredSettings::unwritable_changesNothing()
{
    QVERIFY(QDir().mkpath(file())); // a folder in its place
    const auto stored = storeSetting(m_folder->path(), u"http.threads"_s, u"2"_s);
    QVERIFY(!stored);
    QCOMPARE(stored.error().code, ErrorCode::StorageFailure);
    QVERIFY2(stored.error().detail.startsWith(file()), qPrintable(stored.error().detail));
}

QTEST_GUILESS_MAIN(TestStoredSettings)
#include "TestStoredSettings.moc"
