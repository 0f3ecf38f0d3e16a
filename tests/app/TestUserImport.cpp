#include "app/cli/ExitCode.h"
#include "tests/app/WarderProcess.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QUuid>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

namespace {

const QByteArray bcrypt = "$2b$04$abcdefghijklmnopqrstuuqREtd3VJD2QVZbuFskFSLk6eRIrQoOS"; // of "correct horse battery"
const QString uuid = u"01234567-89ab-4def-8123-456789abcdef"_s;

} // namespace

/// Moving users in, on the database alone and through the server that holds it.
class TestUserImport : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase_data();
    void init();
    void cleanup();

    void csv_isImported_andItsUsersSignIn();
    void json_comesFromStdin();
    void faults_areToldWithTheirLines_andNothingIsImported();
    void existing_areFaultsOrSkipped();
    void dryRun_importsNothing();
    void map_isWrittenAfterwards();
    void usage_isRefused_data();
    void usage_isRefused();
    void manyPieces_areOneImport();

private:
    ProgramAnswer import(const QStringList &more = {}, const QByteArray &input = {}) const
    {
        return m_warder->command(QStringList {u"user"_s, u"import"_s, m_folder->filePath(u"users.csv"_s)} + more, input);
    }
    void write(const QByteArray &text) const;
    qsizetype count() const { return m_warder->command({u"user"_s, u"list"_s, u"--json"_s}).array().size(); }
    int statusOfLogin(const QString &email);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<WarderProcess> m_warder;
};

void TestUserImport::initTestCase_data()
{
    QTest::addColumn<bool>("served");
    QTest::newRow("on the database") << false;
    QTest::newRow("through a server") << true;
}

void TestUserImport::init()
{
    QFETCH_GLOBAL(bool, served);
    m_folder = std::make_unique<QTemporaryDir>();
    m_warder = std::make_unique<WarderProcess>(m_folder->filePath(u"data"_s));
    if (served)
        QVERIFY2(m_warder->start(), m_warder->log());
    else
        QCOMPARE(m_warder->command({u"user"_s, u"add"_s, u"root@example.com"_s, u"--password-stdin"_s}, "correct horse\n").code, Done);
    if (served)
        QCOMPARE(m_warder->command({u"user"_s, u"add"_s, u"root@example.com"_s, u"--password-stdin"_s}, "correct horse\n").code, Done);
}

void TestUserImport::cleanup()
{
    if (m_warder->isRunning())
        QCOMPARE(m_warder->stop(), Done);
    QVERIFY(!m_warder->log().contains(bcrypt));
    m_warder.reset();
}

void TestUserImport::write(const QByteArray &text) const
{
    QFile file(m_folder->filePath(u"users.csv"_s));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
}

int TestUserImport::statusOfLogin(const QString &email)
{
    if (!m_warder->isRunning() && !m_warder->start())
        return -1;
    return m_warder->client().post("/login", {{u"email"_s, email}, {u"password"_s, u"correct horse battery"_s}}).status();
}

void TestUserImport::csv_isImported_andItsUsersSignIn()
{
    write("id,email,hashed_password,full_name,roles,disabled,email_verified,created_at,phone\r\n" + uuid.toUtf8() + ",ann@example.com,"
          + bcrypt + ",\"Ann, Änn\",\"admin,ops\",false,true,2020-01-02T03:04:05Z,1\r\n7,bob@example.com," + bcrypt + ",,,true,,,2\r\n");
    const auto done = import();
    QCOMPARE(done.complaint(), QString());
    QCOMPARE(done.out, "2 accounts imported.\nNot used: phone.\nOld ids that are no UUID became UUIDs; --map FILE writes which.\n");
    QCOMPARE(done.code, Done);
    const QJsonObject ann = m_warder->command({u"user"_s, u"show"_s, u"ann@example.com"_s, u"--json"_s}).object();
    QCOMPARE(ann["id"_L1], uuid);
    QCOMPARE(ann["name"_L1], u"Ann, Änn"_s);
    QCOMPARE(ann["roles"_L1].toArray(), QJsonArray({u"admin"_s, u"ops"_s}));
    QCOMPARE(ann["email_verified"_L1], true);
    QCOMPARE(ann["created_at"_L1], u"2020-01-02T03:04:05.000Z"_s);
    const QUuid urls(u"6ba7b811-9dad-11d1-80b4-00c04fd430c8"_s);
    QCOMPARE(m_warder->command({u"user"_s, u"show"_s, u"bob@example.com"_s, u"--json"_s})["id"_L1],
             QUuid::createUuidV5(urls, u"warder:user:7"_s).toString(QUuid::WithoutBraces));
    QCOMPARE(statusOfLogin(u"ann@example.com"_s), 200);
    QCOMPARE(statusOfLogin(u"bob@example.com"_s), 403);
}

void TestUserImport::json_comesFromStdin()
{
    const QByteArray text =
        "[{\"email\":\"ann@example.com\",\"passwordHash\":\"" + bcrypt + "\",\"roles\":[\"admin\"],\"createdAt\":1577934245}]";
    const auto done = m_warder->command({u"user"_s, u"import"_s, u"-"_s, u"--json"_s}, text);
    QVERIFY2(done.code == Done, done.err);
    QCOMPARE(done["added"_L1].toInt(), 1);
    QCOMPARE(done["dry_run"_L1], false);
    QCOMPARE(statusOfLogin(u"ann@example.com"_s), 200);
}

