#include "core/audit/AuditChain.h"
#include "core/audit/AuditListener.h"
#include "core/audit/AuditStore.h"
#include "core/crypto/CryptoLibraries.h"
#include "core/storage/Database.h"
#include "core/storage/Migrator.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

#include <functional>
#include <memory>

using namespace warder;
using namespace Qt::StringLiterals;

namespace {

const TimePoint chainStart = fromMilliseconds(1'800'000'000'000);

const AuditRow someRow {.seq = 7,
                        .id = Id::create(chainStart),
                        .at = chainStart,
                        .type = u"login_failed"_s,
                        .actor = u"user"_s,
                        .subject = Id::create(chainStart),
                        .session = Id::create(chainStart),
                        .address = u"192.0.2.7"_s,
                        .details = u"{\"email\":\"a@example.com\"}"_s};

} // namespace

/// Whoever changes, removes or moves a record behind the server's back is found out.
class TestAuditChain : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void eachField_isInTheHash_data();
    void eachField_isInTheHash();
    void fieldsThatRunTogether_differ();
    void untouched_isIntact();
    void pieces_findTheSame();
    void tampering_isFound_data();
    void tampering_isFound();
    void record_isNeverChangedByTheServer_data();
    void record_isNeverChangedByTheServer();
    void removedForItsAge_isNoBreak();
    void undoneWrites_leaveNoGap();
    void recordsOfBefore_areNotChecked();
    void recordsOfBefore_areNumbered_andGoForTheirAge();
    void rememberedHead_data();
    void rememberedHead();
    void head_isSaidAndRead_data();
    void head_isSaidAndRead();
    void listener_hearsOnceATransaction();

private:
    void append(int number);
    /// As somebody with the file does it: the triggers are no hindrance to them.
    void tamper(const QStringList &statements);
    void tamper(const QString &statement) { tamper(QStringList {statement}); }
    AuditChain::Piece checkAll() const { return AuditChain::check(m_database->reader(), {}, 1'000).value(); }

    CryptoLibraries m_libraries;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Database> m_database;
};

void TestAuditChain::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_database = Database::open(m_folder->filePath(u"x.db"_s)).value();
    append(10);
}

void TestAuditChain::cleanup()
{
    m_database.reset();
    m_folder.reset();
}

void TestAuditChain::append(int number)
{
    for (int i = 0; i < number; ++i)
        m_database
            ->write([i](Transaction &transaction) {
                return AuditStore::append(transaction, {.at = chainStart + Seconds {i},
                                                        .type = audit::loginFailed,
                                                        .actor = u"user"_s,
                                                        .address = u"192.0.2.%1"_s.arg(i),
                                                        .details = {{u"email"_s, u"ünï%1@example.com"_s.arg(i)}}});
            })
            .value();
}

void TestAuditChain::tamper(const QStringList &statements)
{
    const QString name = u"tamper"_s;
    {
        QSqlDatabase other = QSqlDatabase::addDatabase(u"QSQLITE"_s, name);
        other.setDatabaseName(m_folder->filePath(u"x.db"_s));
        QVERIFY(other.open());
        QSqlQuery query(other);
        for (const QString &trigger : {u"audit_events_stay"_s, u"audit_events_are_kept"_s})
            QVERIFY(query.exec(u"DROP TRIGGER IF EXISTS "_s + trigger));
        for (const QString &statement : statements)
            QVERIFY2(query.exec(statement), qPrintable(statement));
    }
    QSqlDatabase::removeDatabase(name);
}

void TestAuditChain::eachField_isInTheHash_data()
{
    QTest::addColumn<AuditRow>("other");
    const auto row = [](const char *name, const std::function<void(AuditRow &)> &change) {
        AuditRow other = someRow;
        change(other);
        QTest::newRow(name) << other;
    };
    row("number", [](AuditRow &r) { r.seq = 8; });
    row("id", [](AuditRow &r) { r.id = Id::create(chainStart + Seconds {1}); });
    row("time", [](AuditRow &r) { r.at = chainStart + Milliseconds {1}; });
    row("type", [](AuditRow &r) { r.type = u"login_succeeded"_s; });
    row("actor", [](AuditRow &r) { r.actor = u"system"_s; });
    row("subject", [](AuditRow &r) { r.subject.reset(); });
    row("session", [](AuditRow &r) { r.session.reset(); });
    row("address", [](AuditRow &r) { r.address = u"192.0.2.8"_s; });
    row("details", [](AuditRow &r) { r.details = u"{}"_s; });
}

