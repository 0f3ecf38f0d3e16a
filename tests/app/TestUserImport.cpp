#include "app/cli/ExitCode.h"
#include "tests/app/CommandTest.h"
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
class TestUserImport : public CommandTest
{
    Q_OBJECT
private Q_SLOTS:
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
    void passwords_areHashed();
    void weakPasswords_areToldByLine();
    void firebase_needsItsParameters();

private:
    ProgramAnswer import(const QStringList &more = {}, const QByteArray &input = {}) const
    {
        return m_warder->commandHere(QStringList {u"user"_s, u"import"_s, m_folder->filePath(u"users.csv"_s)} + more, input);
    }
    void write(const QByteArray &text) const;
    void removeImported() const;
    qsizetype count() const { return m_warder->commandHere({u"user"_s, u"list"_s, u"--json"_s}).array().size(); }
    int statusOfLogin(const QString &email);
};

void TestUserImport::init()
{
    QFETCH_GLOBAL(bool, served);
    if (m_kept.take(m_folder, m_warder))
        return;
    m_folder = std::make_unique<QTemporaryDir>();
    m_warder = std::make_unique<WarderProcess>(m_folder->filePath(u"data"_s));
    if (served)
        QVERIFY2(m_warder->start(), m_warder->log());
    QCOMPARE(m_warder->commandHere({u"user"_s, u"add"_s, u"root@example.com"_s, u"--password-stdin"_s}, "correct horse\n").code, Done);
}

/// Where a server runs, it goes on without the accounts of this function, unless they are very many.
void TestUserImport::cleanup()
{
    QFETCH_GLOBAL(bool, served);
    QVERIFY(!m_warder->log().contains(bcrypt));
    if (served && !isFunction({"manyPieces_areOneImport"})) {
        removeImported();
        if (m_kept.keep(m_folder, m_warder))
            return;
    }
    if (m_warder->isRunning())
        QCOMPARE(m_warder->stop(), Done);
    QVERIFY(!m_warder->log().contains(bcrypt));
    m_warder.reset();
}

void TestUserImport::removeImported() const
{
    const QJsonArray left = m_warder->commandHere({u"user"_s, u"list"_s, u"--json"_s}).array();
    for (const QJsonValue user : left) {
        const QString email = user["email"_L1].toString();
        if (email != "root@example.com"_L1)
            QCOMPARE(m_warder->commandHere({u"user"_s, u"delete"_s, email, u"--now"_s, u"--yes"_s}).code, Done);
    }
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
    const QJsonObject ann = m_warder->commandHere({u"user"_s, u"show"_s, u"ann@example.com"_s, u"--json"_s}).object();
    QCOMPARE(ann["id"_L1], uuid);
    QCOMPARE(ann["name"_L1], u"Ann, Änn"_s);
    QCOMPARE(ann["roles"_L1].toArray(), QJsonArray({u"admin"_s, u"ops"_s}));
    QCOMPARE(ann["email_verified"_L1], true);
    QCOMPARE(ann["created_at"_L1], u"2020-01-02T03:04:05.000Z"_s);
    const QUuid urls(u"6ba7b811-9dad-11d1-80b4-00c04fd430c8"_s);
    QCOMPARE(m_warder->commandHere({u"user"_s, u"show"_s, u"bob@example.com"_s, u"--json"_s})["id"_L1],
             QUuid::createUuidV5(urls, u"warder:user:7"_s).toString(QUuid::WithoutBraces));
    QCOMPARE(statusOfLogin(u"ann@example.com"_s), 200);
    QCOMPARE(statusOfLogin(u"bob@example.com"_s), 403);
}

