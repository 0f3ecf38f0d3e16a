#include "core/storage/DataDirectory.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace warder;
using namespace Qt::StringLiterals;

class TestDataDirectory : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aNewFolder_isForItsOwnerOnly();
    void aFolderOpenToOthers_data();
    void aFolderOpenToOthers();
    void aFolderOfAnother_isRefused_data();
    void aFolderOfAnother_isRefused();
    void ourFiles_thatAreNot_areRefused_data();
    void ourFiles_thatAreNot_areRefused();
    void whoOnlyLooks_makesNothing_data();
    void whoOnlyLooks_makesNothing();
    void whoWaits_getsItsTurn();
    void theLocksFile_mayBeRemoved();
    void aSecondServer_isRefused();
    void anotherProcess_isNamed();
    void asking_doesNotTakeTheLock();
    void moving_keepsTheLock();
    void whatCannotBe_isRefused_data();
    void whatCannotBe_isRefused();

private:
    static int modeOf(const QString &path);
};

namespace {

/// A process that holds a data directory until it is killed.
class Holder final
{
public:
    explicit Holder(const QString &path)
    {
        int ready[2];
        if (pipe(ready) != 0)
            return;
        m_process = fork();
        if (m_process == 0) {
            const auto held = DataDirectory::open(path);
            const char answer = held ? 'y' : 'n';
            if (write(ready[1], &answer, 1) == 1)
                pause();
            _exit(0);
        }
        char answer = 'n';
        m_holds = read(ready[0], &answer, 1) == 1 && answer == 'y';
        close(ready[0]);
        close(ready[1]);
    }
    ~Holder() { kill(); }

    void kill()
    {
        if (m_process > 0) {
            ::kill(m_process, SIGKILL);
            waitpid(m_process, nullptr, 0);
        }
        m_process = 0;
    }
    pid_t process() const { return m_process; }
    bool holds() const { return m_holds; }

private:
    pid_t m_process = -1;
    bool m_holds = false;
};

} // namespace

int TestDataDirectory::modeOf(const QString &path)
{
    struct stat status {};
    return stat(QFile::encodeName(path).constData(), &status) == 0 ? int(status.st_mode & 0777) : -1;
}

void TestDataDirectory::aNewFolder_isForItsOwnerOnly()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"deep/down/warder"_s);
    const mode_t before = umask(0); // the folder must not depend on it
    const auto opened = DataDirectory::open(path);
    umask(before);
    QVERIFY(opened);
    QCOMPARE(modeOf(path), 0700);
    QCOMPARE(modeOf(path + u"/warder.lock"_s), 0600);
    QCOMPARE(opened->path(), path);
    for (const QString &file : {opened->databasePath(), opened->masterKeyPath(), opened->socketPath()})
        QVERIFY(file.startsWith(path + u'/'));
}

void TestDataDirectory::aFolderOpenToOthers_data()
{
    QTest::addColumn<QString>("holding");
    QTest::addColumn<int>("mode");
    QTest::addColumn<QString>("refusal");
    const QString enter = u"holds other things"_s;
    const QString write = u"others may write into"_s;
    QTest::newRow("empty") << u""_s << 0755 << QString();
    QTest::newRow("used before") << u"warder.lock"_s << 0755 << QString();
    QTest::newRow("settings put there") << u"warder.conf"_s << 0755 << QString();
    QTest::newRow("a new disk") << u"lost+found"_s << 0755 << QString();
    QTest::newRow("somebody's files") << u"letter.txt"_s << 0755 << enter;
    QTest::newRow("somebody's hidden files") << u".profile"_s << 0711 << enter;
    QTest::newRow("somebody's files, closed") << u"letter.txt"_s << 0700 << QString();
    QTest::newRow("empty, the group's") << u""_s << 0770 << write;
    QTest::newRow("empty, everybody's") << u""_s << 0777 << write;
    QTest::newRow("used before, everybody's") << u"warder.lock"_s << 0777 << write;
    QTest::newRow("used before, with the sticky bit") << u"warder.lock"_s << 01777 << write;
}