void TestAuditChain::eachField_isInTheHash()
{
    QFETCH(AuditRow, other);
    const QByteArray before(32, 'x');
    QCOMPARE(AuditChain::hashOf(someRow, before), AuditChain::hashOf(someRow, before));
    QVERIFY(AuditChain::hashOf(someRow, before) != AuditChain::hashOf(someRow, QByteArray(32, 'y')));
    QVERIFY(AuditChain::hashOf(other, before) != AuditChain::hashOf(someRow, before));
}

/// Were the fields only put one behind the other, the two would look alike.
void TestAuditChain::fieldsThatRunTogether_differ()
{
    AuditRow one = someRow;
    AuditRow two = one;
    one.type = u"key"_s;
    one.actor = u"user"_s;
    two.type = u"keyu"_s;
    two.actor = u"ser"_s;
    QVERIFY(AuditChain::hashOf(one, {}) != AuditChain::hashOf(two, {}));
}

void TestAuditChain::untouched_isIntact()
{
    const AuditChain::Piece piece = checkAll();
    QCOMPARE(piece.checked, 10);
    QVERIFY(piece.isWhole && piece.breaks.isEmpty());
    QCOMPARE(piece.last.seq, 10);
    QVERIFY(piece.last == piece.head);
    QCOMPARE(AuditChain::anchor(m_database->reader())->seq, 0);
}

void TestAuditChain::pieces_findTheSame()
{
    tamper(u"UPDATE audit_events SET actor = 'console' WHERE seq = 4"_s);
    std::optional<AuditLink> after;
    QList<AuditBreak> breaks;
    qint64 checked = 0;
    for (bool isWhole = false; !isWhole;) {
        const auto piece = AuditChain::check(m_database->reader(), after, 3).value();
        QVERIFY(piece.checked <= 3);
        checked += piece.checked;
        breaks += piece.breaks;
        after = piece.last;
        isWhole = piece.isWhole;
    }
    QCOMPARE(checked, 10);
    QVERIFY(breaks == QList {(AuditBreak {.flaw = AuditFlaw::Changed, .from = 4, .to = 4})});
}

void TestAuditChain::tampering_isFound_data()
{
    QTest::addColumn<QStringList>("statements");
    QTest::addColumn<QList<AuditBreak>>("breaks");
    const auto one = [](AuditFlaw flaw, qint64 from, qint64 to) { return AuditBreak {.flaw = flaw, .from = from, .to = to}; };
    using enum AuditFlaw;
    const auto change = [](const QString &what) { return QStringList {u"UPDATE audit_events SET %1 WHERE seq = 5"_s.arg(what)}; };
    const QList<AuditBreak> fifth {one(Changed, 5, 5)};
    QTest::newRow("another actor") << change(u"actor = 'system'"_s) << fifth;
    QTest::newRow("another type") << change(u"type = 'login_succeeded'"_s) << fifth;
    QTest::newRow("another time") << change(u"at = at + 1"_s) << fifth;
    QTest::newRow("another address") << change(u"address = ''"_s) << fifth;
    QTest::newRow("other details") << change(u"details = '{}'"_s) << fifth;
    QTest::newRow("a blank in the details") << change(u"details = details || ' '"_s) << fifth;
    QTest::newRow("a subject") << change(u"subject_id = zeroblob(16)"_s) << fifth;
    QTest::newRow("another hash") << change(u"hash = zeroblob(32)"_s) << QList {one(Changed, 5, 5), one(Changed, 6, 6)};
    QTest::newRow("one removed") << QStringList {u"DELETE FROM audit_events WHERE seq = 5"_s} << QList {one(Missing, 5, 5)};
    QTest::newRow("three removed") << QStringList {u"DELETE FROM audit_events WHERE seq BETWEEN 3 AND 5"_s} << QList {one(Missing, 3, 5)};
    QTest::newRow("the oldest removed") << QStringList {u"DELETE FROM audit_events WHERE seq < 3"_s} << QList {one(Missing, 1, 2)};
    QTest::newRow("the newest removed") << QStringList {u"DELETE FROM audit_events WHERE seq > 8"_s} << QList {one(CutOff, 9, 10)};
    QTest::newRow("all removed") << QStringList {u"DELETE FROM audit_events"_s} << QList {one(CutOff, 1, 10)};
    QTest::newRow("two exchanged") << QStringList {u"UPDATE audit_events SET seq = -1 WHERE seq = 4"_s,
                                                   u"UPDATE audit_events SET seq = 4 WHERE seq = 7"_s,
                                                   u"UPDATE audit_events SET seq = 7 WHERE seq = -1"_s}
                                   << QList {one(Changed, 4, 4), one(Changed, 5, 5), one(Changed, 7, 7), one(Changed, 8, 8)};
    QTest::newRow("removed, and the others moved up")
        << QStringList {u"DELETE FROM audit_events WHERE seq = 9"_s, u"UPDATE audit_events SET seq = 9 WHERE seq = 10"_s}
        << QList {one(Changed, 9, 9), one(CutOff, 10, 10)};
    const QString anchorMoved = u"UPDATE audit_chain SET (seq, hash) = (SELECT seq, hash FROM audit_events WHERE seq = 7) "
                                "WHERE place = 'anchor'"_s;
    QTest::newRow("the anchor moved behind another actor")
        << change(u"actor = 'system'"_s) + QStringList {anchorMoved} << QList {one(Changed, 1, 7)};
    QTest::newRow("and made to look like older than the chain")
        << QStringList {anchorMoved, u"UPDATE audit_events SET hash = x'' WHERE seq <= 7"_s} << QList {one(Changed, 1, 7)};
    QTest::newRow("another head") << QStringList {u"UPDATE audit_chain SET hash = zeroblob(32) WHERE place = 'head'"_s}
                                  << QList {one(Changed, 10, 10)};
}

