#include "core/accounts/UserStore.h"
#include "core/audit/AuditStore.h"
#include "core/console/local/AccountImport.h"
#include "core/storage/Database.h"
#include "tests/support/WorldTest.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

namespace {

const QString bcrypt = u"$2b$04$abcdefghijklmnopqrstuuGcJYgSW1sDbAGLM0s8g1pcVXTY1ZwGG"_s;

ImportedUser accountOf(qint64 line, const QString &email)
{
    return {.line = line,
            .id = Id::create(fromMilliseconds(line)),
            .email = email,
            .name = {},
            .roles = {},
            .passwordHash = bcrypt,
            .createdAt = {}};
}

QString firstFault(const UserImport &outcome)
{
    if (outcome.faults.isEmpty())
        return {};
    const UserImportFault &fault = outcome.faults.first();
    return u"%1 %2: %3"_s.arg(fault.line).arg(fault.field, fault.message);
}

} // namespace

/// Many accounts from elsewhere: what is kept, what is refused, and that nothing stands when one is.
class TestAccountImport : public WorldTest
{
    Q_OBJECT
private Q_SLOTS:
    void accounts_areKeptAsTheyWere();
    void fault_isTold_data();
    void fault_isTold();
    void allFaults_areTold_andNothingIsWritten();
    void faults_areBounded();
    void existing_areFaultsOrSkipped();
    void existingUnderAnEarlierKey_getsNoTwin();
    void names_areTidy();
    void takenMeanwhile_undoesAll_orIsSkipped();
    void dryRun_writesNothing();
    void nothing_isFine();
    void tenThousand_areOneTransaction();
    void file_isGoneAfterwards();

private:
    qint64 count() { return m_world->accounts.count().value_or(-1); }
    UserImport import(const QList<ImportedUser> &accounts, const ImportOptions &rules = {});
};

UserImport TestAccountImport::import(const QList<ImportedUser> &accounts, const ImportOptions &rules)
{
    AccountImport import(*m_world->database, m_world->accounts, m_world->registration);
    import.add(accounts, m_clock.now()).value();
    return import.finish(rules, u"command line"_s, m_clock.now()).value();
}

void TestAccountImport::accounts_areKeptAsTheyWere()
{
    const Id id = *Id::fromString(u"6ba7b810-9dad-11d1-80b4-00c04fd430c8"); // of another version
    const TimePoint then = fromMilliseconds(1'500'000'000'000);
    const auto outcome = import({{.line = 2,
                                  .id = id,
                                  .email = u" Ann@Example.com"_s,
                                  .name = u" A\u0301nn "_s,
                                  .roles = {u"admin"_s, u"admin"_s},
                                  .passwordHash = bcrypt,
                                  .disabled = true,
                                  .emailVerified = true,
                                  .createdAt = then}});
    QCOMPARE(firstFault(outcome), QString());
    QCOMPARE(outcome.added, 1);
    const User ann = m_world->accounts.findById(id).value();
    QCOMPARE(ann.email, u"Ann@Example.com"_s);
    QCOMPARE(ann.name, u"\u00c1nn"_s);
    QCOMPARE(ann.roles, QStringList {u"admin"_s});
    QVERIFY(ann.disabled);
    QVERIFY(ann.emailVerified);
    QCOMPARE(ann.createdAt, then);
    QCOMPARE(ann.passwordScheme, u"bcrypt"_s);
    QCOMPARE(m_world->accounts.findByEmail(u"ann@example.COM"_s).value()->id, id);
    const auto record = AuditStore::newest(m_world->database->reader(), std::nullopt, audit::usersImported, 10).value();
    QCOMPARE(record.size(), 1);
    QCOMPARE(record.first().actor, u"command line"_s);
    QCOMPARE(record.first().details, (QJsonObject {{u"added"_s, 1}, {u"skipped"_s, 0}}));
}