/// Whoever gave a folder its permissions had their reasons: they stay.
void TestDataDirectory::aFolderOpenToOthers()
{
    QFETCH(const QString, holding);
    QFETCH(const int, mode);
    QFETCH(const QString, refusal);
    const QTemporaryDir folder;
    if (!holding.isEmpty()) {
        QFile file(folder.filePath(holding));
        QVERIFY(file.open(QIODevice::WriteOnly));
    }
    QCOMPARE(chmod(QFile::encodeName(folder.path()).constData(), mode_t(mode)), 0);
    const auto opened = DataDirectory::open(folder.path());
    QCOMPARE(opened.has_value(), refusal.isEmpty());
    QCOMPARE(modeOf(folder.path()), mode & 0777);
    if (!opened) {
        QVERIFY2(opened.error().code == ErrorCode::StorageFailure && opened.error().detail.contains(folder.path()),
                 qPrintable(opened.error().detail));
        QVERIFY2(opened.error().detail.contains(refusal) && opened.error().detail.contains("chmod 700"_L1),
                 qPrintable(opened.error().detail));
    }
}

void TestDataDirectory::aFolderOfAnother_isRefused_data()
{
    QTest::addColumn<QString>("holding");
    QTest::newRow("empty") << u""_s;
    QTest::newRow("with a lock in it") << u"warder.lock"_s;
}

void TestDataDirectory::aFolderOfAnother_isRefused()
{
    if (geteuid() != 0)
        QSKIP("only root can give a folder away");
    QFETCH(const QString, holding);
    const QTemporaryDir folder;
    if (!holding.isEmpty()) {
        QFile file(folder.filePath(holding));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("kept") == 4);
    }
    if (chown(QFile::encodeName(folder.path()).constData(), 12345, 12345) != 0)
        QSKIP("no other users here");
    const auto opened = DataDirectory::open(folder.path());
    QVERIFY(!opened);
    for (const auto *part : {"belongs to uid 12345", "this is root (uid 0)", "--data-dir", "sudo -u"})
        QVERIFY2(opened.error().detail.contains(QLatin1StringView(part)), qPrintable(opened.error().detail));
    QCOMPARE(QFileInfo(folder.filePath(u"warder.lock"_s)).size(), holding.isEmpty() ? 0 : 4);
    QCOMPARE(QFile::exists(folder.filePath(u"warder.lock"_s)), !holding.isEmpty());
    QVERIFY(DataDirectory::mayBeRead(folder.path())); // root may ask the server that runs there
}

void TestDataDirectory::ourFiles_thatAreNot_areRefused_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("what");
    for (const auto *file : {"warder.lock", "warder.db", "warder.db-wal", "warder.db-shm"}) {
        for (const auto *what : {"link", "link to nowhere", "folder", "fifo"})
            QTest::addRow("%s: %s", file, what) << QString::fromLatin1(file) << QString::fromLatin1(what);
    }
}

void TestDataDirectory::ourFiles_thatAreNot_areRefused()
{
    QFETCH(const QString, file);
    QFETCH(const QString, what);
    const QTemporaryDir folder;
    const QTemporaryDir elsewhere;
    QFile precious(elsewhere.filePath(u"precious"_s));
    QVERIFY(precious.open(QIODevice::WriteOnly) && precious.write("kept") == 4);
    precious.close();
    const QString path = folder.filePath(file);
    if (what == "folder"_L1)
        QVERIFY(QDir().mkdir(path));
    else if (what == "fifo"_L1)
        QCOMPARE(mkfifo(QFile::encodeName(path).constData(), 0600), 0);
    else
        QVERIFY(QFile::link(what == "link"_L1 ? precious.fileName() : elsewhere.filePath(u"nothing"_s), path));
    const auto opened = DataDirectory::open(folder.path());
    QVERIFY(!opened);
    QVERIFY2(opened.error().detail.startsWith(path), qPrintable(opened.error().detail));
    QCOMPARE(precious.size(), 4);
    QVERIFY(!QFile::exists(elsewhere.filePath(u"nothing"_s)));
    QVERIFY(!DataDirectory::isInUse(folder.path()));
}

void TestDataDirectory::whoOnlyLooks_makesNothing_data()
{
    QTest::addColumn<QString>("path");
    QTest::newRow("nowhere") << u"nowhere"_s;
    QTest::newRow("nowhere, deep down") << u"no/where/at/all"_s;
    QTest::newRow("an empty folder") << u"."_s;
}

void TestDataDirectory::whoOnlyLooks_makesNothing()
{
    QFETCH(const QString, path);
    const QTemporaryDir folder;
    const auto opened = DataDirectory::open(folder.filePath(path), DataDirectory::Making::Never);
    QVERIFY(!opened);
    QVERIFY2(opened.error().detail.contains("there is no Warder in the data directory "_L1)
                 && opened.error().detail.contains("`warderd serve`"_L1),
             qPrintable(opened.error().detail));
    QVERIFY(QDir(folder.path()).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot));
}