void TestAuditChain::tampering_isFound()
{
    QFETCH(QStringList, statements);
    QFETCH(QList<AuditBreak>, breaks);
    tamper(statements);
    const AuditChain::Piece piece = checkAll();
    QVERIFY(piece.isWhole);
    QStringList found;
    for (const AuditBreak &each : piece.breaks)
        found += u"%1 %2-%3"_s.arg(nameOf(each.flaw)).arg(each.from).arg(each.to);
    QVERIFY2(piece.breaks == breaks, qPrintable(found.join(u", "_s)));
}

void TestAuditChain::record_isNeverChangedByTheServer_data()
{
    QTest::addColumn<QString>("sql");
    QTest::newRow("changed") << u"UPDATE audit_events SET actor = 'x'"_s;
    QTest::newRow("removed") << u"DELETE FROM audit_events WHERE seq = 10"_s;
    QTest::newRow("all removed") << u"DELETE FROM audit_events"_s;
}

void TestAuditChain::record_isNeverChangedByTheServer()
{
    QFETCH(QString, sql);
    QVERIFY(!m_database->write([&sql](DbConnection &connection) { return connection.perform(sql); }));
    QCOMPARE(checkAll().checked, 10);
}

void TestAuditChain::removedForItsAge_isNoBreak()
{
    const auto remove = [this](TimePoint before, int limit) {
        return m_database->write([=](DbConnection &connection) { return AuditStore::removeOlderThan(connection, before, limit); }).value();
    };
    QCOMPARE(remove(chainStart + Seconds {4}, 3), 3);
    QCOMPARE(remove(chainStart + Seconds {4}, 3), 1);
    QCOMPARE(remove(chainStart + Seconds {4}, 3), 0);
    const AuditChain::Piece piece = checkAll();
    QVERIFY(piece.breaks.isEmpty());
    QCOMPARE(piece.checked, 6);
    QCOMPARE(AuditChain::anchor(m_database->reader())->seq, 4);
    append(1);
    QCOMPARE(checkAll().checked, 7);
    QVERIFY(checkAll().breaks.isEmpty());
    tamper(u"UPDATE audit_events SET actor = 'x' WHERE seq = 5"_s); // the first that is kept goes on from the anchor
    QCOMPARE(checkAll().breaks.size(), 1);
}

void TestAuditChain::undoneWrites_leaveNoGap()
{
    (void)m_database->write([](Transaction &transaction) -> Result<void> {
        AuditStore::append(transaction, {.at = chainStart, .type = audit::userRemoved, .actor = u"console"_s}).value();
        return refused(ErrorCode::NotFound);
    });
    append(1);
    QCOMPARE(checkAll().checked, 11);
    QVERIFY(checkAll().breaks.isEmpty());
}

/// Of a database that was made by an older Warder: they are numbered and have no hash.
void TestAuditChain::recordsOfBefore_areNotChecked()
{
    m_database.reset();
    tamper({u"UPDATE audit_events SET hash = x''"_s, u"UPDATE audit_chain SET seq = 10, hash = zeroblob(32)"_s});
    m_database = Database::open(m_folder->filePath(u"x.db"_s)).value();
    append(2);
    const AuditChain::Piece piece = checkAll();
    QCOMPARE(piece.checked, 2);
    QVERIFY(piece.breaks.isEmpty());
    QCOMPARE(AuditStore::newest(m_database->reader(), {}, {}, 100)->size(), 12);
}

