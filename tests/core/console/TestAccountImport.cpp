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

QList<ImportedUser> accountsOf(int many)
{
    QList<ImportedUser> accounts;
    for (int i = 0; i < many; ++i)
        accounts += accountOf(i + 2, u"user%1@example.com"_s.arg(i));
    return accounts;
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
    void tenThousand_areOneImport();
    void signIns_goOnBetweenPieces();
    void stopped_importsNobody();
    void stopped_leavesWhoHasSignedIn();
    void whatStays_countsAsThereAlready();
    void takenMeanwhile_takesBackWhatWasWritten();
    void file_isGoneAfterwards();

private:
    qint64 count() { return m_world->accounts.count().value_or(-1); }
    QList<AuditEvent> records(QLatin1StringView type) const
    {
        return AuditStore::newest(m_world->database->reader(), std::nullopt, type, 10).value();
    }
    UserImport import(const QList<ImportedUser> &accounts, const ImportOptions &rules = {});
};

UserImport TestAccountImport::import(const QList<ImportedUser> &accounts, const ImportOptions &rules)
{
    AccountImport import(*m_world->database, m_world->accounts, m_world->registration);
    import.add(accounts, m_clock.now()).value();
    return import.finish(rules, u"command line"_s, m_clock).value();
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
    row("a hash of Django's", {},
        [](ImportedUser &a) { a.passwordHash = u"pbkdf2_sha256$600000$seasalt$FGmRuuHxW9M/dotzlqj+7MQMh6PO8HizVyHVdH8uf1I="_s; });
    const QString unknown = u"7 password_hash: Value error, not an Argon2, bcrypt, scrypt or PBKDF2 hash of a known form"_s;
    row("a hash of 2^31 iterations", unknown,
        [](ImportedUser &a) { a.passwordHash = u"pbkdf2_sha256$2147483648$seasalt$FGmRuuHxW9M/dotzlqj+7MQMh6PO8HizVyHVdH8uf1I="_s; });
    row("a hash without salt", unknown,
        [](ImportedUser &a) { a.passwordHash = u"pbkdf2_sha256$600000$$FGmRuuHxW9M/dotzlqj+7MQMh6PO8HizVyHVdH8uf1I="_s; });
    row("a hash that is not base64", unknown, [](ImportedUser &a) { a.passwordHash = u"pbkdf2_sha256$600000$seasalt$?"_s; });
    row("a password in its place", unknown, [](ImportedUser &a) { a.passwordHash = u"correct horse"_s; });
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
    const UserImport seen = import(accounts, {.skipExisting = true, .dryRun = true});
    QCOMPARE(seen.skipped, 1);
    QVERIFY(seen.skippedUsers.isEmpty()); // a file may have a million of them
    const auto outcome = import(accounts, {.skipExisting = true, .listSkipped = true});
    QCOMPARE(outcome.added, 1);
    QCOMPARE(outcome.skipped, 1);
    QCOMPARE(outcome.skippedUsers.first().line, 2);
    QCOMPARE(outcome.skippedUsers.first().id, ann);
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
        const auto outcome = import.finish({.skipExisting = skip}, u"test"_s, m_clock);
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
    QCOMPARE(never.finish({}, u"test"_s, m_clock)->added, 0);
}

void TestAccountImport::tenThousand_areOneImport()
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
    QCOMPARE(import.finish({}, u"test"_s, m_clock)->added, many);
    QCOMPARE(count(), many);
    QCOMPARE(records(audit::usersImportBegun).first().details, (QJsonObject {{u"accounts"_s, many}}));
    QCOMPARE(records(audit::usersImported).first().details, (QJsonObject {{u"added"_s, many}, {u"skipped"_s, 0}}));
}

/// The writer is everybody's in between.
void TestAccountImport::signIns_goOnBetweenPieces()
{
    QVERIFY(m_world->join(u"ann@example.com"_s));
    AccountImport import(*m_world->database, m_world->accounts, m_world->registration);
    QVERIFY(import.add(accountsOf(1000), m_clock.now()));
    int signedIn = 0;
    const auto done = import.finish({}, u"test"_s, m_clock, [&](qint64, qint64) {
        signedIn += m_world->login(u"ann@example.com"_s).has_value() ? 1 : 0;
        return true;
    });
    QCOMPARE(done->added, 1000);
    QCOMPARE(signedIn, 5);
}

