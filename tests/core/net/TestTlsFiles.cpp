#include "core/net/gate/TlsFiles.h"
#include "tests/support/Certificates.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <sys/stat.h>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// When a certificate and its key count as changed.
class TestTlsFiles : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void change_isSeen_data();
    void change_isSeen();
    void halfWrittenPair_staysChanged();
    void swappedSymlink_isAChange();

private:
    QString certificatePath() const { return m_folder->filePath(u"server.crt"_s); }
    QString keyPath() const { return m_folder->filePath(u"server.key"_s); }
    static void write(const QString &path, const QByteArray &bytes);
    void write(const TestCertificate &certificate) const;

    std::unique_ptr<QTemporaryDir> m_folder;
    TestCertificate m_ec;
    TestCertificate m_rsa;
};

namespace {

using Change = std::function<void(const QString &certificate, const QString &key)>;

} // namespace

void TestTlsFiles::initTestCase()
{
    m_ec = makeCertificate();
    m_rsa = makeCertificate({.key = "RSA2048"});
}

void TestTlsFiles::write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    QCOMPARE(file.write(bytes), bytes.size());
    QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::WriteOwner));
}

void TestTlsFiles::write(const TestCertificate &certificate) const
{
    write(certificatePath(), certificate.certificate);
    write(keyPath(), certificate.key);
}

void TestTlsFiles::change_isSeen_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<bool>("changed");
    QTest::newRow("nothing happens") << Change([](const QString &, const QString &) {}) << false;
    QTest::newRow("somebody reads") << Change([](const QString &certificate, const QString &) {
        QFile file(certificate);
        QVERIFY(file.open(QIODevice::ReadOnly) && !file.readAll().isEmpty());
    }) << false;
    QTest::newRow("a nanosecond passes on the certificate") << Change([](const QString &certificate, const QString &) {
        struct stat status {};
        QCOMPARE(stat(qPrintable(certificate), &status), 0);
        const timespec times[] {status.st_atim, {.tv_sec = status.st_mtim.tv_sec, .tv_nsec = (status.st_mtim.tv_nsec + 1) % 1'000'000'000}};
        QCOMPARE(utimensat(AT_FDCWD, qPrintable(certificate), times, 0), 0);
    }) << true;
    QTest::newRow("the key is another file of the same time") << Change([](const QString &, const QString &key) {
        struct stat status {};
        QCOMPARE(stat(qPrintable(key), &status), 0);
        QVERIFY(QFile::copy(key, key + u".new"_s) && rename(qPrintable(key + u".new"_s), qPrintable(key)) == 0);
        const timespec times[] {status.st_atim, status.st_mtim};
        QCOMPARE(utimensat(AT_FDCWD, qPrintable(key), times, 0), 0);
    }) << true;
    QTest::newRow("the certificate grows") << Change([](const QString &certificate, const QString &) {
        QFile file(certificate);
        QVERIFY(file.open(QIODevice::Append) && file.write("\n") == 1);
    }) << true;
    QTest::newRow("the key goes") << Change([](const QString &, const QString &key) { QVERIFY(QFile::remove(key)); }) << true;
}

void TestTlsFiles::change_isSeen()
{
    QFETCH(const Change, change);
    QFETCH(const bool, changed);
    write(m_ec);
    TlsFiles files(certificatePath(), keyPath());
    QVERIFY(files.haveChanged());
    QVERIFY(files.load());
    QVERIFY(!files.haveChanged());
    change(certificatePath(), keyPath());
    QCOMPARE(files.haveChanged(), changed);
    QCOMPARE(files.haveChanged(), changed); // asking changes nothing
}

void TestTlsFiles::halfWrittenPair_staysChanged()
{
    write(m_ec);
    TlsFiles files(certificatePath(), keyPath());
    QVERIFY(files.load());
    write(certificatePath(), m_rsa.certificate);
    QVERIFY(files.haveChanged());
    QVERIFY(!files.load());
    QVERIFY(files.haveChanged());
    write(keyPath(), m_rsa.key);
    QVERIFY(files.load());
    QVERIFY(!files.haveChanged());
}

void TestTlsFiles::swappedSymlink_isAChange()
{
    const auto place = [this](const QString &version, const TestCertificate &certificate) {
        QVERIFY(QDir(m_folder->path()).mkdir(version));
        write(m_folder->filePath(version + u"/server.crt"_s), certificate.certificate);
        write(m_folder->filePath(version + u"/server.key"_s), certificate.key);
        const QString link = m_folder->filePath(u"live"_s);
        QVERIFY(QFile::link(version, link + u".new"_s) && rename(qPrintable(link + u".new"_s), qPrintable(link)) == 0);
    };
    place(u"1"_s, m_ec);
    TlsFiles files(m_folder->filePath(u"live/server.crt"_s), m_folder->filePath(u"live/server.key"_s));
    const auto first = files.load();
    QVERIFY(first && !files.haveChanged());
    place(u"2"_s, m_rsa);
    QVERIFY(files.haveChanged());
    const auto second = files.load();
    QVERIFY(second && !files.haveChanged());
    QVERIFY((*first)->configuration().localCertificate() != (*second)->configuration().localCertificate());
}

QTEST_GUILESS_MAIN(TestTlsFiles)
#include "TestTlsFiles.moc"