void TestAccountImport::fault_isTold_data()
{
    QTest::addColumn<ImportedUser>("account");
    QTest::addColumn<QString>("told");
    const auto row = [](const char *name, const QString &told, auto change) {
        ImportedUser account = accountOf(7, u"new@example.com"_s);
        change(account);
        QTest::newRow(name) << account << told;
    };
    row("as it should be", {}, [](ImportedUser &) {});
    row("no id", u"7 id: the id is missing, or all zeros"_s, [](ImportedUser &a) { a.id = {}; });
    row("no address", u"7 email: value is not a valid email address"_s, [](ImportedUser &a) { a.email = u"ann"_s; });
    row("no hash", u"7 password_hash: there is no password hash"_s, [](ImportedUser &a) { a.passwordHash.clear(); });
    row("a hash of Django's", u"7 password_hash: Value error, not an Argon2 or bcrypt hash"_s,
        [](ImportedUser &a) { a.passwordHash = u"pbkdf2_sha256$600000$c2FsdA==$aGFzaA=="_s; });
    row("a password", u"7 password_hash: Value error, not an Argon2 or bcrypt hash"_s,
        [](ImportedUser &a) { a.passwordHash = u"correct horse"_s; });
    row("a control character", u"7 name: "_s, [](ImportedUser &a) { a.name = u"a\nb"_s; });
    row("no role", u"7 roles: "_s, [](ImportedUser &a) { a.roles = {u"a b"_s}; });
    row("the future", u"7 created_at: the time lies in the future"_s,
        [](ImportedUser &a) { a.createdAt = fromMilliseconds(9'000'000'000'000); });
    row("a known id", u"7 id: the id is the one of known@example.com"_s,
        [](ImportedUser &a) { a.id = *Id::fromString(u"00000000-0000-7000-8000-000000000001"); });
}

void TestAccountImport::fault_isTold()
{
    QFETCH(const ImportedUser, account);
    QFETCH(const QString, told);
    ImportedUser known = accountOf(1, u"known@example.com"_s);
    known.id = *Id::fromString(u"00000000-0000-7000-8000-000000000001");
    QCOMPARE(import({known}).added, 1);
    const auto outcome = import({account});
    QVERIFY2(firstFault(outcome).startsWith(told) && outcome.faults.size() == (told.isEmpty() ? 0 : 1), qPrintable(firstFault(outcome)));
    QCOMPARE(outcome.added, told.isEmpty() ? 1 : 0);
    QCOMPARE(count(), told.isEmpty() ? 2 : 1);
    if (!account.passwordHash.isEmpty())
        QVERIFY(!firstFault(outcome).contains(account.passwordHash));
}

void TestAccountImport::allFaults_areTold_andNothingIsWritten()
{
    ImportedUser twice = accountOf(5, u"c@example.com"_s);
    twice.id = Id::create(fromMilliseconds(4));
    const ImportedUser sameId {
        .line = 6, .id = twice.id, .email = u"d@example.com"_s, .name = {}, .roles = {}, .passwordHash = bcrypt, .createdAt = {}};
    ImportedUser two = accountOf(8, u"nothing"_s);
    two.passwordHash = u"x"_s;
    const auto outcome = import({accountOf(2, u"a@example.com"_s), accountOf(3, u"A@Example.com"_s), twice, sameId, two});
    QStringList told;
    for (const UserImportFault &fault : outcome.faults)
        told += u"%1 %2"_s.arg(fault.line).arg(fault.field);
    QCOMPARE(told, (QStringList {u"3 email"_s, u"6 id"_s, u"8 email"_s, u"8 password_hash"_s}));
    QCOMPARE(outcome.faults[0].message, u"the same address as line 2"_s);
    QCOMPARE(outcome.faults[1].message, u"the same id as line 5"_s);
    QCOMPARE(outcome.added, 0);
    QCOMPARE(count(), 0);
}

void TestAccountImport::faults_areBounded()
{
    QList<ImportedUser> accounts;
    for (int i = 1; i <= 1500; ++i)
        accounts += accountOf(i, u"nothing"_s);
    const auto outcome = import(accounts);
    QCOMPARE(outcome.faults.size(), 1000);
    QCOMPARE(outcome.moreFaults, 500);
}

void TestAccountImport::existing_areFaultsOrSkipped()
{
    const Id ann = m_world->join(u"ann@example.com"_s)->user.id;
    const QList<ImportedUser> accounts {accountOf(2, u"ANN@example.com"_s), accountOf(3, u"bob@example.com"_s)};
    QCOMPARE(firstFault(import(accounts)), u"2 email: the address has an account already"_s);
    QCOMPARE(count(), 1);
    const auto outcome = import(accounts, {.skipExisting = true});
    QCOMPARE(outcome.added, 1);
    QCOMPARE(outcome.skipped.size(), 1);
    QCOMPARE(outcome.skipped.first().line, 2);
    QCOMPARE(outcome.skipped.first().id, ann);
    QCOMPARE(count(), 2);
    QVERIFY(m_world->login(u"ann@example.com"_s)); // her password is still hers
}