void TestUserImport::faults_areToldWithTheirLines_andNothingIsImported()
{
    write("email,password_hash,disabled\nann@example.com," + bcrypt + ",no\nANN@example.com," + bcrypt + ",no\nbob," + bcrypt
          + ",perhaps\n"
            "carl@example.com,$9$secret$secret,no\nroot@example.com,"
          + bcrypt + ",no\neve@example.com,\"" + bcrypt + "\"x,no\n\xff@example.com," + bcrypt + ",no\n");
    for (const QStringList &form : {QStringList {}, QStringList {u"--json"_s}}) {
        const auto refused = import(form);
        QCOMPARE(refused.code, Refused);
        QCOMPARE(QString::fromUtf8(refused.err), u"warderd: %1/users.csv: 6 faults, nothing was imported\n"
                                                 "  line 3: email: the same address as line 2\n"
                                                 "  line 4: disabled: must be true or false\n"
                                                 "  line 5: password_hash: Value error, not an Argon2 or bcrypt hash\n"
                                                 "  line 6: email: the address has an account already\n"
                                                 "  line 7: there is text behind a closing quotation mark\n"
                                                 "  line 8: it is not UTF-8\n"_s.arg(m_folder->path()));
        QCOMPARE(refused.out.isEmpty(), form.isEmpty());
        QCOMPARE(refused["faults"_L1].toArray().size(), form.isEmpty() ? 0 : 6);
        QVERIFY(!refused.out.contains("$9$secret"));
    }
    QCOMPARE(count(), 1);
}

void TestUserImport::existing_areFaultsOrSkipped()
{
    write("email,password_hash\nROOT@example.com," + bcrypt + "\nann@example.com," + bcrypt + "\n");
    QCOMPARE(import().code, Refused);
    QCOMPARE(count(), 1);
    const auto done = import({u"--skip-existing"_s});
    QCOMPARE(done.out, "1 account imported, 1 skipped: there already.\n");
    QCOMPARE(import({u"--skip-existing"_s}).out, "0 accounts imported, 2 skipped: there already.\n");
    QCOMPARE(count(), 2);
    QCOMPARE(statusOfLogin(u"root@example.com"_s), 401); // kept their own
}

void TestUserImport::dryRun_importsNothing()
{
    write("email,password_hash\nann@example.com," + bcrypt + "\n");
    QCOMPARE(import({u"--dry-run"_s}).out, "1 account would be imported.\n");
    QCOMPARE(count(), 1);
    QCOMPARE(import().code, Done);
    QCOMPARE(import({u"--dry-run"_s}).code, Refused);
}

void TestUserImport::map_isWrittenAfterwards()
{
    const QString path = m_folder->filePath(u"ids.csv"_s);
    write("id,email,password_hash\n7,ann@example.com," + bcrypt + "\n8,root@example.com," + bcrypt + "\n");
    QCOMPARE(import({u"--map"_s, path}).code, Refused);
    QVERIFY(!QFile::exists(path));
    QCOMPARE(import({u"--map"_s, path, u"--skip-existing"_s}).code, Done);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArrayList lines = file.readAll().trimmed().split('\n');
    const auto idOf = [this](const QString &email) {
        return m_warder->command({u"user"_s, u"show"_s, email, u"--json"_s})["id"_L1].toString().toUtf8();
    };
    QCOMPARE(lines, (QByteArrayList {"old_id,id,email", "7," + idOf(u"ann@example.com"_s) + ",ann@example.com",
                                     "8," + idOf(u"root@example.com"_s) + ",root@example.com"}));
    QVERIFY((QFile::permissions(path) & (QFile::ReadOther | QFile::ReadGroup)) == 0);
    QVERIFY(import({u"--map"_s, path}).complaint().contains(u"is there already"_s));
}

void TestUserImport::usage_isRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QStringList>("more");
    QTest::addColumn<QString>("complaint");
    QTest::newRow("an empty file") << QByteArray() << QStringList {} << u"users.csv: is empty"_s;
    QTest::newRow("a table of no database") << QByteArray("email\n") << QStringList {u"--table"_s, u"users"_s}
                                            << u"--table is for an SQLite database"_s;
    QTest::newRow("no place for the map") << QByteArray("email\n") << QStringList {u"--map"_s, u"/no/where"_s} << u"/no/where: "_s;
    QTest::newRow("no hashes") << QByteArray("email\nann@example.com\n") << QStringList {}
                               << u"line 2: password_hash: there is no password hash"_s;
    QTest::newRow("no addresses") << QByteArray("name,password_hash\nAnn,$2b$\n") << QStringList {} << u"line 2: email: "_s;
}

void TestUserImport::usage_isRefused()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QStringList, more);
    QFETCH(const QString, complaint);
    write(text);
    const auto refused = import(more);
    QVERIFY2(refused.complaint().contains(complaint), refused.err);
    QCOMPARE(refused.code, Refused);
    QCOMPARE(count(), 1);
}

void TestUserImport::manyPieces_areOneImport()
{
    constexpr int many = 1201; // three pieces
    QByteArray text = "email,password_hash\n";
    for (int i = 0; i < many; ++i)
        text += "user" + QByteArray::number(i) + "@example.com," + bcrypt + '\n';
    write(text + "user7@example.com," + bcrypt + '\n');
    QVERIFY(import().complaint().endsWith(u"line 1203: email: the same address as line 9"_s));
    QCOMPARE(count(), 1);
    write(text);
    QCOMPARE(import().out, "1201 accounts imported.\n");
    QCOMPARE(count(), many + 1);
}

QTEST_GUILESS_MAIN(TestUserImport)
#include "TestUserImport.moc"