void TestAuditChain::recordsOfBefore_areNumbered_andGoForTheirAge()
{
    constexpr int chainCame = 13; // migration
    const QString path = m_folder->filePath(u"old.db"_s);
    {
        DbConnection connection(path, DbConnection::Access::ReadWrite);
        QVERIFY(migrate(connection, path, bundledMigrations().first(chainCame - 1)));
        for (int i = 0; i < 3; ++i) {
            const TimePoint at = chainStart + Seconds {i};
            QVERIFY(connection.run(u"INSERT INTO audit_events (id, at, type, actor) VALUES (?, ?, 'login_failed', 'user')"_s,
                                   {bound(Id::create(at)), bound(at)}));
        }
    }
    const auto database = Database::open(path).value();
    QVERIFY(database->write([](Transaction &transaction) {
        return AuditStore::append(transaction, {.at = chainStart + Seconds {9}, .type = audit::loginFailed, .actor = u"user"_s});
    }));
    const auto isIntact = [&database] {
        const AuditChain::Piece piece = AuditChain::check(database->reader(), {}, 100).value();
        return piece.checked == 1 && piece.last.seq == 4 && piece.breaks.isEmpty();
    };
    QVERIFY(isIntact());
    const auto removed =
        database->write([](DbConnection &connection) { return AuditStore::removeOlderThan(connection, chainStart + Seconds {9}, 100); });
    QCOMPARE(removed.value(), 3);
    QVERIFY(isIntact());
}

void TestAuditChain::rememberedHead_data()
{
    QTest::addColumn<QString>("statement");
    QTest::addColumn<QList<AuditBreak>>("breaks");
    const auto one = [](AuditFlaw flaw, qint64 from, qint64 to) { return QList {(AuditBreak {.flaw = flaw, .from = from, .to = to})}; };
    QTest::newRow("as it was") << u"SELECT 1"_s << QList<AuditBreak>();
    QTest::newRow("a whole new chain") << u"UPDATE audit_events SET hash = zeroblob(32) WHERE seq = 10"_s
                                       << one(AuditFlaw::Replaced, 10, 10);
    QTest::newRow("cut off, the head too") << u"UPDATE audit_chain SET seq = 8 WHERE place = 'head'"_s << one(AuditFlaw::CutOff, 9, 10);
    QTest::newRow("too old by now") << u"DELETE FROM audit_events"_s << QList<AuditBreak>();
}

void TestAuditChain::rememberedHead()
{
    QFETCH(QString, statement);
    QFETCH(QList<AuditBreak>, breaks);
    const AuditLink head = AuditChain::head(m_database->reader()).value();
    tamper(statement);
    const auto found = AuditChain::replaced(m_database->reader(), head).value();
    QCOMPARE(found.has_value(), !breaks.isEmpty());
    QVERIFY(!found || *found == breaks.first());
}

void TestAuditChain::head_isSaidAndRead_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isOne");
    const QString hash = QString(64, u'a');
    QTest::newRow("as it is said") << u"4711:"_s + hash << true;
    QTest::newRow("the first") << u"0:"_s + hash << true;
    QTest::newRow("without a number") << u":"_s + hash << false;
    QTest::newRow("without a hash") << u"4711"_s << false;
    QTest::newRow("a short hash") << u"4711:aa"_s << false;
    QTest::newRow("capitals") << u"4711:"_s + hash.toUpper() << false;
    QTest::newRow("a number below nothing") << u"-1:"_s + hash << false;
    QTest::newRow("a leading zero") << u"04711:"_s + hash << false;
    QTest::newRow("something behind") << u"4711:"_s + hash + u' ' << false;
    QTest::newRow("nothing") << QString() << false;
}

void TestAuditChain::head_isSaidAndRead()
{
    QFETCH(QString, text);
    QFETCH(bool, isOne);
    const auto link = AuditLink::fromString(text);
    QCOMPARE(link.has_value(), isOne);
    QVERIFY(!link || link->toString() == text);
}

void TestAuditChain::listener_hearsOnceATransaction()
{
    struct Hearing final : AuditListener
    {
        void recorded(qint64 newest) override { heard += newest; }
        QList<qint64> heard;
    };
    Hearing hearing;
    m_database->setAuditListener(&hearing);
    m_database
        ->write([](Transaction &transaction) {
            const AuditEvent event {.at = chainStart, .type = audit::keyRotated, .actor = u"system"_s};
            return AuditStore::append(transaction, event).and_then([&] { return AuditStore::append(transaction, event); });
        })
        .value();
    (void)m_database->write([](Transaction &transaction) -> Result<void> {
        AuditStore::append(transaction, {.at = chainStart, .type = audit::keyRotated, .actor = u"system"_s}).value();
        return refused(ErrorCode::NotFound);
    });
    QCOMPARE(hearing.heard, QList<qint64> {12});
    m_database->setAuditListener(nullptr);
}

QTEST_GUILESS_MAIN(TestAuditChain)
#include "TestAuditChain.moc"