void TestAccountImport::existingUnderAnEarlierKey_getsNoTwin()
{
    const QString stored = u"\u03c3\u03b1\u03c2@example.com"_s;
    const User old {.id = Id::create(m_clock.now()), .email = stored, .createdAt = m_clock.now(), .updatedAt = m_clock.now()};
    QVERIFY(m_world->database->write([&](DbConnection &connection) { return UserStore::insert(connection, old, stored); }));
    QCOMPARE(firstFault(import({accountOf(1, u"\u03a3\u0391\u03a3@example.com"_s)})), u"1 email: the address has an account already"_s);
    QCOMPARE(count(), 1);
}

void TestAccountImport::names_areTidy()
{
    ImportedUser account = accountOf(1, u"ann@example.com"_s);
    account.name = u" Zoe\u0308 "_s;
    ImportedUser nameless = accountOf(2, u"bob@example.com"_s);
    nameless.name = u"\u200b\u3164"_s;
    QCOMPARE(firstFault(import({account, nameless})), QString());
    QCOMPARE(m_world->accounts.findByEmail(u"ann@example.com").value()->name, u"Zo\u00eb"_s);
    QCOMPARE(m_world->accounts.findByEmail(u"bob@example.com").value()->name, QString());
}

void TestAccountImport::takenMeanwhile_undoesAll_orIsSkipped()
{
    for (const bool skip : {false, true}) {
        const qint64 before = count();
        const QString suffix = skip ? u"2@example.com"_s : u"1@example.com"_s;
        AccountImport import(*m_world->database, m_world->accounts, m_world->registration);
        QVERIFY(import.add({accountOf(2, u"bob"_s + suffix), accountOf(3, u"ann"_s + suffix)}, m_clock.now()));
        QVERIFY(m_world->join(u"ann"_s + suffix));
        const auto outcome = import.finish({.skipExisting = skip}, u"test"_s, m_clock.now());
        QCOMPARE(outcome.has_value(), skip);
        QCOMPARE(count(), before + (skip ? 2 : 1));
        if (skip)
            QCOMPARE(outcome->added, 1);
        else
            QVERIFY2(outcome.error().detail.startsWith(u"line 3: "_s), qPrintable(outcome.error().detail));
    }
}

void TestAccountImport::dryRun_writesNothing()
{
    const auto outcome = import({accountOf(2, u"ann@example.com"_s), accountOf(3, u"bob@example.com"_s)}, {.dryRun = true});
    QCOMPARE(outcome.added, 2);
    QCOMPARE(count(), 0);
    QVERIFY(AuditStore::newest(m_world->database->reader(), std::nullopt, audit::usersImported, 10)->isEmpty());
}

void TestAccountImport::nothing_isFine()
{
    QCOMPARE(import({}).added, 0);
    AccountImport never(*m_world->database, m_world->accounts, m_world->registration);
    QCOMPARE(never.finish({}, u"test"_s, m_clock.now())->added, 0);
}

void TestAccountImport::tenThousand_areOneTransaction()
{
    constexpr int many = 10'000;
    AccountImport import(*m_world->database, m_world->accounts, m_world->registration);
    for (int piece = 0; piece < many; piece += 500) {
        QList<ImportedUser> accounts;
        for (int i = piece; i < piece + 500; ++i)
            accounts += accountOf(i + 2, u"user%1@example.com"_s.arg(i));
        QVERIFY(import.add(accounts, m_clock.now()));
        QCOMPARE(count(), 0);
    }
    QCOMPARE(import.finish({}, u"test"_s, m_clock.now())->added, many);
    QCOMPARE(count(), many);
}

void TestAccountImport::file_isGoneAfterwards()
{
    {
        AccountImport import(*m_world->database, m_world->accounts, m_world->registration);
        QVERIFY(import.add({accountOf(2, u"ann@example.com"_s)}, m_clock.now()));
    }
    QVERIFY(QDir(m_folder->path()).entryList({u"import*"_s}, QDir::Files | QDir::Hidden).isEmpty());
}

QTEST_GUILESS_MAIN(TestAccountImport)
#include "TestAccountImport.moc"
