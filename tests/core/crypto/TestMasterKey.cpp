#include "core/crypto/CryptoLibraries.h"
#include "core/crypto/MasterKey.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace Qt::StringLiterals;
using namespace warder;

class TestMasterKey : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void load_createsOnlyWhenTold();
    void load_createsForTheOwnerAlone();
    void load_neverReplacesAKey();
    void load_refusesWhatIsNoKey_data();
    void load_refusesWhatIsNoKey();
    void load_readsWhatAPersonTyped();
    void load_refusesOpenModes_data();
    void load_refusesOpenModes();
    void load_refusesWhatIsNoFile_data();
    void load_refusesWhatIsNoFile();
    void load_followsALink_andJudgesWhatItLeadsTo();
    void load_makesNothingBehindALink();
    void load_saysWhenItCannotCreate();
    void checkValue_tellsKeysApart();
    void secretBytes_leaveASharedArrayAlone();

private:
    QString path() const { return m_folder->filePath(u"master.key"_s); }
    void write(const QByteArray &content, mode_t mode = 0600) const;

    CryptoLibraries m_libraries;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestMasterKey::init() { m_folder = std::make_unique<QTemporaryDir>(); }

void TestMasterKey::write(const QByteArray &content, mode_t mode) const
{
    QFile file(path());
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
    file.close();
    QCOMPARE(chmod(QFile::encodeName(path()).constData(), mode), 0);
}

void TestMasterKey::load_createsOnlyWhenTold()
{
    const auto missing = loadMasterKey(path(), false);
    QVERIFY(!missing);
    QCOMPARE(missing.error().code, ErrorCode::CryptoFailure);
    QVERIFY(missing.error().detail.contains(path()));
    QVERIFY(!QFile::exists(path()));

    const auto created = loadMasterKey(path(), true);
    QVERIFY(created);
    QCOMPARE(created->view().size(), 32);
    QCOMPARE(loadMasterKey(path(), false).value().view(), created->view());
}

void TestMasterKey::load_createsForTheOwnerAlone()
{
    const mode_t before = umask(0);
    const auto created = loadMasterKey(path(), true);
    umask(before);
    QVERIFY(created);
    struct stat status {};
    QCOMPARE(stat(QFile::encodeName(path()).constData(), &status), 0);
    QCOMPARE(status.st_mode & 07777, 0600U);
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden), QStringList {u"master.key"_s});
}

void TestMasterKey::load_neverReplacesAKey()
{
    write("not a key");
    QVERIFY(!loadMasterKey(path(), true));
    QFile file(path());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), "not a key"_ba);
}

void TestMasterKey::load_refusesWhatIsNoKey_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("nothing") << ""_ba;
    QTest::newRow("raw bytes") << QByteArray(32, '\x80');
    QTest::newRow("31 bytes") << QByteArray(31, 'k').toBase64();
    QTest::newRow("33 bytes") << QByteArray(33, 'k').toBase64();
    QTest::newRow("64 bytes") << QByteArray(64, 'k').toBase64();
    QTest::newRow("hex") << QByteArray(32, 'k').toHex();
    QTest::newRow("a foreign character") << QByteArray(32, 'k').toBase64().replace(3, 1, "*");
    QTest::newRow("the wrong alphabet") << QByteArray(32, '\xff').toBase64(QByteArray::Base64UrlEncoding);
    QTest::newRow("broken over lines") << QByteArray(32, 'k').toBase64().insert(20, '\n');
    QTest::newRow("two keys") << QByteArray(32, 'k').toBase64() + '\n' + QByteArray(32, 'k').toBase64();
    QTest::newRow("a megabyte") << QByteArray(1 << 20, 'A');
}

void TestMasterKey::load_refusesWhatIsNoKey()
{
    QFETCH(QByteArray, content);
    write(content);
    const auto loaded = loadMasterKey(path(), true);
    QVERIFY(!loaded);
    QCOMPARE(loaded.error().code, ErrorCode::CryptoFailure);
    QVERIFY(content.isEmpty() || !loaded.error().detail.toLatin1().contains(content.first(8)));
}

void TestMasterKey::load_readsWhatAPersonTyped()
{
    const QByteArray key(32, 'k');
    write(' ' + key.toBase64() + "\r\n");
    QCOMPARE(loadMasterKey(path(), false).value().view(), key);
    write(key.toBase64(), 0400);
    QCOMPARE(loadMasterKey(path(), false).value().view(), key);
}

