#include "app/cli/ExitCode.h"
#include "core/backup/BackupMaking.h"
#include "core/crypto/CryptoLibraries.h"
#include "core/storage/DbConnection.h"
#include "tests/app/WarderProcess.h"

#include <QFile>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// `warderd backup …`, while a server runs and while none does.
class TestBackupCommands : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();

    void create_listAndVerify_data() { servers(); }
    void create_listAndVerify();
    void create_refusals();
    void verify_ofADamagedFile_isRefused_data() { servers(); }
    void verify_ofADamagedFile_isRefused();
    void restore_previewsAndAsksFirst_data() { servers(); }
    void restore_previewsAndAsksFirst();
    void restore_thenUndo();
    void restore_whileItServes_thenUndo();
    void restore_ofWhatCannotBeOpened_isTakenBack();
    void restore_leavesAPausedServerPaused();
    void restore_onANewMachine();
    void restore_forAnotherMasterKey();
    void restore_wrongUsage_data();
    void restore_wrongUsage();
    void list_needsNoDatabase();

private:
    static void servers();
    ProgramAnswer run(const QStringList &words, const QByteArray &input = {}) const
    {
        return m_warder->commandHere(QStringList {u"backup"_s} + words, input);
    }
    QString path(const QString &name) const { return m_folder->filePath(name); }
    /// A server with an account.
    void begin() const;
    QJsonObject join(const QString &email) const
    {
        return m_warder->client().post("/register", {{u"email"_s, email}, {u"password"_s, m_secret}}).json();
    }
    ClientResponse refresh(const QJsonValue &token) const { return m_warder->client().post("/refresh", {{u"refresh_token"_s, token}}); }
    /// Its port stays the same over a restore.
    /// What the lock of the data directory says.
    qint64 holder() const;
    QJsonArray users() const { return m_warder->commandHere({u"user"_s, u"list"_s, u"--json"_s}).array(); }

    const QString m_secret = u"correct horse battery"_s;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<WarderProcess> m_warder;
};

void TestBackupCommands::init()
{
    m_warder.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_warder = std::make_unique<WarderProcess>(path(u"data"_s));
}

void TestBackupCommands::servers()
{
    QTest::addColumn<bool>("runs");
    QTest::newRow("a server runs") << true;
    QTest::newRow("none does") << false;
}

void TestBackupCommands::begin() const
{
    QVERIFY2(m_warder->start(), m_warder->log());
    join(u"ann@example.com"_s);
}