/// Midway; and it may be finished after all.
void TestAccountImport::stopped_importsNobody()
{
    AccountImport import(*m_world->database, m_world->accounts, m_world->registration);
    QVERIFY(import.add(accountsOf(1000), m_clock.now()));
    QList<qint64> told;
    const auto stopped = import.finish({}, u"test"_s, m_clock, [&told](qint64 written, qint64 all) {
        told += {written, all};
        return written == 0;
    });
    QCOMPARE(stopped.error().code, ErrorCode::Conflict);
    QCOMPARE(stopped.error().detail, u"the import was stopped; nothing was imported"_s);
    QVERIFY(!stopped.error().ended);
    QCOMPARE(told, (QList<qint64> {0, 1000, 200, 1000}));
    QCOMPARE(count(), 0);
    QCOMPARE(m_world->accounts.count(u"user"_s).value_or(-1), 0);
    QVERIFY(records(audit::usersImported).isEmpty());
    QCOMPARE(records(audit::usersImportUndone).first().details, (QJsonObject {{u"removed"_s, 200}, {u"left"_s, 0}}));
    QCOMPARE(import.finish({}, u"test"_s, m_clock)->added, 1000);
    QCOMPARE(count(), 1000);
}

void TestAccountImport::stopped_leavesWhoHasSignedIn()
{
    const QList<ImportedUser> accounts = accountsOf(400);
    const Id first = accounts.first().id;
    AccountImport begun(*m_world->database, m_world->accounts, m_world->registration);
    QVERIFY(begun.add(accounts, m_clock.now()));
    const auto stopped = begun.finish({}, u"test"_s, m_clock, [&](qint64 written, qint64) {
        const auto noted =
            m_world->database->write([&](DbConnection &connection) { return UserStore::noteSignIn(connection, first, {}, m_clock.now()); });
        return written == 0 || !noted;
    });
    QVERIFY(!stopped);
    QVERIFY2(stopped.error().detail.startsWith(u"the import was stopped; 1 of those before stay"_s), qPrintable(stopped.error().detail));
    QVERIFY(stopped.error().ended);
    QCOMPARE(count(), 1);
    QVERIFY(m_world->accounts.findById(first));
    QCOMPARE(records(audit::usersImportUndone).first().details, (QJsonObject {{u"removed"_s, 199}, {u"left"_s, 1}}));
}

/// As after a crash, the same file is imported to its end.
void TestAccountImport::whatStays_countsAsThereAlready()
{
    const auto execute = [this](const QString &sql) {
        return m_world->database->write([&sql](DbConnection &connection) { return connection.execute(sql); }).has_value();
    };
    const QList<ImportedUser> accounts = accountsOf(1000);
    QVERIFY(execute(u"CREATE TRIGGER no_way BEFORE DELETE ON users BEGIN SELECT RAISE(ABORT, 'no way'); END"_s));
    {
        AccountImport begun(*m_world->database, m_world->accounts, m_world->registration);
        QVERIFY(begun.add(accounts, m_clock.now()));
        const auto stopped = begun.finish({}, u"test"_s, m_clock, [](qint64 written, qint64) { return written == 0; });
        QVERIFY(!stopped);
        const QString detail = stopped.error().detail;
        QVERIFY2(detail.contains(u"200 of those before stay and count as there already"_s) && detail.contains(u"no way"_s),
                 qPrintable(detail));
    }
    QCOMPARE(count(), 200);
    QCOMPARE(records(audit::usersImportBegun).size(), 1);
    QVERIFY(execute(u"DROP TRIGGER no_way"_s));
    const UserImport again = import(accounts, {.skipExisting = true});
    QCOMPARE(again.added, 800);
    QCOMPARE(again.skipped, 200);
    QCOMPARE(count(), 1000);
}

void TestAccountImport::takenMeanwhile_takesBackWhatWasWritten()
{
    AccountImport import(*m_world->database, m_world->accounts, m_world->registration);
    QVERIFY(import.add(accountsOf(400), m_clock.now()));
    QVERIFY(m_world->join(u"user399@example.com"_s));
    const auto refused = import.finish({}, u"test"_s, m_clock);
    QVERIFY(!refused);
    QCOMPARE(refused.error().detail, u"line 401: the address or the id was taken meanwhile; nothing was imported"_s);
    QCOMPARE(count(), 1);
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