void TestMasterKey::load_refusesOpenModes_data()
{
    QTest::addColumn<uint>("mode");
    QTest::newRow("group reads") << 0640U;
    QTest::newRow("others read") << 0604U;
    QTest::newRow("group writes") << 0620U;
    QTest::newRow("others write") << 0602U;
    QTest::newRow("everybody") << 0666U;
}

void TestMasterKey::load_refusesOpenModes()
{
    QFETCH(uint, mode);
    write(QByteArray(32, 'k').toBase64(), mode);
    const auto loaded = loadMasterKey(path(), true);
    QVERIFY(!loaded);
    QVERIFY(loaded.error().detail.contains(u"chmod 600"));
}

void TestMasterKey::load_refusesWhatIsNoFile_data()
{
    QTest::addColumn<QString>("kind");
    QTest::newRow("a folder") << u"folder"_s;
    QTest::newRow("a FIFO, which must not block") << u"fifo"_s;
    QTest::newRow("a device") << u"device"_s;
}

void TestMasterKey::load_refusesWhatIsNoFile()
{
    QFETCH(QString, kind);
    if (kind == u"folder")
        QVERIFY(QDir().mkdir(path()));
    else if (kind == u"fifo")
        QCOMPARE(mkfifo(QFile::encodeName(path()).constData(), 0600), 0);
    else
        QVERIFY(QFile::link(u"/dev/zero"_s, path()));
    const auto loaded = loadMasterKey(path(), true);
    QVERIFY(!loaded);
    QVERIFY(loaded.error().detail.contains(u"regular file"));
}

void TestMasterKey::load_followsALink_andJudgesWhatItLeadsTo()
{
    const QByteArray key(32, 'k');
    const QString elsewhere = m_folder->filePath(u"elsewhere"_s);
    write(key.toBase64());
    QVERIFY(QFile::rename(path(), elsewhere) && QFile::link(elsewhere, path()));
    QCOMPARE(loadMasterKey(path(), false).value().view(), key);
    QCOMPARE(chmod(QFile::encodeName(elsewhere).constData(), 0640), 0);
    QVERIFY(loadMasterKey(path(), false).error().detail.contains(u"chmod 600"));
}

void TestMasterKey::load_makesNothingBehindALink()
{
    const QString elsewhere = m_folder->filePath(u"elsewhere"_s);
    QVERIFY(QFile::link(elsewhere, path()));
    const auto loaded = loadMasterKey(path(), true);
    QVERIFY(!QFile::exists(elsewhere) && QFileInfo(path()).isSymLink());
    QVERIFY(!loaded);
    QVERIFY2(loaded.error().detail.contains(u"is a link"), qPrintable(loaded.error().detail));
}

void TestMasterKey::load_saysWhenItCannotCreate()
{
    const auto loaded = loadMasterKey(m_folder->filePath(u"no/such/folder/master.key"_s), true);
    QVERIFY(!loaded);
    QCOMPARE(loaded.error().code, ErrorCode::CryptoFailure);
    QVERIFY(loaded.error().detail.contains(u"cannot be written"));
}

void TestMasterKey::checkValue_tellsKeysApart()
{
    QByteArray bytes(32, '\0');
    for (qsizetype i = 0; i < bytes.size(); ++i)
        bytes[i] = char(i);
    QCOMPARE(keyCheckValue(SecretBytes(bytes)).toHex(), "858772955094171f"_ba); // by Python's `cryptography`
    bytes[31] = 0;
    QVERIFY(keyCheckValue(SecretBytes(bytes)).toHex() != "858772955094171f"_ba);
}

void TestMasterKey::secretBytes_leaveASharedArrayAlone()
{
    const QByteArray shared(32, 'k');
    SecretBytes held {shared};
    const SecretBytes copy = held;
    held = {};
    QVERIFY(held.isEmpty());
    QCOMPARE(copy.view(), shared);
    QCOMPARE(shared, QByteArray(32, 'k'));

    QString text = u"secret"_s;
    const QString kept = text;
    wipe(text);
    QVERIFY(text.isEmpty());
    QCOMPARE(kept, u"secret"_s);
    QVERIFY(SecretBytes().isEmpty() && SecretBytes(QByteArray()).isEmpty());
}

QTEST_GUILESS_MAIN(TestMasterKey)
#include "TestMasterKey.moc"
