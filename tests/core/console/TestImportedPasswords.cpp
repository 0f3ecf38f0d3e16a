#include "core/audit/AuditStore.h"
#include "core/console/local/AccountImport.h"
#include "core/storage/Database.h"
#include "tests/support/LogCapture.h"
#include "tests/support/WorldTest.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

namespace {

/// With a byte order mark, which is a character as any other.
const QString typedElsewhere = u"\ufeffmarmalade harbour violin \u00dcnter"_s;

ImportedUser typedUser(qint64 line, const QString &given = typedElsewhere)
{
    return {.line = line,
            .id = Id::create(fromMilliseconds(line)),
            .email = u"user%1@example.com"_s.arg(line),
            .name = {},
            .roles = {},
            .passwordHash = {},
            .password = given,
            .createdAt = {}};
}

ImportedUser hashedUser(qint64 line)
{
    ImportedUser user = typedUser(line, {});
    user.passwordHash = u"$2b$04$abcdefghijklmnopqrstuuGcJYgSW1sDbAGLM0s8g1pcVXTY1ZwGG"_s;
    return user;
}

/// What stands in the files of an import that this process has open, named or not.
QByteArray keptByImports(const QString &folder)
{
    QByteArray all;
    const QDir open(u"/proc/self/fd"_s);
    for (const QString &name : open.entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot)) {
        const QString target = QFile::symLinkTarget(open.filePath(name));
        if (!target.startsWith(folder + u"/import-"_s) && !target.startsWith(folder + u"/#"_s))
            continue; // closing another descriptor of the database would drop its locks
        QFile file(open.filePath(name));
        if (file.open(QIODevice::ReadOnly))
            all += file.readAll();
    }
    return all;
}

/// In any spelling that a file or a log could have it in.
bool tells(const QByteArray &all)
{
    const QByteArray utf8 = typedElsewhere.toUtf8();
    QByteArray wide;
    for (const QChar c : u"marmalade"_s)
        wide += QByteArray("\0", 1) + char(c.unicode());
    return all.contains(utf8) || all.contains("marmalade") || all.contains(wide) || all.contains(utf8.toBase64());
}

} // namespace

/// Accounts from elsewhere whose passwords are known: hashed here, refused where our rules say so, and nowhere kept.
class TestImportedPasswords : public WorldTest
{
    Q_OBJECT
private Q_SLOTS:
    void password_signsIn_andIsNowhereElse();
    void hash_winsOverPassword();
    void fault_isTold_data();
    void fault_isTold();
    void bcrypt_tellsItsLimitBeforeAnythingIsHashed();
    void existingOnes_areNotHashed();
    void record_isOfTheTimeOfWriting();
    void steps_areTold();
    void stopped_whileHashing_importsNobody();

private:
    qint64 count() { return m_world->accounts.count().value_or(-1); }
    std::unique_ptr<AccountImport> begin(const QList<ImportedUser> &users)
    {
        auto import = std::make_unique<AccountImport>(*m_world->database, m_world->accounts, m_world->registration);
        import->add(users, m_clock.now()).value();
        return import;
    }
    Result<UserImport> finish(AccountImport &import, const ImportOptions &options = {}, const AccountImport::GoesOn &goesOn = {})
    {
        return import.finish(options, u"test"_s, m_clock, goesOn);
    }
};

void TestImportedPasswords::password_signsIn_andIsNowhereElse()
{
    const LogCapture log;
    QList<ImportedUser> users;
    for (int line = 2; line < 202; ++line) // more than a file keeps in memory before it writes
        users += typedUser(line);
    const auto import = begin(users);
    const QByteArray kept = keptByImports(m_folder->path());
    QVERIFY(kept.size() > 10'000);
    QVERIFY(!tells(kept));
    const auto seen = finish(*import, {.dryRun = true});
    QCOMPARE(seen->added, 200);
    QCOMPARE(seen->passwords, 200);
    const auto done = finish(*import);
    QCOMPARE(done->added, 200);
    QCOMPARE(done->passwords, 200);
    const QString hash = m_world->hashOf(u"user7@example.com"_s);
    QVERIFY(hash.startsWith("$argon2id$"_L1));
    QVERIFY(hash != m_world->hashOf(u"user8@example.com"_s));
    QVERIFY(!m_world->hasher.needsUpgrade(hash));
    QVERIFY(m_world->login(u"user7@example.com"_s, typedElsewhere));
    QVERIFY(!m_world->login(u"user7@example.com"_s, u"another password"_s));
    m_world.reset();
    QDirIterator files(m_folder->path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.fileName()));
        QVERIFY2(!tells(file.readAll()), qPrintable(file.fileName()));
    }
    QVERIFY(!tells(log.text()));
}

void TestImportedPasswords::hash_winsOverPassword()
{
    ImportedUser both = hashedUser(2);
    both.password = typedElsewhere;
    const auto import = begin({both});
    const auto done = finish(*import);
    QCOMPARE(done->added, 1);
    QCOMPARE(done->passwords, 0);
    QCOMPARE(m_world->hashOf(both.email), both.passwordHash);
    QVERIFY(!m_world->login(both.email, typedElsewhere));
}