void TestBackupCommands::create_listAndVerify()
{
    QFETCH(bool, runs);
    begin();
    if (!runs)
        QCOMPARE(m_warder->stop(), Done);
    const auto made = m_warder->command({u"backup"_s, u"create"_s, u"--json"_s}); // by the program itself
    QVERIFY2(made.code == Done, made.err);
    const QString file = made["file"_L1].toString();
    QVERIFY2(file.startsWith(path(u"data/backups/warder-"_s)), qPrintable(file));
    QCOMPARE(made["users"_L1].toInt(), 1);
    QCOMPARE(QFile::permissions(file) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    const auto list = run({u"list"_s, u"--json"_s});
    QVERIFY2(list.code == Done, list.err);
    QCOMPARE(list["backups"_L1].toArray().size(), 1);
    QCOMPARE(list["backups"_L1].toArray().first()["file"_L1], file);
    QVERIFY(run({u"list"_s}).out.contains("FILE"));
    const auto good = run({u"verify"_s, file});
    QVERIFY2(good.code == Done && good.out.contains("good"), good.err + good.out);
    QVERIFY(run({u"verify"_s, file.section(u'/', -1)}).code == Done); // by its name
}

void TestBackupCommands::create_refusals()
{
    begin();
    QCOMPARE(run({u"create"_s, path(u"mine.db"_s)}).code, Done);
    const auto again = run({u"create"_s, path(u"mine.db"_s)});
    QCOMPARE(again.code, Refused);
    QVERIFY2(again.complaint().contains(u"is there already"_s), again.err);
    const auto nowhere = run({u"create"_s, u"/proc/no/such/place.db"_s});
    QCOMPARE(nowhere.code, CannotRun);
    QVERIFY2(nowhere.complaint().contains(u"cannot be created"_s), nowhere.err);
}

void TestBackupCommands::verify_ofADamagedFile_isRefused()
{
    QFETCH(bool, runs);
    begin();
    QCOMPARE(run({u"create"_s, path(u"mine.db"_s)}).code, Done);
    if (!runs)
        QCOMPARE(m_warder->stop(), Done);
    QFile file(path(u"mine.db"_s));
    QVERIFY(file.resize(file.size() / 2));
    const auto bad = run({u"verify"_s, file.fileName()});
    QCOMPARE(bad.code, Refused);
    QVERIFY2(bad.out.contains("damaged"), bad.out);
    QCOMPARE(run({u"verify"_s, path(u"none.db"_s)}).code, Refused);
}

qint64 TestBackupCommands::holder() const
{
    QFile lock(path(u"data/warder.lock"_s));
    return lock.open(QIODevice::ReadOnly) ? lock.readAll().trimmed().toLongLong() : 0;
}

void TestBackupCommands::restore_previewsAndAsksFirst()
{
    QFETCH(bool, runs);
    begin();
    QCOMPARE(run({u"create"_s, path(u"mine.db"_s)}).code, Done);
    join(u"bob@example.com"_s);
    if (!runs)
        QCOMPARE(m_warder->stop(), Done);
    const auto preview = run({u"restore"_s, path(u"mine.db"_s), u"--dry-run"_s});
    QVERIFY2(preview.code == Done, preview.err);
    QVERIFY2(preview.out.contains("Users who are gone then") && preview.out.contains("1: bob@example.com"), preview.out);
    const auto inJson = run({u"restore"_s, path(u"mine.db"_s), u"--dry-run"_s, u"--json"_s});
    QCOMPARE(inJson["difference"_L1]["users_lost"_L1]["count"_L1].toInt(), 1);
    QCOMPARE(inJson["master_key_here"_L1], u"fits"_s);
    QCOMPARE(run({u"restore"_s, path(u"mine.db"_s)}, "n\n").code, Refused);
    QCOMPARE(users().size(), 2);
}

void TestBackupCommands::restore_thenUndo()
{
    QVERIFY2(m_warder->start(), m_warder->log());
    const QJsonObject ann = join(u"ann@example.com"_s);
    QCOMPARE(run({u"create"_s, path(u"mine.db"_s)}).code, Done);
    const auto later = refresh(ann["refresh_token"_L1]);
    QCOMPARE(later.status(), 200);
    join(u"bob@example.com"_s);
    QCOMPARE(m_warder->stop(), Done);
    const auto restored = m_warder->command({u"backup"_s, u"restore"_s, path(u"mine.db"_s), u"--yes"_s}); // by the program itself
    QVERIFY2(restored.code == Done, restored.err);
    QVERIFY2(m_warder->start(), m_warder->log());
    QCOMPARE(users().size(), 1);
    QCOMPARE(refresh(later["refresh_token"_L1]).status(), 200); // newer than the database: nobody is a thief
    QVERIFY(!m_warder->log().contains("refresh_reused"));
    QCOMPARE(m_warder->stop(), Done);
    const auto undone = run({u"restore"_s, u"--undo"_s, u"--yes"_s});
    QVERIFY2(undone.code == Done, undone.err);
    QVERIFY2(m_warder->start(), m_warder->log());
    QCOMPARE(users().size(), 2);
    QCOMPARE(m_warder->stop(), Done);
    QCOMPARE(run({u"restore"_s, u"--undo"_s, u"--yes"_s}).code, Refused); // nothing is left to take back
}

/// Whoever watches the process and its socket sees neither end, and nobody is a thief.
void TestBackupCommands::restore_whileItServes_thenUndo()
{
    QTcpServer listening;
    QVERIFY(m_warder->passOn(listening));
    QVERIFY2(m_warder->start(), m_warder->log());
    const quint16 port = m_warder->port();
    const QJsonObject ann = join(u"ann@example.com"_s);
    QCOMPARE(run({u"create"_s, path(u"mine.db"_s)}).code, Done);
    const auto later = refresh(ann["refresh_token"_L1]);
    QCOMPARE(later.status(), 200);
    join(u"bob@example.com"_s);
    const qint64 process = holder();
    QCOMPARE(process, m_warder->processId());
    const auto restored = run({u"restore"_s, path(u"mine.db"_s), u"--yes"_s});
    QVERIFY2(restored.code == Done, restored.err);
    QVERIFY2(restored.out.contains("1: bob@example.com") && restored.out.contains("warder.db.before-restore-"), restored.out);
    QCOMPARE(holder(), process);
    QCOMPARE(listening.serverPort(), port);
    QCOMPARE(users().size(), 1);
    QCOMPARE(refresh(later["refresh_token"_L1]).status(), 200); // newer than the database
    QVERIFY(!m_warder->log().contains("refresh_reused"));
    const auto undone = run({u"restore"_s, u"--undo"_s, u"--yes"_s});
    QVERIFY2(undone.code == Done, undone.err);
    QCOMPARE(holder(), process);
    QCOMPARE(users().size(), 2);
    QCOMPARE(run({u"restore"_s, u"--undo"_s, u"--yes"_s}).code, Refused); // nothing is left to take back
    QCOMPARE(m_warder->client().get("/health/ready").status(), 200);
    QCOMPARE(m_warder->stop(), Done);
}

/// Its keys cannot be read, which comes to light only when the server opens it.
void TestBackupCommands::restore_ofWhatCannotBeOpened_isTakenBack()
{
    const CryptoLibraries libraries;
    begin();
    QCOMPARE(m_warder->stop(), Done);
    QVERIFY(QFile::copy(path(u"data/warder.db"_s), path(u"other.db"_s)));
    {
        DbConnection connection(path(u"other.db"_s), DbConnection::Access::ReadWrite);
        QVERIFY(connection.execute(u"UPDATE signing_keys SET sealed = zeroblob(length(sealed))"_s));
    }
    const auto made = makeBackup(path(u"other.db"_s), path(u"bad.db"_s), SystemClock().now(), {});
    QVERIFY2(made, made ? "" : qPrintable(made.error().detail));
    QTcpServer listening;
    QVERIFY(m_warder->passOn(listening));
    QVERIFY2(m_warder->start(), m_warder->log());
    join(u"bob@example.com"_s);
    const qint64 process = holder();
    const auto refusal = run({u"restore"_s, path(u"bad.db"_s), u"--yes"_s});
    QCOMPARE(refusal.code, CannotRun);
    QVERIFY2(refusal.complaint().contains(u"the database of before serves on"_s), refusal.err);
    QCOMPARE(holder(), process);
    QCOMPARE(users().size(), 2);
    QCOMPARE(m_warder->client().get("/health/ready").status(), 200);
    const auto status = m_warder->command({u"server"_s, u"status"_s});
    QVERIFY2(status.out.contains("restore_failed"), status.out + status.err);
    QCOMPARE(run({u"restore"_s, u"--undo"_s, u"--yes"_s}).code, Refused); // it is done
}

void TestBackupCommands::restore_leavesAPausedServerPaused()
{
    QTcpServer listening;
    QVERIFY(m_warder->passOn(listening));
    begin();
    QCOMPARE(run({u"create"_s, path(u"mine.db"_s)}).code, Done);
    QCOMPARE(m_warder->command({u"server"_s, u"pause"_s}).code, Done);
    const auto restored = run({u"restore"_s, path(u"mine.db"_s)}, "y\n");
    QVERIFY2(restored.code == Done, restored.err);
    QVERIFY(m_warder->command({u"server"_s, u"status"_s}).out.contains("paused"));
}

void TestBackupCommands::restore_onANewMachine()
{
    begin();
    QCOMPARE(run({u"create"_s, path(u"mine.db"_s)}).code, Done);
    const QByteArray key = m_warder->commandHere({u"master-key"_s, u"export"_s, u"--stdout"_s}).out;
    WarderProcess other(path(u"other"_s));
    const auto restored = other.commandHere({u"backup"_s, u"restore"_s, path(u"mine.db"_s), u"--yes"_s});
    QVERIFY2(restored.code == Done, restored.err);
    QVERIFY2(restored.out.contains("warderd master-key import"), restored.out);
    QVERIFY(!other.start());
    const auto imported = other.commandHere({u"master-key"_s, u"import"_s}, key);
    QVERIFY2(imported.code == Done, imported.err);
    QVERIFY2(other.start(), other.log());
    QCOMPARE(other.client().post("/login", {{u"email"_s, u"ann@example.com"_s}, {u"password"_s, m_secret}}).status(), 200);
}

void TestBackupCommands::restore_forAnotherMasterKey()
{
    begin();
    const QByteArray former = m_warder->commandHere({u"master-key"_s, u"export"_s, u"--stdout"_s}).out;
    QCOMPARE(run({u"create"_s, path(u"mine.db"_s)}).code, Done);
    QCOMPARE(m_warder->commandHere({u"master-key"_s, u"rotate"_s, u"--yes"_s}).code, Done);
    const auto served = run({u"restore"_s, path(u"mine.db"_s), u"--yes"_s, u"--other-key"_s});
    QCOMPARE(served.code, Refused); // a server that runs could not open it
    QVERIFY2(served.complaint().contains(u"Stop the server"_s), served.err);
    QCOMPARE(m_warder->stop(), Done);
    const auto refusal = run({u"restore"_s, path(u"mine.db"_s), u"--yes"_s});
    QCOMPARE(refusal.code, Refused);
    QVERIFY2(refusal.complaint().contains(u"--other-key"_s), refusal.err);
    QCOMPARE(users().size(), 1);
    QCOMPARE(run({u"restore"_s, path(u"mine.db"_s), u"--yes"_s, u"--other-key"_s}).code, Done);
    QCOMPARE(m_warder->commandHere({u"master-key"_s, u"import"_s}, former).code, Done);
    QVERIFY2(m_warder->start(), m_warder->log());
}

void TestBackupCommands::restore_wrongUsage_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::newRow("nothing") << QStringList {u"restore"_s};
    QTest::newRow("both") << QStringList {u"restore"_s, u"x.db"_s, u"--undo"_s};
    QTest::newRow("verify nothing") << QStringList {u"verify"_s};
}

void TestBackupCommands::restore_wrongUsage()
{
    QFETCH(QStringList, words);
    QCOMPARE(run(words).code, WrongUsage);
    QVERIFY(!QFile::exists(path(u"data"_s))); // a mistake makes no folder
}

void TestBackupCommands::list_needsNoDatabase()
{
    begin();
    QCOMPARE(run({u"create"_s}).code, Done);
    QCOMPARE(m_warder->stop(), Done);
    QFile database(path(u"data/warder.db"_s));
    QVERIFY(database.open(QIODevice::WriteOnly | QIODevice::Truncate) && database.write(QByteArray(8192, 'x')) == 8192);
    database.close();
    const auto list = run({u"list"_s, u"--json"_s});
    QVERIFY2(list.code == Done, list.err);
    const QString file = list["backups"_L1].toArray().first()["file"_L1].toString();
    QCOMPARE(run({u"verify"_s, file}).code, Done);
    QCOMPARE(run({u"restore"_s, file, u"--yes"_s}).code, Done);
    QVERIFY2(m_warder->start(), m_warder->log());
    QCOMPARE(users().size(), 1);
}

QTEST_GUILESS_MAIN(TestBackupCommands)
#include "TestBackupCommands.moc"