void TestUserImport::json_comesFromStdin()
{
    const QByteArray text =
        "[{\"email\":\"ann@example.com\",\"passwordHash\":\"" + bcrypt + "\",\"roles\":[\"admin\"],\"createdAt\":1577934245}]";
    const auto done = m_warder->command({u"user"_s, u"import"_s, u"-"_s, u"--json"_s}, text); // a pipe
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
        QCOMPARE(QString::fromUtf8(refused.err),
                 u"warderd: %1/users.csv: 6 faults, nothing was imported\n"
                 "  line 3: email: the same address as line 2\n"
                 "  line 4: disabled: must be true or false\n"
                 "  line 5: password_hash: Value error, not an Argon2, bcrypt, scrypt or PBKDF2 hash of a known form\n"
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
    const auto again = import({u"--skip-existing"_s, u"--json"_s});
    QCOMPARE(again["skipped"_L1].toInt(), 2);
    QCOMPARE(again["skipped_users"_L1].toArray().size(), 0);
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
        return m_warder->commandHere({u"user"_s, u"show"_s, email, u"--json"_s})["id"_L1].toString().toUtf8();
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

void TestUserImport::passwords_areHashed()
{
    write("email,password\nann@example.com,correct horse battery\nbob@example.com," + bcrypt + "\n");
    QCOMPARE(import({u"--dry-run"_s}).out,
             "2 accounts would be imported.\nPasswords that are hashed first, a thousand in about a minute: 1.\n");
    QCOMPARE(count(), 1);
    QCOMPARE(import({u"--dry-run"_s, u"--json"_s})["passwords"_L1].toInt(), 1);
    const auto done = m_warder->command({u"user"_s, u"import"_s, m_folder->filePath(u"users.csv"_s)}); // with its log
    QCOMPARE(done.complaint(), QString());
    QCOMPARE(done.out, "2 accounts imported.\nPasswords that were hashed: 1. Delete the file, which holds them as text.\n");
    const auto schemeOf = [this](const QString &email) {
        return m_warder->commandHere({u"user"_s, u"show"_s, email, u"--json"_s})["password_scheme"_L1].toString();
    };
    QCOMPARE(schemeOf(u"ann@example.com"_s), u"argon2id"_s);
    QCOMPARE(schemeOf(u"bob@example.com"_s), u"bcrypt"_s);
    QCOMPARE(statusOfLogin(u"ann@example.com"_s), 200);
    QVERIFY(!m_warder->log().contains("correct horse battery"));
}

void TestUserImport::weakPasswords_areToldByLine()
{
    write("email,password\nann@example.com,correct horse battery\nbob@example.com,Tr0ub\ncarl@example.com,qwertyuiop\n");
    const auto refused = import();
    QCOMPARE(refused.code, Refused);
    QVERIFY2(refused.err.contains("line 3: password: String should have at least 8 characters\n"), refused.err);
    QVERIFY2(refused.err.contains("line 4: password: Value error, this password is too easy to guess"), refused.err);
    QVERIFY(!refused.err.contains("line 2") && !refused.err.contains("Tr0ub") && !refused.err.contains("qwertyuiop"));
    QCOMPARE(count(), 1);
}

/// The key, salt and hash of the README of Firebase's scrypt.
void TestUserImport::firebase_needsItsParameters()
{
    write("{\"users\": [\n{\"localId\": \"x\", \"email\": \"ann@example.com\", \"salt\": \"42xEC+ixf3L2lw==\", \"passwordHash\": "
          "\"lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==\"}]}\n");
    QVERIFY(import().complaint().contains(u"line 2: password_hash: this looks like Firebase's"_s));
    const QString path = m_folder->filePath(u"hash_config"_s);
    QVERIFY(import({u"--firebase"_s, path}).complaint().contains(path));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("hash_config {\n  algorithm: SCRYPT,\n  base64_signer_key: "
               "jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==,\n"
               "  base64_salt_separator: Bw==,\n  rounds: 8,\n");
    file.flush();
    QVERIFY(import({u"--firebase"_s, path}).complaint().contains(u"mem_cost"_s));
    file.write("  mem_cost: 14,\n}\n");
    file.close();
    QCOMPARE(import({u"--firebase"_s, path}).code, Done);
    QCOMPARE(m_warder->commandHere({u"user"_s, u"show"_s, u"ann@example.com"_s, u"--json"_s})["password_scheme"_L1], u"scrypt"_s);
    if (!m_warder->isRunning())
        QVERIFY(m_warder->start());
    const auto loggedIn = [this](const QString &password) {
        return m_warder->client().post("/login", {{u"email"_s, u"ann@example.com"_s}, {u"password"_s, password}}).status();
    };
    QCOMPARE(loggedIn(u"user2password"_s), 401);
    QCOMPARE(loggedIn(u"user1password"_s), 200);
}

QTEST_GUILESS_MAIN(TestUserImport)
#include "TestUserImport.moc"