void TestImportedPasswords::fault_isTold_data()
{
    QTest::addColumn<QString>("given");
    QTest::addColumn<QString>("told");
    QTest::newRow("short") << u"x7#qP"_s << u"String should have at least 8 characters"_s;
    QTest::newRow("what everybody takes") << u"password"_s << u"Value error, this password is too easy to guess"_s;
    QTest::newRow("the address") << u"user7@example.com"_s << u"Value error, this password is too easy to guess"_s;
    QTest::newRow("blanks") << QString(8, u' ') << u"Value error, this password is too easy to guess"_s;
    QTest::newRow("NUL") << typedElsewhere + QChar(0) << u"Value error, a password cannot contain NUL"_s;
    QTest::newRow("marks") << typedElsewhere + QString(31, QChar(0x0301)) << u"Value error, a password cannot have more than 30"_s;
    QTest::newRow("too long") << typedElsewhere + QString(1024, u'x') << u"String should have at most 1024 bytes"_s;
    QTest::newRow("a megabyte") << QString(1 << 20, u'x') << u"String should have at most 1024 bytes"_s;
}

void TestImportedPasswords::fault_isTold()
{
    QFETCH(const QString, given);
    QFETCH(const QString, told);
    const auto import = begin({typedUser(5), typedUser(7, given)});
    const auto outcome = finish(*import);
    QCOMPARE(outcome->faults.size(), 1);
    const UserImportFault &fault = outcome->faults.first();
    QCOMPARE(fault.line, 7);
    QCOMPARE(fault.field, u"password"_s);
    QVERIFY2(fault.message.startsWith(told), qPrintable(fault.message));
    QVERIFY(given == "password"_L1 || !fault.message.contains(given));
    QCOMPARE(outcome->added, 0);
    QCOMPARE(count(), 0);
}

void TestImportedPasswords::bcrypt_tellsItsLimitBeforeAnythingIsHashed()
{
    reopen({.hashing = {.algorithm = HashingPolicy::Algorithm::Bcrypt, .bcryptCost = 4}});
    const QString long73 = typedElsewhere.repeated(3).first(72); // and a byte more, since the Ü has two
    const auto refused = begin({typedUser(2), typedUser(3, long73)});
    const auto outcome = finish(*refused, {}, [](qint64, qint64) { return false; });
    QCOMPARE(outcome->faults.size(), 1);
    QCOMPARE(outcome->faults.first().message, u"String should have at most 72 bytes"_s);
    const auto import = begin({typedUser(2)});
    QCOMPARE(finish(*import)->added, 1);
    QVERIFY(m_world->hashOf(u"user2@example.com"_s).startsWith("$2b$04$"_L1));
    QVERIFY(m_world->login(u"user2@example.com"_s, typedElsewhere));
}

void TestImportedPasswords::existingOnes_areNotHashed()
{
    m_world->add(u"user2@example.com"_s);
    const auto import = begin({typedUser(2), typedUser(3)});
    const auto done = finish(*import, {.skipExisting = true});
    QCOMPARE(done->added, 1);
    QCOMPARE(done->passwords, 1);
    QCOMPARE(done->skipped, 1);
    QVERIFY(m_world->login(u"user2@example.com"_s));
    QVERIFY(!m_world->login(u"user2@example.com"_s, typedElsewhere));
    QVERIFY(m_world->login(u"user3@example.com"_s, typedElsewhere));
}

/// Hashing takes hours, and the record is in the order of its times.
void TestImportedPasswords::record_isOfTheTimeOfWriting()
{
    const auto import = begin({typedUser(2), typedUser(3)});
    const auto done = finish(*import, {}, [this](qint64, qint64) {
        m_clock.advance(std::chrono::hours {1});
        return true;
    });
    QCOMPARE(done->added, 2);
    const auto records = AuditStore::newest(m_world->database->reader(), std::nullopt, audit::usersImported, 10).value();
    QCOMPARE(records.size(), 1);
    QCOMPARE(records.first().at, m_clock.now());
}

/// A password weighs a hundred accounts, so that a bar moves as the time does.
void TestImportedPasswords::steps_areTold()
{
    const auto import = begin({typedUser(2), hashedUser(3), typedUser(4)});
    QList<qint64> told;
    const auto done = finish(*import, {}, [&told](qint64 steps, qint64 all) {
        told += {steps, all};
        return true;
    });
    QCOMPARE(done->added, 3);
    QCOMPARE(told, (QList<qint64> {0, 203, 100, 203, 200, 203}));
}

void TestImportedPasswords::stopped_whileHashing_importsNobody()
{
    const auto import = begin({typedUser(2), typedUser(3), typedUser(4)});
    for (const qint64 stopAt : {0, 200, 300}) { // the last one while they are written
        const auto stopped = finish(*import, {}, [stopAt](qint64 done, qint64) { return done < stopAt; });
        QVERIFY(!stopped);
        QCOMPARE(stopped.error().code, ErrorCode::Conflict);
        QCOMPARE(count(), 0);
        QVERIFY(AuditStore::newest(m_world->database->reader(), std::nullopt, audit::usersImported, 10)->isEmpty());
    }
    QCOMPARE(finish(*import)->added, 3);
    QVERIFY(m_world->login(u"user4@example.com"_s, typedElsewhere));
}

QTEST_GUILESS_MAIN(TestImportedPasswords)
#include "TestImportedPasswords.moc"
