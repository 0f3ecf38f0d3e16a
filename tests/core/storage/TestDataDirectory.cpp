#include "core/storage/DataDirectory.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/stat.h>
#include <sys/wait.h>
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
    for (const QString &file : {opened->databasePath(), opened->masterKeyPath(), opened->socketPath(), opened->configPath()})
        QVERIFY(file.startsWith(path + u'/'));
}

void TestDataDirectory::aFolderOpenToOthers_data()
{
    QTest::addColumn<QString>("holding");
    QTest::addColumn<bool>("taken");
    QTest::newRow("empty: closed, then used") << u""_s << true;
    QTest::newRow("used before: closed, then used") << u"warder.lock"_s << true;
    QTest::newRow("somebody's files: refused, left as it is") << u"letter.txt"_s << false;
    QTest::newRow("somebody's hidden files: refused, left as it is") << u".profile"_s << false;
}

void TestDataDirectory::aFolderOpenToOthers()
{
    QFETCH(QString, holding);
    QFETCH(bool, taken);
    const QTemporaryDir folder;
    if (!holding.isEmpty()) {
        QFile file(folder.filePath(holding));
        QVERIFY(file.open(QIODevice::WriteOnly));
    }
    QCOMPARE(chmod(QFile::encodeName(folder.path()).constData(), 0755), 0);
    const auto opened = DataDirectory::open(folder.path());
    QCOMPARE(opened.has_value(), taken);
    QCOMPARE(modeOf(folder.path()), taken ? 0700 : 0755);
    if (!taken)
        QVERIFY(opened.error().code == ErrorCode::StorageFailure && opened.error().detail.contains(folder.path()));
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