void TestDataDirectory::whoWaits_getsItsTurn()
{
    const QTemporaryDir folder;
    Holder holder(folder.path());
    QVERIFY(holder.holds());
    QCOMPARE(DataDirectory::open(folder.path(), DataDirectory::Making::IfMissing, Milliseconds {50}).error().code,
             ErrorCode::AlreadyRunning);
    std::jthread later([&holder] { holder.kill(); });
    QVERIFY(DataDirectory::open(folder.path(), DataDirectory::Making::IfMissing, std::chrono::minutes {5}));
}

void TestDataDirectory::theLocksFile_mayBeRemoved()
{
    const QTemporaryDir folder;
    {
        const auto first = DataDirectory::open(folder.path());
        QVERIFY(first);
        QVERIFY(QFile::remove(folder.filePath(u"warder.lock"_s)));
        for (int i = 0; i < 2; ++i)
            QCOMPARE(DataDirectory::open(folder.path()).error().code, ErrorCode::AlreadyRunning);
    }
    QVERIFY(DataDirectory::open(folder.path()));
}

void TestDataDirectory::aSecondServer_isRefused()
{
    const QTemporaryDir folder;
    {
        const auto first = DataDirectory::open(folder.path());
        QVERIFY(first);
        QCOMPARE(DataDirectory::open(folder.path()).error().code, ErrorCode::AlreadyRunning);
        QCOMPARE(DataDirectory::open(folder.path() + u"/./"_s).error().code, ErrorCode::AlreadyRunning);
        QVERIFY(DataDirectory::isInUse(folder.path()));
    }
    QVERIFY(!DataDirectory::isInUse(folder.path()));
    QVERIFY(DataDirectory::open(folder.path()));
}

void TestDataDirectory::anotherProcess_isNamed()
{
    const QTemporaryDir folder;
    Holder holder(folder.path());
    QVERIFY(holder.holds());
    const auto refusal = DataDirectory::open(folder.path());
    QVERIFY(!refusal);
    QCOMPARE(refusal.error().code, ErrorCode::AlreadyRunning);
    QVERIFY2(refusal.error().detail.contains(folder.path()), qPrintable(refusal.error().detail));
    QVERIFY2(refusal.error().detail.contains(u"process %1)"_s.arg(holder.process())), qPrintable(refusal.error().detail));
    QVERIFY(DataDirectory::isInUse(folder.path()));
    holder.kill(); // nothing may have to be cleaned up by hand
    QVERIFY(!DataDirectory::isInUse(folder.path()));
    QVERIFY(DataDirectory::open(folder.path()));
}

void TestDataDirectory::asking_doesNotTakeTheLock()
{
    const QTemporaryDir folder;
    QVERIFY(!DataDirectory::isInUse(folder.path()));
    QVERIFY(!DataDirectory::isInUse(folder.filePath(u"nowhere"_s)));
    QVERIFY(!QFile::exists(folder.filePath(u"nowhere"_s)));
    QVERIFY(!QFile::exists(folder.filePath(u"warder.lock"_s)));
    const auto opened = DataDirectory::open(folder.path());
    QVERIFY(DataDirectory::isInUse(folder.path())); // closing what it asked with must not let go of our lock
    QCOMPARE(DataDirectory::open(folder.path()).error().code, ErrorCode::AlreadyRunning);
}

void TestDataDirectory::moving_keepsTheLock()
{
    const QTemporaryDir folder;
    const QTemporaryDir other;
    auto first = DataDirectory::open(folder.path());
    QVERIFY(first);
    DataDirectory moved(std::move(*first));
    QVERIFY(DataDirectory::isInUse(folder.path()));
    {
        auto second = DataDirectory::open(other.path());
        QVERIFY(second);
        moved = std::move(*second);
    }
    QVERIFY(!DataDirectory::isInUse(folder.path()));
    QVERIFY(DataDirectory::isInUse(other.path()));
    QCOMPARE(moved.path(), other.path());
}

void TestDataDirectory::whatCannotBe_isRefused_data()
{
    QTest::addColumn<QString>("path");
    QTest::newRow("below a file") << u"/dev/null/warder"_s;
    QTest::newRow("not a folder") << u"/dev/null"_s;
    QTest::newRow("where nobody may write") << u"/proc/warder"_s;
}

void TestDataDirectory::whatCannotBe_isRefused()
{
    QFETCH(QString, path);
    const auto refusal = DataDirectory::open(path);
    QVERIFY(!refusal);
    QCOMPARE(refusal.error().code, ErrorCode::StorageFailure);
    QVERIFY2(refusal.error().detail.contains(path), qPrintable(refusal.error().detail));
}

QTEST_GUILESS_MAIN(TestDataDirectory)
#include "TestDataDirectory.moc"
